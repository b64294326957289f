import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EndpointName } from '../../../contracts/index.ts'
import { type InjectableCall, inject, type Reply } from '../../faults/inject.ts'
import { HarnessError } from '../errors.ts'
import type { Fetch } from '../target.ts'
import { type AnswerChange, changedReply } from './answer-change.ts'
import { type Exchange, forward, readExchange, replyOf, send, stream, waitFor } from './exchange.ts'
import { type FaultRule, faultRule } from './fault-rules.ts'

/** A proxy between a client and a server: it records calls, and injects faults into them. */
export interface RecordingProxy {
  readonly url: string
  /** Everything that came in, oldest first, up to the limit. */
  readonly exchanges: readonly Exchange[]
  /** How many more came in than are recorded. */
  readonly unrecorded: () => number
  /** Chooses the server that answers from now on. */
  connect(server: Fetch): void
  armFault(fault: Readonly<Record<string, unknown>>): void
  /** Changes the next answer of a call. */
  changeAnswer(change: AnswerChange): void
  /** Removes the faults and changes that met no call, and names them. */
  disarm(): readonly string[]
  close(): Promise<void>
}

export interface RecordingProxyLimits {
  /** Calls that are recorded; a program that makes more is judged by its first. */
  readonly exchanges: number
  /** A larger body closes the connection. More than any server of this API takes, in bytes. */
  readonly bodyBytes: number
}

export const RECORDING_PROXY_LIMITS: RecordingProxyLimits = { exchanges: 20_000, bodyBytes: 20_000_000 }

/** Longer than any pause between two flows, so that a connection which a client keeps open is not closed. */
const KEEP_ALIVE_MS = 120_000

/** Faults and changes of answers that wait for their calls. */
const createRules = () => {
  let faults: FaultRule[] = []
  let changes: AnswerChange[] = []
  return {
    faultFor(call: EndpointName): FaultRule | undefined {
      const found = faults.find((fault) => fault.remaining > 0 && (fault.call === undefined || fault.call === call))
      if (found) found.remaining--
      return found
    },
    changeFor(call: EndpointName): AnswerChange | undefined {
      const found = changes.find((change) => change.call === call)
      changes = changes.filter((change) => change !== found)
      return found
    },
    armFault(fault: Readonly<Record<string, unknown>>) {
      faults.push(faultRule(fault))
    },
    changeAnswer(change: AnswerChange) {
      changes.push(change)
    },
    disarm() {
      const unused = faults
        .filter(({ remaining }) => remaining > 0 && Number.isFinite(remaining))
        .map(({ name }) => name)
      unused.push(...changes.map(({ call }) => `a changed answer of ${call}`))
      faults = []
      changes = []
      return unused
    },
  }
}

/** Listens on loopback, on any free port. `passes`: requests that are neither recorded nor given faults, such as the payer's page. */
export const openRecordingProxy = async (
  initial: Fetch,
  passes: (incoming: IncomingMessage) => boolean = () => false,
  limits: RecordingProxyLimits = RECORDING_PROXY_LIMITS,
): Promise<RecordingProxy> => {
  const exchanges: Exchange[] = []
  let unrecorded = 0
  let server = initial
  const rules = createRules()
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const exchange = await readExchange(incoming, limits.bodyBytes)
    if (!exchange) return void incoming.socket.destroy()
    if (passes(incoming)) return stream(await forward(exchange, server, `http://127.0.0.1:${port}`), outgoing)
    if (exchanges.length < limits.exchanges) exchanges.push(exchange)
    else unrecorded++
    const commit = async () => {
      exchange.answer = await replyOf(await forward(exchange, server, `http://127.0.0.1:${port}`))
      return exchange.answer
    }
    const change = exchange.call && rules.changeFor(exchange.call)
    if (change) {
      exchange.changed = change
      exchange.received = changedReply(await commit(), change, `http://127.0.0.1:${port}`)
      return send(exchange.received, undefined, outgoing)
    }
    const fault = exchange.call && rules.faultFor(exchange.call)
    if (!fault || !exchange.call) {
      exchange.received = await commit()
      return send(exchange.received, undefined, outgoing)
    }
    exchange.fault = fault.name
    const { reply, pieces } = await inject(fault.effect, injectable(exchange.call, commit, outgoing))
    exchange.received = reply ?? undefined
    return send(exchange.received, pieces, outgoing)
  }
  const listener = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  listener.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, '127.0.0.1', resolve)
  })
  const { port } = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    unrecorded: () => unrecorded,
    connect(next) {
      server = next
    },
    armFault: rules.armFault,
    changeAnswer: rules.changeAnswer,
    disarm: rules.disarm,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        listener.closeAllConnections()
      }),
  }
}

/** A recorded call for the fault engine. Waits end early when the client has closed its connection. */
const injectable = (name: EndpointName, commit: () => Promise<Reply>, outgoing: ServerResponse): InjectableCall => ({
  name,
  commit,
  check: () => Promise.reject(new HarnessError('a proxy cannot have a call checked without carrying it out')),
  wait: (ms) => waitFor(ms, outgoing),
  random: Math.random,
})

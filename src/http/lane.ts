import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { RefusalName } from '../../contracts/refusals.ts'
import { isRefusal, refuse } from '../payment/refusal.ts'
import { type Admitted, type ApiParts, type Call, conclude } from './api.ts'
import { textOf, whenWhole } from './body.ts'
import { type Arrival, record, recordScene } from './record.ts'
import { perform } from './stage.ts'
import { send, socketClient, transmit } from './transmit.ts'

/**
 * The short way of a call that arrives on a socket: from Node's message to its answer, without a Request, a Response and a router
 * between, which cost more than the call itself. It takes only what it surely reads as the long way would (an exact path, a plain Host, a
 * body of known and allowed length, a head that is not refused); everything else goes the long way untouched.
 */
export const createLane = (
  calls: ReadonlyMap<string, Call>,
  parts: ApiParts,
  otherwise: RequestListener,
): RequestListener => {
  const { applications, journal, maxBodyBytes, namespaces, onError, scenarios } = parts

  const settle = (visit: Visit, text: string) => {
    const { call, admitted, outgoing } = visit
    try {
      if (scenarios.armed) return void stage(visit, text).catch((e) => fail(e, outgoing))
      const result = call.answer(text, admitted)
      if (result instanceof Promise)
        result.then((late) => conclusion(visit, text, late)).catch((e) => fail(e, outgoing))
      else conclusion(visit, text, result)
    } catch (error) {
      fail(error, outgoing)
    }
    return undefined
  }
  const conclusion = (visit: Visit, text: string | null, result: object) => {
    const answer = conclude(result)
    send(visit.outgoing, answer)
    if (journal.on) record(journal, visit.call.endpoint.name, visit, visit.admitted.namespace, text, answer, result)
  }
  const stage = async (visit: Visit, text: string) => {
    const { call, admitted, outgoing } = visit
    const scene = await perform(call, text, admitted, parts, socketClient(outgoing))
    recordScene(parts, call.endpoint.name, visit, admitted.namespace, text, scene)
    await transmit(scene.outcome, outgoing)
  }
  const fail = (error: unknown, outgoing: ServerResponse) => {
    onError(error instanceof Error ? error : new Error(String(error)))
    if (!outgoing.headersSent) send(outgoing, conclude(refuse<RefusalName>('internal-error', 'wire.path')))
  }
  return (incoming, outgoing) => {
    const call = calls.get(incoming.url ?? '')
    if (!call || incoming.method !== call.endpoint.method || !isPlain(incoming, maxBodyBytes))
      return otherwise(incoming, outgoing)
    if (applications.loading || namespaces.dropping) return otherwise(incoming, outgoing)
    const started = performance.now()
    const admitted = call.admit({
      authorization: incoming.headers.authorization ?? null,
      contentType: incoming.headers['content-type'] ?? null,
      contentEncoding: incoming.headers['content-encoding'] ?? null,
    })
    if (isRefusal(admitted)) return otherwise(incoming, outgoing)
    const visit: Visit = {
      call,
      admitted,
      outgoing,
      at: admitted.namespace.last_used,
      started,
      method: call.endpoint.method,
      path: call.endpoint.path,
      headers: incoming.rawHeaders,
    }
    return whenWhole(incoming, (bytes) => {
      const text = textOf(bytes)
      if (typeof text === 'string') settle(visit, text)
      else conclusion(visit, null, text)
    })
  }
}

/** A call on its short way: what the journal wants to know of it, and where it is answered. */
interface Visit extends Arrival {
  readonly call: Call
  readonly admitted: Admitted
  readonly outgoing: ServerResponse
}

const HOST = /^[a-z0-9._-]+(:\d{1,5})?$/

/** Whether the head says the same to Node's message as it would to a Request. */
const isPlain = ({ headers, rawHeaders, httpVersionMajor }: IncomingMessage, maxBodyBytes: number): boolean =>
  httpVersionMajor === 1 &&
  HOST.test(headers.host ?? '') &&
  Number(headers['content-length'] ?? Number.NaN) <= maxBodyBytes &&
  !isRepeated(rawHeaders)

/** Of a header that was sent twice Node's message keeps the first, a Request joins them. */
const isRepeated = (rawHeaders: readonly string[]): boolean => {
  let seen = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    const bit = name.length === 13 ? 1 : name.length === 12 ? 2 : name.length === 4 ? 4 : 0
    if (bit === 0 || !DECIDING.has(name.toLowerCase())) continue
    if (seen & bit) return true
    seen |= bit
  }
  return false
}

const DECIDING: ReadonlySet<string> = new Set(['authorization', 'content-type', 'host'])

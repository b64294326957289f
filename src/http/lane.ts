import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { RefusalName } from '../../contracts/refusals.ts'
import { isRefusal, refuse } from '../payment/refusal.ts'
import type { Later } from '../store/later.ts'
import { type Answer, type ApiParts, type Call, conclude } from './api.ts'
import { textOf } from './body.ts'
import { CONTENT_TYPE } from './errors.ts'
import { type Head, readHead } from './head.ts'
import type { PayerCall } from './payer.ts'
import { type Arrival, record } from './record.ts'

/** The short way of a call, from the bytes of a socket to its answer. */
export interface Lane {
  /**
   * Answers a whole request whose bytes are all there. False: it is not one that the lane surely reads as Node would, nothing was done,
   * and the bytes are Node's. A promise where the answer comes later.
   */
  take(bytes: Buffer, socket: Socket): boolean | Promise<unknown>
}

export interface LaneLimits {
  readonly maxHeaderBytes: number
  /** How long a kept connection may be idle, in seconds: told in Keep-Alive, as Node tells it. */
  readonly keepAliveSeconds: number
}

/** Of every answer under /_mock, as the long way has them: what a client sent stands in it. */
const AS_IT_IS = 'x-content-type-options: nosniff\r\ncross-origin-resource-policy: same-origin\r\n'
const END_OF_HEAD = Buffer.from('\r\n\r\n')
const PAYER = /^\/_mock\/payments\/(T[0-9a-f]{19}|[0-9a-f]{64})\/payer$/

/** Heads that were read and may come again: a client sends the same one for every call. */
const MAX_KNOWN = 64
/** A head that is longer is Node's: no client of KakaoPay needs as much. */
const MAX_HEAD = 4096

/**
 * Node's own reading of a request and writing of an answer cost more than the call between them. The lane takes only what it surely reads
 * as the long way would: one whole request in one piece, in the plainest form, for an exact path, that no scenario may meet and that its
 * head alone does not get refused. Everything else goes the long way untouched, and so does the rest of its connection.
 */
export const createLane = (
  calls: ReadonlyMap<string, Call>,
  payer: PayerCall,
  mayControl: (head: Head) => boolean,
  parts: ApiParts,
  limits: LaneLimits,
): Lane => {
  const { applications, journal, maxBodyBytes, namespaces, onError, scenarios } = parts
  const maxHead = Math.min(MAX_HEAD, limits.maxHeaderBytes)
  const known = new Map<string, Head>()
  const stamp = createStamp(limits.keepAliveSeconds)

  const headOf = (text: string): Head | undefined => {
    const before = known.get(text)
    if (before !== undefined) return before
    const head = readHead(text)
    // The path of a payer is another each time.
    if (head === undefined || !calls.has(head.path)) return head
    if (known.size === MAX_KNOWN) known.clear()
    known.set(text, head)
    return head
  }
  const failed = (error: unknown): Answer => {
    onError(error instanceof Error ? error : new Error(String(error)))
    return conclude(refuse<RefusalName>('internal-error', 'wire.path'))
  }
  const write = ({ status, body }: Answer, socket: Socket, more: string) => {
    const length = Buffer.byteLength(body)
    // As many bytes as characters: ASCII, which Node writes faster when it is told so.
    socket.write(stamp(status, length, more) + body, length === body.length ? 'latin1' : 'utf8')
  }
  /** Writes an answer now, or when it is there. */
  const reply = (answer: () => Later<Answer>, socket: Socket, more = ''): true | Promise<unknown> => {
    try {
      const result = answer()
      if (result instanceof Promise) return result.catch(failed).then((late) => write(late, socket, more))
      write(result, socket, more)
    } catch (error) {
      write(failed(error), socket, more)
    }
    return true
  }
  const arrive = (head: Head, at: number, started: number): Arrival => ({
    at,
    started,
    method: 'POST',
    path: head.path,
    headers: head.raw,
  })

  const takeCall = (call: Call, head: Head, body: Buffer, text: string, socket: Socket): boolean | Promise<unknown> => {
    const started = performance.now()
    const admitted = call.admit({
      authorization: head.values.get('authorization') ?? null,
      contentType: head.values.get('content-type') ?? null,
      contentEncoding: head.values.get('content-encoding') ?? null,
    })
    // To admit a call may end a lease, and a store may take its time to drop what belonged to it.
    if (isRefusal(admitted) || namespaces.dropping) return false
    const { namespace } = admitted
    const arrival = arrive(head, namespace.last_used, started)
    const finish = (result: object): Answer => {
      const answer = conclude(result)
      if (journal.on) record(journal, call.endpoint.name, arrival, namespace, body, answer, result)
      return answer
    }
    return reply(() => {
      const result = call.answer(text, admitted)
      return result instanceof Promise ? result.then(finish) : finish(result)
    }, socket)
  }
  const takePayer = (tid: string, head: Head, text: string, socket: Socket): boolean | Promise<unknown> => {
    if (!mayControl(head) || head.values.get('content-type') !== 'application/json') return false
    if (head.values.has('content-encoding')) return false
    const arrival = arrive(head, parts.now(), performance.now())
    return reply(() => payer(tid, text, arrival), socket, AS_IT_IS)
  }

  return {
    take(bytes, socket) {
      const end = bytes.indexOf(END_OF_HEAD)
      if (end < 0 || end > maxHead) return false
      const head = headOf(bytes.toString('latin1', 0, end))
      if (head === undefined || head.length > maxBodyBytes || bytes.length !== end + 4 + head.length) return false
      if (scenarios.armed || applications.loading || namespaces.dropping || socket.writableLength > 0) return false
      const call = calls.get(head.path)
      const tid = call ? undefined : PAYER.exec(head.path)?.[1]
      if (call === undefined && tid === undefined) return false
      const body = bytes.subarray(end + 4)
      const text = textOf(body)
      if (typeof text !== 'string') return false
      return call ? takeCall(call, head, body, text, socket) : takePayer(tid as string, head, text, socket)
    },
  }
}

/** The head of an answer, as Node writes it. Its date is written once a second. */
const createStamp = (keepAliveSeconds: number) => {
  let second = Number.NaN
  let rest = ''
  return (status: number, length: number, more: string): string => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) {
      second = now
      const date = new Date(now * 1000).toUTCString()
      rest = `Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n\r\n`
    }
    return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${CONTENT_TYPE}\r\ncontent-length: ${length}\r\n${more}${rest}`
  }
}

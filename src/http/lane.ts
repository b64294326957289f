import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { RefusalName } from '../../contracts/refusals.ts'
import { isRefusal, refuse } from '../payment/refusal.ts'
import { type ApiParts, type Call, conclude } from './api.ts'
import type { Access } from './auth.ts'
import { textOf, whenWhole } from './body.ts'
import { CONTENT_TYPE } from './errors.ts'

/**
 * The short way of a call that arrives on a socket: from Node's message to its answer, without a Request, a Response and a router
 * between, which cost more than the call itself. It takes only what it surely reads as the long way would (an exact path, a plain Host, a
 * body of known and allowed length, a head that is not refused); everything else goes the long way untouched.
 */
export const createLane = (
  calls: ReadonlyMap<string, Call>,
  { maxBodyBytes, onError }: ApiParts,
  otherwise: RequestListener,
): RequestListener => {
  const settle = (text: string, call: Call, access: Access, outgoing: ServerResponse) => {
    try {
      const result = call.answer(text, access)
      if (result instanceof Promise) result.then((late) => send(outgoing, late)).catch((e) => fail(e, outgoing))
      else send(outgoing, result)
    } catch (error) {
      fail(error, outgoing)
    }
  }
  const fail = (error: unknown, outgoing: ServerResponse) => {
    onError(error instanceof Error ? error : new Error(String(error)))
    if (!outgoing.headersSent) send(outgoing, refuse<RefusalName>('internal-error', 'wire.path'))
  }
  return (incoming, outgoing) => {
    const call = calls.get(incoming.url ?? '')
    if (!call || incoming.method !== call.endpoint.method || !isPlain(incoming, maxBodyBytes))
      return otherwise(incoming, outgoing)
    const access = call.admit({
      authorization: incoming.headers.authorization ?? null,
      contentType: incoming.headers['content-type'] ?? null,
      contentEncoding: incoming.headers['content-encoding'] ?? null,
    })
    if (isRefusal(access)) return otherwise(incoming, outgoing)
    return whenWhole(incoming, (bytes) => {
      const text = textOf(bytes)
      if (typeof text === 'string') settle(text, call, access, outgoing)
      else send(outgoing, text)
    })
  }
}

const send = (outgoing: ServerResponse, result: object) => {
  const { status, body } = conclude(result)
  outgoing.writeHead(status, { 'content-type': CONTENT_TYPE, 'content-length': Buffer.byteLength(body) })
  outgoing.end(body)
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

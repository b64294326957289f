import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Reply } from '../faults/inject.ts'
import type { Outcome } from './outcome.ts'

/** A client that may close its connection while it waits. */
export interface Client {
  /** Resolves after `ms`, or when the client has gone. Keeps no process alive. */
  wait(ms: number): Promise<void>
  gone(): boolean
}

/** The Request's signal is read only where there is no connection: the adapter makes one when it is asked for. */
export const clientOf = (request: Request, outgoing: ServerResponse | undefined): Client => {
  const gone = () => (outgoing ? outgoing.destroyed || outgoing.socket?.destroyed === true : request.signal.aborted)
  return {
    gone,
    async wait(ms) {
      if (gone()) return
      const left = new AbortController()
      const leave = () => left.abort()
      if (outgoing) outgoing.once('close', leave)
      else request.signal.addEventListener('abort', leave, { once: true })
      await sleep(ms, undefined, { signal: left.signal, ref: false }).catch(() => {})
      if (outgoing) outgoing.off('close', leave)
      else request.signal.removeEventListener('abort', leave)
    },
  }
}

/**
 * Sends an outcome: whole, in pieces, or by closing the connection. Calls `keep` once, when it is known whether the answer was delivered.
 */
export const send = async (
  outcome: Outcome,
  outgoing: ServerResponse | undefined,
  client: Client,
  keep: (delivered: boolean) => void,
): Promise<Response> => {
  const { reply, pieces, delivered } = outcome
  if (outgoing && reply && pieces) {
    keep(await sendInPieces(reply, pieces, outgoing, client))
    return RESPONSE_ALREADY_SENT
  }
  keep(delivered && !client.gone())
  if (reply && pieces) return new Response(streamOf(reply.body, pieces, client), reply)
  if (reply) return new Response(reply.body, reply)
  if (!outgoing) throw connectionClosed()
  ;(outgoing.socket ?? outgoing).destroy()
  return RESPONSE_ALREADY_SENT
}

/** Resolves to whether all of it was written before the client closed its connection. */
const sendInPieces = async (
  { status, headers, body }: Reply,
  { bytes, ms }: NonNullable<Outcome['pieces']>,
  outgoing: ServerResponse,
  client: Client,
): Promise<boolean> => {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  let isFirst = true
  for (const piece of piecesOf(body, bytes)) {
    if (!isFirst) await client.wait(ms)
    if (outgoing.destroyed) return false
    outgoing.write(piece)
    isFirst = false
  }
  outgoing.end()
  return true
}

function* piecesOf(body: string, bytes: number) {
  const all = Buffer.from(body)
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes)
}

/** A connection that a fault closed, for a caller without one: what `fetch` itself throws when a server closes the connection. */
const connectionClosed = (): TypeError =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('the connection was closed by a fault rule'), { code: 'ECONNRESET' }),
    closedByFault: true,
  })

export const isClosedByFault = (error: unknown): boolean => error instanceof TypeError && 'closedByFault' in error

/** The same pieces for a Request that came in without a connection. */
const streamOf = (body: string, { bytes, ms }: NonNullable<Outcome['pieces']>, client: Client) => {
  const source = piecesOf(body, bytes)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = source.next()
      if (done) return controller.close()
      controller.enqueue(value)
      await client.wait(ms)
    },
  })
}

import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Reply } from '../faults/inject.ts'
import type { CallOutcome } from './fault.ts'

/** A client that may close its connection while it waits. */
export interface Client {
  /** Resolves after `ms`, or when the client has gone. Keeps no process alive. */
  wait(ms: number): Promise<void>
  gone(): boolean
}

export const clientOf = ({ signal }: Request, outgoing: ServerResponse | undefined): Client => {
  const left = new AbortController()
  const leave = () => left.abort()
  if (outgoing) {
    if (outgoing.destroyed || outgoing.socket?.destroyed) leave()
    outgoing.once('close', leave)
  } else if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  return {
    gone: () => left.signal.aborted,
    wait: (ms) => sleep(ms, undefined, { signal: left.signal, ref: false }).catch(() => {}),
  }
}

interface Delivery {
  readonly request: Request
  readonly outgoing: ServerResponse | undefined
  readonly client: Client
  /** Records the call. Called once, as soon as it is known whether the answer was delivered. */
  readonly keep: (delivered: boolean) => void
}

/** Sends a faulted outcome: whole, in pieces, or by closing the connection. */
export const sendFaulted = async (outcome: CallOutcome, delivery: Delivery): Promise<Response> => {
  const { outgoing, keep, client } = delivery
  const { reply, pieces, delivered } = outcome
  if (!outgoing) {
    keep(delivered)
    return responseOf(outcome, client)
  }
  if (reply === null) {
    keep(false)
    ;(outgoing.socket ?? outgoing).destroy()
  } else if (pieces) {
    // Recorded after the last piece: only then is it known whether the client stayed.
    keep(await sendInPieces(reply, pieces, outgoing, client))
  } else {
    keep(delivered)
    outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
    outgoing.end(reply.body)
  }
  return RESPONSE_ALREADY_SENT
}

/** Resolves to whether all of it was written before the client closed its connection. */
const sendInPieces = async (
  { status, headers, body }: Reply,
  { bytes, ms }: NonNullable<CallOutcome['pieces']>,
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

/** The same for a Request that came in without a connection. Throws where the connection would have been closed. */
const responseOf = ({ reply, pieces }: CallOutcome, client: Client): Response => {
  if (reply === null) throw connectionClosed()
  const { status, headers, body } = reply
  if (!pieces) return new Response(body, { status, headers })
  const source = piecesOf(body, pieces.bytes)
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = source.next()
      if (done) return controller.close()
      controller.enqueue(value)
      await client.wait(pieces.ms)
    },
  })
  return new Response(stream, { status, headers })
}

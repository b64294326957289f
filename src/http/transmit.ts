import type { ServerResponse } from 'node:http'
import type { Answer, Outcome } from '../control/faults/fault.ts'
import { CONTENT_TYPE, JSON_TYPE } from './errors.ts'

/** A client that may go away while it waits. */
export interface Client {
  /** Calls back once when it has gone, also if it has gone already. Returns how to no longer be told. */
  onGone(gone: () => void): () => void
}

/** Resolves after `ms`, or when the client has gone. A pause keeps no process alive. */
export const pause = (ms: number, client: Client): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      forget()
      resolve()
    }
    const timer = setTimeout(end, ms)
    timer.unref()
    const forget = client.onGone(() => {
      clearTimeout(timer)
      resolve()
    })
  })

export const socketClient = (outgoing: ServerResponse): Client => ({
  onGone(gone) {
    if (outgoing.destroyed || outgoing.socket?.destroyed) queueMicrotask(gone)
    else outgoing.once('close', gone)
    return () => outgoing.off('close', gone)
  },
})

export const requestClient = ({ signal }: Request): Client => ({
  onGone(gone) {
    if (signal.aborted) queueMicrotask(gone)
    else signal.addEventListener('abort', gone, { once: true })
    return () => signal.removeEventListener('abort', gone)
  },
})

const send = (outgoing: ServerResponse, { status, body }: Answer): void => {
  const length = Buffer.byteLength(body)
  outgoing.writeHead(status, { 'content-type': CONTENT_TYPE, 'content-length': length })
  // As many bytes as characters: ASCII, which Node writes faster when it is told so.
  outgoing.end(body, length === body.length ? 'latin1' : 'utf8')
}

/** An answer in pieces onto a real connection. Resolves to whether all of it went out before the client hung up. */
export const drip = async (outcome: Outcome & { how: 'drip' }, outgoing: ServerResponse): Promise<boolean> => {
  const { status, body } = outcome.answer
  const client = socketClient(outgoing)
  outgoing.writeHead(status, { 'content-type': CONTENT_TYPE, 'content-length': Buffer.byteLength(body) })
  let isFirst = true
  for (const piece of pieces(body, outcome.bytes)) {
    if (!isFirst) await pause(outcome.ms, client)
    if (outgoing.destroyed) return false
    outgoing.write(piece)
    isFirst = false
  }
  outgoing.end()
  return true
}

/** Any other faulted outcome. */
export const transmit = (outcome: Exclude<Outcome, { how: 'drip' }>, outgoing: ServerResponse): void => {
  if (outcome.how === 'answer') send(outgoing, outcome.answer)
  else (outgoing.socket ?? outgoing).destroy()
}

function* pieces(body: string, bytes: number) {
  const all = Buffer.from(body)
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes)
}

/** A connection that a scenario closed, for callers without one: what `fetch` itself throws when a server hangs up. */
export const connectionClosed = (): TypeError =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('the connection was closed by a scenario'), { code: 'ECONNRESET' }),
    closedByScenario: true,
  })

export const isClosedByScenario = (error: unknown): boolean => error instanceof TypeError && 'closedByScenario' in error

/** A faulted outcome for a Request that came in without a connection. Throws where the connection would have been closed. */
export const responseOf = (outcome: Outcome, request: Request): Response => {
  if (outcome.how === 'close') throw connectionClosed()
  const { status, body } = outcome.answer
  if (outcome.how === 'answer') return new Response(body, { status, headers: JSON_TYPE })
  const client = requestClient(request)
  const source = pieces(body, outcome.bytes)
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = source.next()
      if (done) return controller.close()
      controller.enqueue(value)
      await pause(outcome.ms, client)
    },
  })
  return new Response(stream, { status, headers: JSON_TYPE })
}

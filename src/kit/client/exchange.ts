import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as pause } from 'node:timers/promises'
import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import type { Effect } from '../../faults/effect.ts'
import type { Reply } from '../../faults/inject.ts'
import type { Fetch } from '../target.ts'
import type { AnswerChange } from './answer-change.ts'

/** One request as it came in, and what became of it. */
export interface Exchange {
  readonly method: string
  /** As it was sent: path and query. */
  readonly url: string
  /** As they were sent, in their order. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  /** Only the beginning of the body is known. */
  readonly bodyCut?: boolean
  /** Which call its path is. */
  readonly call: EndpointName | undefined
  /** What the server answered, whether or not the client received it. */
  answer?: Reply
  /** What was sent to the client; undefined: the connection was closed without an answer. */
  received?: Reply | undefined
  fault?: string
  /** The proxy answered something else than the server did. */
  changed?: AnswerChange
}

const callOfPath = new Map<string, EndpointName>(
  Object.entries(endpoints).map(([name, { path }]) => [path, name as EndpointName]),
)

/** Waits, and ends early when the client has closed its connection. */
export const waitFor = async (ms: number, outgoing: ServerResponse): Promise<void> => {
  if (ms <= 0 || outgoing.destroyed) return
  const closed = new AbortController()
  const abort = () => closed.abort()
  outgoing.once('close', abort)
  await pause(ms, undefined, { signal: closed.signal }).catch(() => {})
  outgoing.off('close', abort)
}

export const readExchange = async (incoming: IncomingMessage, limit: number): Promise<Exchange | undefined> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) return undefined
    parts.push(part)
  }
  const { method = '', url = '', rawHeaders } = incoming
  const headers = rawHeaders.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : [],
  )
  const call = callOfPath.get(url.split(/[?#]/)[0] ?? '')
  return { method, url, headers, body: Buffer.concat(parts), call }
}

/** Headers of this connection alone, and those that a Request writes itself. */
const hopByHop = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
])

export const forward = ({ method, url, headers, body }: Exchange, server: Fetch, origin: string): Promise<Response> => {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  const request = new Request(origin + url, {
    method,
    headers: headers.filter(([name]) => !hopByHop.has(name.toLowerCase())).map(([name, value]) => [name, value]),
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
    redirect: 'manual',
  })
  return server(request)
}

export const replyOf = async (response: Response): Promise<Reply> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
})

/** Passed on as it comes: an event stream never ends, and an image is no text. */
export const stream = (response: Response, outgoing: ServerResponse) => {
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (response.body)
    Readable.fromWeb(response.body as ReadableStream)
      .on('error', () => outgoing.destroy())
      .pipe(outgoing)
  else outgoing.end()
}

export const send = async (reply: Reply | undefined, pieces: Effect['pieces'], outgoing: ServerResponse) => {
  if (!reply) return void outgoing.destroy()
  const bytes = Buffer.from(reply.body)
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length })
  if (!pieces) return void outgoing.end(bytes)
  for (let at = 0; at < bytes.length && !outgoing.destroyed; at += pieces.bytes) {
    outgoing.write(bytes.subarray(at, at + pieces.bytes))
    await waitFor(pieces.ms, outgoing)
  }
  return void outgoing.end()
}

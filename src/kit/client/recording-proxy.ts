import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as pause } from 'node:timers/promises'
import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import type { Fetch } from '../target.ts'
import { type Armed, armed, type Sent } from './faults.ts'

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
  /** What the server said, whether or not the client heard it. */
  answer?: Sent
  /** What went out; undefined: the connection was closed without an answer. */
  heard?: Sent | undefined
  fault?: string
}

/** The kit's own socket between a client and a server: it writes down what goes over, and can spoil it on purpose. */
export interface RecordingProxy {
  readonly url: string
  /** Everything that came in, oldest first, up to the limit. */
  readonly exchanges: readonly Exchange[]
  /** How many more came in than are kept. */
  readonly unkept: () => number
  /** Chooses the server that answers from now on. */
  connect(server: Fetch): void
  arm(fault: Readonly<Record<string, unknown>>): void
  /** Forgets the faults that are still armed, and names them. */
  disarm(): readonly string[]
  close(): Promise<void>
}

export interface RecordingProxyLimits {
  /** Calls that are kept; a program that makes more is judged by its first. */
  readonly exchanges: number
  /** A larger body closes the connection. More than any server of this API takes, in bytes. */
  readonly bodyBytes: number
}

export const RECORDING_PROXY_LIMITS: RecordingProxyLimits = { exchanges: 20_000, bodyBytes: 20_000_000 }

/** Longer than any pause between two cases: a connection that a client keeps is not closed under its hands. */
const KEEP_ALIVE_MS = 120_000

const callOf = new Map<string, EndpointName>(
  Object.entries(endpoints).map(([name, { path }]) => [path, name as EndpointName]),
)

/** Opens the socket on loopback, at any free port. `passes`: what is neither written down nor spoilt, such as the payer's page. */
export const openRecordingProxy = async (
  initial: Fetch,
  passes: (incoming: IncomingMessage) => boolean = () => false,
  limits: RecordingProxyLimits = RECORDING_PROXY_LIMITS,
): Promise<RecordingProxy> => {
  const exchanges: Exchange[] = []
  let unkept = 0
  let server = initial
  let faults: Armed[] = []
  const armedFor = (call: EndpointName | undefined): Armed | undefined => {
    const found = faults.find((fault) => fault.left > 0 && (fault.call === undefined || fault.call === call))
    if (found) found.left--
    return found
  }
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const exchange = await readExchange(incoming, limits.bodyBytes)
    if (!exchange) return void incoming.socket.destroy()
    if (passes(incoming)) return stream(await ask(exchange, server, `http://127.0.0.1:${port}`), outgoing)
    if (exchanges.length < limits.exchanges) exchanges.push(exchange)
    else unkept++
    const fault = exchange.call && armedFor(exchange.call)
    if (fault) exchange.fault = fault.name
    if (!fault || fault.effect.carriesOut) exchange.answer = await forward(exchange, server, `http://127.0.0.1:${port}`)
    exchange.heard = fault ? fault.effect.answer(exchange.answer) : exchange.answer
    return send(exchange.heard, fault, outgoing)
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
    unkept: () => unkept,
    connect(next) {
      server = next
    },
    arm(fault) {
      faults.push(armed(fault))
    },
    disarm() {
      const unfired = faults.filter(({ left }) => left > 0 && left !== Infinity).map(({ name }) => name)
      faults = []
      return unfired
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        listener.closeAllConnections()
      }),
  }
}

const readExchange = async (incoming: IncomingMessage, limit: number): Promise<Exchange | undefined> => {
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
  const call = callOf.get(url.split(/[?#]/)[0] ?? '')
  return { method, url, headers, body: Buffer.concat(parts), call }
}

/** Headers that are about this connection, or that a Request writes itself. */
const hop = new Set(['host', 'connection', 'keep-alive', 'content-length', 'transfer-encoding', 'expect', 'upgrade'])

const ask = ({ method, url, headers, body }: Exchange, server: Fetch, origin: string): Promise<Response> => {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  const request = new Request(origin + url, {
    method,
    headers: headers.filter(([name]) => !hop.has(name.toLowerCase())).map(([name, value]) => [name, value]),
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
    redirect: 'manual',
  })
  return server(request)
}

const forward = async (exchange: Exchange, server: Fetch, origin: string): Promise<Sent> => {
  const response = await ask(exchange, server, origin)
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
}

/** As it comes: events never end, and an image is no text. */
const stream = (response: Response, outgoing: ServerResponse) => {
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (response.body)
    Readable.fromWeb(response.body as ReadableStream)
      .on('error', () => outgoing.destroy())
      .pipe(outgoing)
  else outgoing.end()
}

/** A client that has given up closes its connection; nobody waits longer than it. */
const send = async (sent: Sent | undefined, fault: Armed | undefined, outgoing: ServerResponse) => {
  const { delayMs = 0, pieces } = fault?.effect ?? {}
  const left = new AbortController()
  outgoing.once('close', () => left.abort())
  const wait = () => (delayMs > 0 ? pause(delayMs, undefined, { signal: left.signal }) : undefined)
  if (!pieces) await wait()
  if (!sent) return void outgoing.destroy()
  const bytes = Buffer.from(sent.text)
  outgoing.writeHead(sent.status, { ...sent.headers, 'content-length': bytes.length })
  if (!pieces) return void outgoing.end(bytes)
  for (let at = 0; at < bytes.length; at += pieces) {
    outgoing.write(bytes.subarray(at, at + pieces))
    await wait()
  }
  return void outgoing.end()
}

import { mkdtempSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { createHttpServer } from '../../src/http/server.ts'
import { type Authority, openAuthority } from '../../src/intercept/authority.ts'
import { createListeners, type ListenerOptions, type Listeners } from '../../src/intercept/listeners.ts'

/** Stands in for the mock where only the way to it is the subject: it says what reached it. */
export const echo: RequestListener = (req, res) => {
  let body = ''
  req.on('data', (chunk) => {
    body += chunk
  })
  req.on('end', () => {
    const answer = { method: req.method, url: req.url, host: req.headers.host, body }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(answer))
  })
}

export const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** An authority in a folder of its own, without the system's 140 others. */
export const temporaryAuthority = async (): Promise<{ authority: Authority; remove(): void }> => {
  const dir = mkdtempSync(join(tmpdir(), 'authority-'))
  const authority = await openAuthority({
    dir,
    systemAuthorities: rootCertificates.slice(0, 1).map((pem) => `${pem}\n`),
  })
  return { authority, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

export interface Opened {
  readonly http: number
  readonly https: number
  readonly proxy: number
  readonly listeners: Listeners
  close(): Promise<void>
}

export const httpLimits = { maxHeaderBytes: 16_384, requestTimeoutMs: 10_000 }

/** Every listener, on free ports: a plain one that is a proxy too, HTTPS, and the proxy's own. */
export const openListeners = async (
  authority: Authority,
  { http: limits, ...options }: Partial<ListenerOptions> & { http?: Partial<typeof httpLimits> } = {},
): Promise<Opened> => {
  const listeners = createListeners({
    identity: authority.server,
    listener: echo,
    createHttpServer: (listener) => createHttpServer(listener, { ...httpLimits, ...limits }),
    proxyOnPlainPort: true,
    ...options,
  })
  const [http, https, proxy] = await Promise.all([listeners.http, listeners.https, listeners.proxy].map(listening))
  return { http: http ?? 0, https: https ?? 0, proxy: proxy ?? 0, listeners, close: listeners.close }
}

/** Opens a socket, writes, and resolves to everything that came until the other side closed. */
export const exchange = (port: number, text: string | Uint8Array): Promise<Buffer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks)))
  })

/** The status and the JSON of one whole answer. */
export const answerOf = (raw: Buffer | string): { status: number; body: unknown } => {
  const [head = '', body = ''] = raw.toString().split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) }
}

/** Opens a tunnel. Resolves to the socket behind the proxy's answer and to that answer's first line. */
export const tunnel = (port: number, target: string, version = '1.1'): Promise<{ socket: Socket; line: string }> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/${version}\r\nHost: ${target}\r\n\r\n`),
    )
    socket.once('error', reject)
    socket.once('data', (chunk) => resolve({ socket, line: chunk.toString().split('\r\n')[0] ?? '' }))
  })

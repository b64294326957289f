import type { Server as HttpServer, RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { answerTlsOnPlainPort } from './alert.ts'
import { closeWith, jsonAnswer } from './answer.ts'
import type { Identity } from './certificates.ts'
import { createLeakLog, type Leak, type LeakLog } from './leaks.ts'
import { type InterceptLimits, interceptLimits } from './limits.ts'
import { createProxy } from './proxy.ts'
import { createTlsFront } from './tls.ts'
import type { Lookup } from './upstream.ts'

export interface ListenerOptions {
  /** What the HTTPS server shows: `(await openAuthority()).server`. */
  readonly identity: Identity
  /** The mock itself. */
  readonly listener: RequestListener
  /** Makes the HTTP server that requests reach, with its limits and its form of refusal. */
  readonly createServer: (listener: RequestListener) => HttpServer
  readonly pass?: readonly string[]
  readonly limits?: Partial<InterceptLimits>
  readonly now?: () => number
  readonly onLeak?: (leak: Leak) => void
  readonly lookup?: Lookup
}

/** The ways in beside plain HTTP. None listens until it is told to. */
export interface Listeners {
  /** Listen with it for HTTPS. */
  readonly https: Server
  /** Listen with it for the proxy. Requests that are no proxy's reach the mock there as well. */
  readonly proxy: HttpServer
  /** Makes a server whose port is the mock's own a proxy too, and answers TLS bytes there. Give it a server of `createServer(wrap(listener))`. */
  attach(server: HttpServer): void
  /** The mock's listener with absolute-form requests understood. */
  readonly wrapped: RequestListener
  readonly leaks: LeakLog
  /** Tunnels open now. */
  tunnels(): number
  /** Handshakes under way now. */
  handshakes(): number
  /** Stops listening, gives open requests `graceMs` (default 0) to be answered, then closes every connection. */
  close(graceMs?: number): Promise<void>
}

export const createListeners = (options: ListenerOptions): Listeners => {
  const limits = { ...interceptLimits, ...options.limits }
  const leaks = createLeakLog(limits.maxLeaks, options.now ?? Date.now, options.onLeak)
  const ports: Server[] = []
  const inner = options.createServer((req, res) => wrapped(req, res))
  const inTunnel = createTlsFront(inner, options.identity, limits)
  const proxy = createProxy({
    front: inTunnel,
    pass: options.pass ?? [],
    limits,
    leaks,
    ownPorts: () => ports.map((server) => (server.address() as AddressInfo | null)?.port ?? 0),
    ...(options.lookup ? { lookup: options.lookup } : {}),
  })
  const requests = countRequests(proxy.listener(options.listener))
  const wrapped = requests.listener
  const attach = (server: HttpServer) => {
    ports.push(server)
    proxy.attach(server)
    answerTlsOnPlainPort(server)
  }
  const street = options.createServer(wrapped)
  const front = createTlsFront(street, options.identity, limits)
  const proxyServer = options.createServer(wrapped)
  attach(proxyServer)
  ports.push(front.server)
  for (const server of [inner, street]) refuseConnect(server)
  return {
    https: front.server,
    proxy: proxyServer,
    attach,
    wrapped,
    leaks,
    tunnels: proxy.open,
    handshakes: () => front.handshakes() + inTunnel.handshakes(),
    async close(graceMs = 0) {
      const ended = Promise.all([front.server, proxyServer].map(closed))
      await requests.idle(graceMs)
      proxy.close()
      front.close()
      inTunnel.close()
      for (const server of [inner, street, proxyServer]) server.closeAllConnections()
      await ended
    },
  }
}

/** Knows when no request is open. Connections say nothing of that: a client keeps them. */
const countRequests = (listener: RequestListener) => {
  let open = 0
  let wake = () => {}
  return {
    listener: ((req, res) => {
      open++
      res.once('close', () => --open === 0 && wake())
      listener(req, res)
    }) as RequestListener,
    idle: (ms: number) =>
      new Promise<void>((resolve) => {
        if (open === 0 || ms === 0) return resolve()
        const late = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(late)
          resolve()
        }
      }),
  }
}

/** Tunnels do not nest, and the HTTPS port is no proxy. */
const refuseConnect = (server: HttpServer) => {
  server.on('connect', (_req, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    closeWith(
      socket,
      jsonAnswer(400, 'no-proxy-here', 'CONNECT belongs to the proxy’s own port, in clear, and not into a tunnel'),
    )
  })
}

/** A server that never listened is closed already. */
const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()))

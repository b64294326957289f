import type { RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { closeWith } from '../http/close-with.ts'
import type { HttpServer } from '../http/server.ts'
import { jsonAnswer } from './answer.ts'
import type { Identity } from './certificates.ts'
import { isRetiredHost, RETIRED_HOST } from './hosts.ts'
import { createLeakLog, type Leak, type LeakLog } from './leaks.ts'
import { type InterceptLimits, interceptLimits } from './limits.ts'
import { type Proxy as ConnectProxy, createProxy } from './proxy.ts'
import { createTlsFront } from './tls.ts'
import type { Lookup } from './upstream.ts'

export interface ListenerOptions {
  /** What the HTTPS server shows: `(await openAuthority()).server`. */
  readonly identity: Identity
  /** The mock itself. */
  readonly listener: RequestListener
  /** Makes the HTTP server that every request reaches, with its limits and its form of refusal. */
  readonly createHttpServer: (listener: RequestListener) => HttpServer
  /** The plain port is a proxy too. */
  readonly proxyOnPlainPort?: boolean
  readonly pass?: readonly string[]
  readonly limits?: Partial<InterceptLimits>
  readonly now?: () => number
  readonly onLeak?: (leak: Leak) => void
  readonly lookup?: Lookup
}

/** A plain port, and beside it HTTPS and a proxy, which hand their connections to the same HTTP server. None listens until it is started. */
export interface Listeners {
  /** The plain port. It must listen, also where only the others are wanted: Node watches time-outs from then on. */
  readonly http: Server
  readonly https: Server
  /** Requests that are no proxy's reach the mock here as well. */
  readonly proxy: Server
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
  const front = createTlsFront((socket) => http.server.emit('connection', socket), options.identity, limits)
  const ofProxy = new WeakSet<Duplex>()
  const proxyServer = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    ofProxy.add(socket)
    http.server.emit('connection', socket)
  })
  const ports = () => [http.server, front.server, proxyServer]
  const proxy = createProxy({
    front,
    pass: options.pass ?? [],
    limits,
    leaks,
    ownPorts: () => ports().map((server) => (server.address() as AddressInfo | null)?.port ?? 0),
    ...(options.lookup ? { lookup: options.lookup } : {}),
  })
  const http = options.createHttpServer(proxy.listener(notingRetired(options.listener, leaks)))
  acceptConnect(http, proxy, (socket) => ofProxy.has(socket) || options.proxyOnPlainPort === true)
  return {
    http: http.server,
    https: front.server,
    proxy: proxyServer,
    leaks,
    tunnels: proxy.open,
    handshakes: front.handshakes,
    close: (graceMs = 0) =>
      http.close(graceMs, [front.server, proxyServer], () => {
        proxy.close()
        front.close()
      }),
  }
}

/** What a client asks of kapi.kakao.com beside the payment API that was there was meant for the real host. */
const notingRetired =
  (next: RequestListener, leaks: LeakLog): RequestListener =>
  (req, res) => {
    if (isRetiredHost((req.headers.host ?? '').replace(/:443$/, '')) && !req.url?.startsWith('/v1/payment/'))
      leaks.note(req.method ?? '', `https://${RETIRED_HOST}`)
    next(req, res)
  }

/** CONNECT is taken in clear on the ports of the proxy: tunnels do not nest, and the HTTPS port is no proxy. */
const acceptConnect = ({ server }: HttpServer, proxy: ConnectProxy, isProxy: (socket: Duplex) => boolean) => {
  server.on('connect', (req, socket: Duplex, head: Buffer) => {
    // The HTTP server has let go of the socket: its errors belong to this listener now.
    socket.on('error', () => socket.destroy())
    if (!(socket instanceof TLSSocket) && isProxy(socket)) return proxy.connect(req, socket as Socket, head)
    closeWith(
      socket,
      jsonAnswer(400, 'no-proxy-here', 'CONNECT belongs to the proxy’s own port, in clear, and not into a tunnel'),
    )
  })
}

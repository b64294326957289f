import { createServer, type RequestListener, type Server } from 'node:http'
import type { Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { RefusalName } from '../../contracts/refusals.ts'
import { nextTurn } from '../journal/slice.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import { toOriginForm } from './absolute-form.ts'
import { closeWith } from './close-with.ts'
import { type OpenRequests, trackRequests } from './connections.ts'
import type { Env } from './deps.ts'
import { CONTENT_TYPE, refusalResponse, serialize } from './errors.ts'

export interface ServerLimits {
  readonly maxHeaderBytes: number
  readonly requestTimeoutMs: number
}

/** How often Node looks for requests that take too long, in ms: the time-out is exact to this. */
const CHECK_EVERY_MS = 500

/** How long a connection between two requests is kept, in ms. */
export const KEEP_ALIVE_MS = 65_000

/**
 * The app as a listener of Node's server. What the adapter itself cannot read, such as a broken Host, is refused in KakaoPay's form too.
 * Control calls begin one in each turn of the event loop: a thousand that come at once would hold up every payment for 0.3 s.
 * `onRequest` is called with the connection of each request.
 */
export const createListener = (app: Hono<Env>, onRequest: (socket: Socket) => void = () => {}): RequestListener => {
  const listener = getRequestListener((request, env) => app.fetch(request, env as Env['Bindings']), {
    errorHandler: () => refusalResponse(refuse('request-malformed', 'wire.path')),
  })
  return async (req, res) => {
    onRequest(req.socket)
    toOriginForm(req)
    if (req.url?.startsWith('/_mock/')) {
      await nextTurn()
      // Nobody is there any more, and no event would say so again.
      if (req.socket.destroyed) return
    }
    await listener(req, res)
  }
}

/**
 * The one HTTP server. Connections of every port reach it, those of other ports by `server.emit('connection', socket)`, so that all have the
 * same limits, the same refusals and the same end. It must listen: Node begins to watch time-outs then.
 */
export interface HttpServer {
  readonly server: Server
  /**
   * Stops listening, here and on `others`, gives open requests `graceMs` to be answered, calls `end` and destroys every connection.
   * Resolves when all ports are closed.
   */
  close(graceMs: number, others?: readonly NetServer[], end?: () => void): Promise<void>
}

export const createHttpServer = (listener: RequestListener, limits: ServerLimits): HttpServer => {
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, limits.requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Node would answer a request without Host by an empty 400; the listener refuses it in KakaoPay's form.
      requireHostHeader: false,
    },
    listener,
  )
  const requests = trackRequests(server)
  refuseMalformed(server, requests, limits)
  return {
    server,
    async close(graceMs, others = [], end = () => {}) {
      const ended = Promise.all([server, ...others].map(closed))
      await requests.idle(graceMs)
      end()
      server.closeAllConnections()
      await ended
    },
  }
}

/** A server that never listened is closed already. */
const closed = (server: NetServer) => new Promise<void>((resolve) => server.close(() => resolve()))

const reasons: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** Content type of a TLS record that begins a handshake: the first byte every TLS client sends. */
const TLS_HANDSHAKE = 0x16

/** Fatal alert `handshake_failure`. A client that was given `https://` for the plain port fails at once with a TLS error. */
const HANDSHAKE_FAILURE = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])

/** Answers what Node cannot parse as a request in KakaoPay's form, after the answers to earlier requests on the connection. */
const refuseMalformed = (server: Server, requests: OpenRequests, limits: ServerLimits) => {
  const refused = new WeakSet<Duplex>()
  server.on('clientError', async (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    if (refused.has(socket)) return
    refused.add(socket)
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    // Nothing behind the error is read as HTTP: the rest of a request that is refused must not be carried out.
    socket.removeAllListeners('data')
    socket.on('data', () => {})
    await requests.answered(socket)
    closeWith(socket, error.rawPacket?.[0] === TLS_HANDSHAKE ? HANDSHAKE_FAILURE : refusalText(error.code, limits))
  })
}

const refusalText = (code: string | undefined, limits: ServerLimits): string => {
  const { status, body } = serialize(refusalOf(code, limits))
  return (
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}\r\ncontent-type: ${CONTENT_TYPE}\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}

const refusalOf = (code: string | undefined, limits: ServerLimits): Refusal<RefusalName> => {
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('header-too-large', 'wire.path', { limit: limits.maxHeaderBytes })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refuse('request-timeout', 'wire.path', { ms: limits.requestTimeoutMs })
  return refuse('request-malformed', 'wire.path')
}

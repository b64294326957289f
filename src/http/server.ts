import { createServer, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { RefusalName } from '../../contracts/refusals.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
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

/** The app as a listener of Node's server. What the adapter itself cannot read, such as a broken Host, is refused in KakaoPay's form too. */
export const createListener = (app: Hono<Env>): RequestListener =>
  getRequestListener((request, env) => app.fetch(request, env as Env['Bindings']), {
    errorHandler: () => refusalResponse(refuse('request-malformed', 'wire.path')),
  })

/** Node's HTTP server with every limit set, and KakaoPay's form for what never becomes a request. */
export const createHttpServer = (listener: RequestListener, limits: ServerLimits): Server => {
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, limits.requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    listener,
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(error, socket, limits))
  return server
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

const refuseConnection = (error: NodeJS.ErrnoException, socket: Duplex, limits: ServerLimits) => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, body } = serialize(refusalOf(error.code, limits))
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}\r\ncontent-type: ${CONTENT_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const refusalOf = (code: string | undefined, limits: ServerLimits): Refusal<RefusalName> => {
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('header-too-large', 'wire.path', { limit: limits.maxHeaderBytes })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refuse('request-timeout', 'wire.path', { ms: limits.requestTimeoutMs })
  return refuse('request-malformed', 'wire.path')
}

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Hono } from 'hono'
import type { RefusalName } from '../../contracts/refusals.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import type { ApiParts, Bindings, Call } from './api.ts'
import { refusalBody, refusalStatus } from './errors.ts'
import { createLane } from './lane.ts'

export interface ServerLimits {
  readonly maxHeaderBytes: number
  readonly requestTimeoutMs: number
}

/**
 * The mock for Node's server: calls of the API by the short way, all else through Hono. Hono, its adapter and the pages behind it are
 * loaded by the first request that needs them: they would be a quarter of every start.
 */
export const createListener = (open: () => Promise<App>, calls: ReadonlyMap<string, Call>, parts: ApiParts) => {
  let opened: RequestListener | undefined
  const load = async () => {
    const [{ adapt }, app] = await Promise.all([import('./adapter.ts'), open()])
    opened ??= adapt(app)
    return opened
  }
  return createLane(calls, parts, (incoming, outgoing) => {
    if (opened) return void opened(incoming, outgoing)
    load()
      .then((listener) => listener(incoming, outgoing))
      .catch((error) => {
        parts.onError(error)
        outgoing.destroy()
      })
    return undefined
  })
}

type App = Hono<{ Bindings: Bindings }>

/** How often Node looks for requests that take too long: the time-out is exact to this. */
const CHECK_EVERY_MS = 500

/** Node's HTTP server with every limit set, and KakaoPay's form for what never becomes a request. */
export const createHttpServer = (listener: RequestListener, limits: ServerLimits): Server => {
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, limits.requestTimeoutMs),
      keepAliveTimeout: 65_000,
    },
    listener,
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(error, socket as Socket, limits))
  return server
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

const refuseConnection = (error: NodeJS.ErrnoException, socket: Socket, limits: ServerLimits) => {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
  const refusal = refusalOf(error.code, limits)
  const body = JSON.stringify(refusalBody(refusal))
  const status = refusalStatus(refusal.refused)
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}\r\ncontent-type: application/json;charset=UTF-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
  return undefined
}

const refusalOf = (code: string | undefined, limits: ServerLimits): Refusal<RefusalName> => {
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('header-too-large', 'wire.path', { limit: limits.maxHeaderBytes })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refuse('request-timeout', 'wire.path', { ms: limits.requestTimeoutMs })
  return refuse('request-malformed', 'wire.path')
}

export type { IncomingMessage }

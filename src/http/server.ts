import { type RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Hono } from 'hono'
import type { RefusalName } from '../../contracts/refusals.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import type { Bindings } from './api.ts'
import { refusalBody, refusalStatus } from './errors.ts'
import type { Lane } from './lane.ts'

export interface ServerLimits {
  readonly maxHeaderBytes: number
  readonly requestTimeoutMs: number
}

/**
 * The mock for Node's server, through Hono. Hono, its adapter and the pages behind it are loaded by the first request that needs them:
 * they would be a quarter of every start.
 */
export const createListener = (open: () => Promise<App>, onError: (error: Error) => void): RequestListener => {
  let opened: RequestListener | undefined
  const load = async () => {
    const [{ adapt }, app] = await Promise.all([import('./adapter.ts'), open()])
    opened ??= adapt(app)
    return opened
  }
  return (incoming, outgoing) => {
    if (opened) return void opened(incoming, outgoing)
    load()
      .then((listener) => listener(incoming, outgoing))
      .catch((error) => {
        onError(error)
        outgoing.destroy()
      })
    return undefined
  }
}

type App = Hono<{ Bindings: Bindings }>

/** How often Node looks for requests that take too long: the time-out is exact to this. */
const CHECK_EVERY_MS = 500

/** How long a connection between two requests is kept, in ms. */
export const KEEP_ALIVE_MS = 65_000

/** Node's HTTP server with every limit set, and KakaoPay's form for what never becomes a request. With a lane, calls go the short way. */
export const createHttpServer = (listener: RequestListener, limits: ServerLimits, lane?: Lane): Server => {
  const server = new StreetServer(listener, limits, lane)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(error, socket as Socket, limits))
  return server
}

/** A server whose connections begin in the lane, until one brings what is not for the lane: from there on it is Node's. */
class StreetServer extends Server {
  /** Connections in the lane, and whether each has an answer under way. */
  readonly #lane = new Map<Socket, { busy: boolean }>()

  constructor(listener: RequestListener, limits: ServerLimits, lane: Lane | undefined) {
    super(
      {
        maxHeaderSize: limits.maxHeaderBytes,
        requestTimeout: limits.requestTimeoutMs,
        headersTimeout: limits.requestTimeoutMs,
        connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, limits.requestTimeoutMs),
        keepAliveTimeout: KEEP_ALIVE_MS,
      },
      listener,
    )
    if (!lane) return
    const [read] = this.listeners('connection') as [(socket: Socket) => void]
    this.removeListener('connection', read)
    this.on('connection', (socket: Socket) => this.#enter(socket, lane, limits, read.bind(this)))
  }

  #enter(socket: Socket, lane: Lane, { requestTimeoutMs }: ServerLimits, read: (socket: Socket) => void) {
    const state = { busy: false }
    let isFirst = true
    let isEnded = false

    const leave = (bytes: Buffer) => {
      this.#lane.delete(socket)
      socket.setTimeout(0)
      for (const [event, heard] of Object.entries(ears)) socket.removeListener(event, heard)
      read(socket)
      socket.emit('data', bytes)
    }
    const ears = {
      data: (bytes: Buffer) => {
        const taken = lane.take(bytes, socket)
        if (taken === false) return leave(bytes)
        if (isFirst) {
          isFirst = false
          socket.setTimeout(KEEP_ALIVE_MS)
        }
        if (taken === true) return undefined
        state.busy = true
        socket.pause()
        taken.finally(() => {
          state.busy = false
          if (isEnded || !this.listening) socket.end()
          else socket.resume()
        })
        return undefined
      },
      end: () => {
        isEnded = true
        if (!state.busy) socket.end()
      },
      error: () => socket.destroy(),
      timeout: () => {
        if (isFirst) this.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
        else if (!state.busy) socket.destroy()
      },
      close: () => this.#lane.delete(socket),
    }
    this.#lane.set(socket, state)
    socket.setTimeout(requestTimeoutMs)
    for (const [event, heard] of Object.entries(ears)) socket.on(event, heard)
  }

  override closeIdleConnections() {
    super.closeIdleConnections()
    for (const [socket, { busy }] of this.#lane) if (!busy) socket.destroy()
  }

  override closeAllConnections() {
    super.closeAllConnections()
    for (const socket of this.#lane.keys()) socket.destroy()
  }
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

import { createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { closeWith } from '../http/close-with.ts'
import { jsonAnswer } from './answer.ts'
import type { Identity } from './certificates.ts'
import type { InterceptLimits } from './limits.ts'

export interface TlsFront {
  /** Takes a connection whose first bytes have not been read, and decrypts it. */
  accept(socket: Socket): void
  /** A server to listen with; each connection is accepted. */
  readonly server: Server
  /** Connections whose handshake is not done. */
  handshakes(): number
  /** Closes the connections whose handshake is not done. */
  close(): void
}

/**
 * TLS 1.2 and 1.3: `onSecure` gets each connection decrypted. HTTP/1.1 is offered by ALPN, and a client without ALPN is served alike. A plain
 * HTTP request gets a plain 400 that says what is wrong.
 */
export const createTlsFront = (
  onSecure: (socket: TLSSocket) => void,
  identity: Identity,
  limits: InterceptLimits,
): TlsFront => {
  const secureContext = createSecureContext({ ...identity, minVersion: 'TLSv1.2' })
  const shaking = new Set<Socket>()

  const accept = (raw: Socket) => {
    raw.on('error', () => raw.destroy())
    if (shaking.size >= limits.maxHandshakes) return void raw.destroy()
    shaking.add(raw)
    const slow = setTimeout(() => raw.destroy(), limits.handshakeMs)
    const done = () => {
      clearTimeout(slow)
      shaking.delete(raw)
    }
    raw.once('close', done)
    // Sockets of an HTTP server may stay open after the client's end; a client that leaves in the middle of a handshake is gone.
    const left = () => shaking.has(raw) && raw.destroy()
    raw.once('end', left)
    firstBytes(raw, (chunk) => {
      if (looksLikeHttp(chunk)) return refusePlain(raw)
      raw.unshift(chunk)
      const secure = new TLSSocket(raw, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
      secure.on('error', () => secure.destroy())
      secure.once('end', left)
      secure.once('close', () => raw.destroy())
      secure.once('secure', () => {
        done()
        onSecure(secure)
      })
    })
  }
  const close = () => {
    for (const raw of shaking) raw.destroy()
  }
  return { accept, server: createServer({ noDelay: true }, accept), handshakes: () => shaking.size, close }
}

/** Calls back once with what the client sends first, and leaves the socket paused. */
const firstBytes = (socket: Socket, then: (chunk: Buffer) => void) => {
  socket.once('data', (chunk: Buffer) => {
    socket.pause()
    then(chunk)
  })
}

/** HTTP begins with the letters of a method, TLS never with a letter. Anything else is left to the TLS engine, which answers by an alert. */
const looksLikeHttp = (chunk: Buffer): boolean => /^[A-Za-z]/.test(chunk.toString('latin1', 0, 1))

const refusePlain = (socket: Socket) =>
  closeWith(
    socket,
    jsonAnswer(400, 'plain-http-on-tls-port', 'This port speaks HTTPS and got a plain HTTP request: use https://'),
  )

import type { ServerResponse } from 'node:http'

/**
 * What the proxy refuses, in a form of its own, `{"error", "message"}`: unlike KakaoPay's `error_code` on purpose, so that nobody takes it
 * for an answer of the API.
 */
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  508: 'Loop Detected',
}

const JSON_TYPE = 'application/json;charset=UTF-8'

/** A refusal: status, a name for programs, a sentence for people that says what to do. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly status: number
  readonly error: string
  constructor(status: number, error: string, message: string) {
    super(message)
    this.status = status
    this.error = error
  }
}

/** A whole HTTP/1.1 answer as text, for sockets that no HTTP server holds (any more). Closes the connection. */
export const jsonAnswer = (status: number, error: string, message: string): string => {
  const body = JSON.stringify({ error, message })
  return (
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Error'}\r\ncontent-type: ${JSON_TYPE}\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}

/** A refusal through Node's response. The connection closes, since the request's body may not have been read. */
export const sendRefusal = (res: ServerResponse, { status, error, message }: ProxyRefusal): void => {
  if (res.headersSent) return void res.destroy()
  const body = JSON.stringify({ error, message })
  res.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' })
  res.end(body)
}

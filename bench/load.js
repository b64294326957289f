/**
 * A load generator in Node alone: raw sockets, one request in flight on each. It reads no more of an answer than its status, its length
 * and, where a flow needs it, its body, so that it stays well ahead of the server it asks.
 */
import { connect } from 'node:net'

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The bytes of one request to a port of the loopback. `body` is an object. */
export const requestBytes = (port, path, body) => {
  const text = JSON.stringify(body)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: SECRET_KEY DEV_BENCH\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}

/**
 * Asks until `requests` are answered or `ms` have passed. `next` gives the bytes to send, from the state of its connection and the last
 * answer's bytes. Resolves to the requests answered, the time, and how many answers had another status than 200.
 */
export const load = ({ port, connections = 16, requests = Number.POSITIVE_INFINITY, ms = 600_000, next }) =>
  new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint()
    const until = begin + BigInt(Math.round(ms * 1e6))
    const counts = { answered: 0, sent: 0, failed: 0, bytes: 0 }
    let open = connections
    const closed = () => {
      if (--open > 0) return
      const seconds = Number(process.hrtime.bigint() - begin) / 1e9
      resolve({ ...counts, seconds, perSecond: counts.answered / seconds })
    }
    const more = () => counts.sent < requests && process.hrtime.bigint() < until
    for (let i = 0; i < connections; i++) converse(port, next, counts, more, closed, reject)
  })

const converse = (port, next, counts, more, closed, reject) => {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const state = {}
  let held = null
  const send = (answer) => {
    if (!more()) return socket.end()
    counts.sent++
    return socket.write(next(state, answer))
  }
  socket.on('connect', () => send(null))
  socket.on('error', reject)
  socket.on('close', closed)
  socket.on('data', (chunk) => {
    const bytes = held === null ? chunk : Buffer.concat([held, chunk])
    const end = bytes.indexOf(END_OF_HEAD)
    const total = end < 0 ? Number.POSITIVE_INFINITY : end + 4 + contentLength(bytes, end)
    if (bytes.length < total) {
      held = bytes
      return
    }
    held = null
    counts.answered++
    counts.bytes += bytes.length
    // "HTTP/1.1 200": the digit at 9 tells success from refusal.
    if (bytes[9] !== 0x32) counts.failed++
    send(bytes.subarray(end + 4))
  })
}

const contentLength = (bytes, end) => {
  const head = bytes.latin1Slice(0, end)
  const found = /content-length: (\d+)/i.exec(head)
  if (!found) throw new Error(`an answer without Content-Length: ${head.slice(0, 200)}`)
  return Number(found[1])
}

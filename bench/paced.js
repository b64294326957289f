/** Requests at a fixed rate, whatever the server does: each is late from the moment it was due, so that a pause of the server counts. */

import { once } from 'node:events'
import { connect } from 'node:net'

/** Resolves to p50 and p99 in ms. `bytes` is the request, sent `rate` times a second over `connections` sockets. */
export const paced = async ({ port, bytes, rate, ms, connections = 16 }) => {
  const took = []
  const idle = []
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port, idle, took)))
  const began = performance.now()
  const total = Math.floor((rate * ms) / 1000)
  let sent = 0
  while (took.length < total) {
    const due = began + (sent * 1000) / rate
    if (sent < total && performance.now() >= due && idle.length > 0) {
      // In turn: a connection that sends nothing for too long is closed by the server.
      const socket = idle.shift()
      socket.due = due
      socket.write(bytes)
      sent++
    }
    await new Promise(setImmediate)
  }
  for (const socket of sockets) socket.destroy()
  took.sort((a, b) => a - b)
  return { p50: took[Math.floor(took.length * 0.5)], p99: took[Math.floor(took.length * 0.99)] }
}

const open = async (port, idle, took) => {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let missing = 0
  socket.on('data', (chunk) => {
    if (missing === 0) {
      const end = chunk.indexOf('\r\n\r\n')
      const length = /content-length: (\d+)/i.exec(chunk.latin1Slice(0, end))
      missing = end + 4 + Number(length[1])
    }
    missing -= chunk.length
    if (missing > 0) return
    missing = 0
    took.push(performance.now() - socket.due)
    idle.push(socket)
  })
  await once(socket, 'connect')
  idle.push(socket)
  return socket
}

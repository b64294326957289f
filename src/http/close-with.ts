import type { Duplex } from 'node:stream'

/** Time for a client to read its last answer and close, in ms. Then the connection is destroyed from here. */
const LINGER_MS = 1000

/** Sends the last bytes of a connection, discards what still comes, so that they are not lost to a reset, and destroys it within a second. */
export const closeWith = (socket: Duplex, bytes: string | Uint8Array): void => {
  if (!socket.writable) return void socket.destroy()
  socket.end(bytes)
  socket.resume()
  const late = setTimeout(() => socket.destroy(), LINGER_MS)
  late.unref()
  socket.once('close', () => clearTimeout(late))
}

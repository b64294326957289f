import type { Server as HttpServer } from 'node:http'
import { closeWith, jsonAnswer } from './answer.ts'

/** Content type of a TLS record that begins a handshake: the first byte every TLS client sends. */
const TLS_HANDSHAKE = 0x16

/** Fatal alert `handshake_failure`: the shortest honest answer to TLS where none is spoken. */
const HANDSHAKE_FAILURE = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])

/**
 * Lets an HTTP server answer TLS bytes by a TLS alert, so that a client that was given `https://` for the plain port fails at once with
 * a TLS error instead of reading JSON as a broken record. What else goes wrong on a connection is left to the server's own listeners.
 */
export const answerTlsOnPlainPort = (server: HttpServer): void => {
  const others = server.listeners('clientError')
  server.removeAllListeners('clientError')
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    if (error.rawPacket?.[0] === TLS_HANDSHAKE) return closeWith(socket, HANDSHAKE_FAILURE)
    for (const listener of others) listener.call(server, error, socket)
    if (others.length === 0)
      closeWith(socket, jsonAnswer(400, 'malformed-request', 'this is not HTTP that can be read'))
  })
}

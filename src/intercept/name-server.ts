import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const DNS_PORT = 53
const HEADER_BYTES = 12
/** Flags of an answer: recursion available, and the name does not exist. */
const NO_SUCH_NAME = 0x8183
/** Question type A: a client that connects asks for it beside AAAA, so each look-up is counted once. */
const TYPE_A = 1

/** A DNS server on loopback that knows no name and reports each that was asked for. For a network where only the mock exists. */
export const openNameServer = async (onLookup: (name: string) => void): Promise<{ close(): void }> => {
  const socket = createSocket('udp4')
  socket.on('message', (message, { address, port }) => {
    const question = readQuestion(message)
    if (!question) return
    if (question.type === TYPE_A) onLookup(question.name)
    socket.send(refusal(message, question.end), port, address)
  })
  socket.bind(DNS_PORT, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('error', () => {})
  socket.unref()
  return { close: () => socket.close() }
}

interface Question {
  readonly name: string
  readonly type: number
  /** Offset behind the question. */
  readonly end: number
}

/** The first question of a query, RFC 1035 §4.1.2; undefined where it is cut off. */
export const readQuestion = (message: Buffer): Question | undefined => {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (;;) {
    const length = message[at]
    if (length === undefined || length > 63) return undefined
    at++
    if (length === 0) break
    labels.push(message.toString('latin1', at, at + length))
    at += length
  }
  if (at + 4 > message.length || labels.length === 0) return undefined
  const name = labels.join('.').replace(/[^\x21-\x7e]/g, '?')
  return { name, type: message.readUInt16BE(at), end: at + 4 }
}

const refusal = (query: Buffer, end: number): Buffer => {
  const answer = Buffer.from(query.subarray(0, end))
  answer.writeUInt16BE(NO_SUCH_NAME, 2)
  answer.writeUInt16BE(1, 4)
  answer.fill(0, 6, HEADER_BYTES)
  return answer
}

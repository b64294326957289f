import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { type Refusal, refuse } from '../payment/refusal.ts'
import { echo } from './errors.ts'

export type BodyRefusal = Refusal<'body-invalid' | 'body-too-large'>

/** The request's body as text, or why it cannot be read. Reads no more than `limit` bytes. */
export const readBody = async (
  request: Request,
  incoming: IncomingMessage | undefined,
  limit: number,
): Promise<string | BodyRefusal> => {
  const tooLarge = refuse('body-too-large', 'wire.size', { limit })
  if (Number(incoming ? incoming.headers['content-length'] : request.headers.get('content-length')) > limit)
    return tooLarge
  const bytes = incoming ? await fromSocket(incoming, limit) : Buffer.from(await request.arrayBuffer())
  if (bytes === undefined || bytes.length > limit) return tooLarge
  return textOf(bytes)
}

export const textOf = (bytes: Buffer): string | BodyRefusal =>
  isUtf8(bytes) ? bytes.toString() : refuse('body-invalid', 'wire.encoding', { reason: 'is not UTF-8' })

/**
 * Straight from Node's message: the Request around it would copy the bytes through a web stream. Undefined: more than `limit`, or a
 * client that gave up, who reads no answer.
 */
const fromSocket = (incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        chunks.length = 0
        resolve(undefined)
      } else chunks.push(chunk)
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    incoming.on('error', () => resolve(undefined))
  })

const JSON_MEDIA = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i

/** Why the headers promise a body that the API does not read; undefined where they promise JSON in UTF-8. */
export const mediaRefusal = (contentType: string | null, encoding: string | null): BodyRefusal | undefined => {
  if (encoding && encoding.toLowerCase() !== 'identity')
    return refuse('body-invalid', 'wire.encoding', {
      reason: `has Content-Encoding ${echo(encoding)}. send it uncompressed`,
    })
  if (contentType !== null && (contentType === 'application/json' || JSON_MEDIA.test(contentType))) return undefined
  if (contentType !== null && /^application\/json\s*;/i.test(contentType))
    return refuse('body-invalid', 'wire.encoding', {
      reason: `has Content-Type ${echo(contentType)}. send JSON in UTF-8`,
    })
  const had = contentType ? `has Content-Type ${echo(contentType)}` : 'has no Content-Type'
  return refuse('body-invalid', 'wire.content-type', {
    reason: `${had}. send JSON with Content-Type: application/json`,
  })
}

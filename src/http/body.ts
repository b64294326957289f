import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { type Refusal, refuse } from '../payment/refusal.ts'
import { echo } from './errors.ts'

export type BodyRefusal = Refusal<'body-invalid' | 'body-too-large' | 'request-malformed'>

/** The request's body as text, or why it cannot be read. Reads no more than `limit` bytes. */
export const readBody = async (
  request: Request,
  incoming: IncomingMessage | undefined,
  limit: number,
): Promise<string | BodyRefusal> => {
  const tooLarge = () => refuse('body-too-large', 'wire.size', { limit })
  if (Number(incoming ? incoming.headers['content-length'] : request.headers.get('content-length')) > limit)
    return tooLarge()
  const bytes = incoming ? await fromSocket(incoming, limit) : Buffer.from(await request.arrayBuffer())
  if (bytes === 'aborted') return refuse('request-malformed', 'wire.path')
  if (bytes === 'too-large' || bytes.length > limit) return tooLarge()
  return isUtf8(bytes) ? bytes.toString() : refuse('body-invalid', 'wire.encoding', { reason: 'is not UTF-8' })
}

/** Straight from Node's message: the Request around it would copy the bytes through a web stream. */
const fromSocket = (incoming: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'aborted'> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        chunks.length = 0
        resolve('too-large')
      } else chunks.push(chunk)
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    // A client that closes its connection within its body reads no answer.
    incoming.on('error', () => resolve('aborted'))
    incoming.on('close', () => resolve('aborted'))
  })

/** `application/json` with no parameter but `charset=utf-8`. Split by hand: a pattern over unbounded blanks takes quadratic time. */
const isJsonInUtf8 = (contentType: string): boolean => {
  const [media = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  return media === 'application/json' && parameters.every((p) => p === '' || isUtf8Charset(p))
}

const isUtf8Charset = (parameter: string): boolean => {
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim())
  return name === 'charset' && ['utf-8', 'utf8', '"utf-8"', '"utf8"'].includes(value)
}

/** Why the headers announce a body that the API does not read; undefined where they announce JSON in UTF-8. */
export const mediaRefusal = (contentType: string | null, encoding: string | null): BodyRefusal | undefined => {
  if (encoding && encoding.toLowerCase() !== 'identity')
    return refuse('body-invalid', 'wire.encoding', {
      reason: `has Content-Encoding ${echo(encoding)}. send it uncompressed`,
    })
  if (contentType !== null && (contentType === 'application/json' || isJsonInUtf8(contentType))) return undefined
  if (contentType !== null && contentType.split(';')[0]?.trim().toLowerCase() === 'application/json')
    return refuse('body-invalid', 'wire.encoding', {
      reason: `has Content-Type ${echo(contentType)}. send JSON in UTF-8`,
    })
  const had = contentType ? `has Content-Type ${echo(contentType)}` : 'has no Content-Type'
  return refuse('body-invalid', 'wire.content-type', {
    reason: `${had}. send JSON with Content-Type: application/json`,
  })
}

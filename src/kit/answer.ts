import { parseJson } from './template.ts'

/** A server's response, read once. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The bytes are not UTF-8, or begin with a byte order mark, which JSON does not allow. */
  readonly undecodable?: boolean
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
  /** From the request until the last byte. */
  readonly ms: number
}

/** `began`: performance.now() of the request. */
export const readAnswer = async (response: Response, began: number): Promise<Answer> => {
  const { text, undecodable } = decoded(await response.arrayBuffer())
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    ...(undecodable ? { undecodable } : {}),
    json: parseJson(text),
    ms: performance.now() - began,
  }
}

/** As `Response.text()` does, which drops a byte order mark and replaces what is not UTF-8. */
const decoded = (bytes: ArrayBuffer) => {
  const text = new TextDecoder().decode(bytes)
  return { text, undecodable: !Buffer.from(text).equals(Buffer.from(bytes)) }
}

/** Stands for an answer where the connection was closed without one. */
export const noAnswer = (began: number): Answer => ({
  status: 0,
  headers: {},
  text: '',
  json: undefined,
  ms: performance.now() - began,
})

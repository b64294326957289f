import { parseJson } from './template.ts'

/** A server's response, read once. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
  /** From the request until the last byte. */
  readonly ms: number
}

/** `began`: performance.now() of the request. */
export const readAnswer = async (response: Response, began: number): Promise<Answer> => {
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    json: parseJson(text),
    ms: performance.now() - began,
  }
}

/** Stands for an answer where the connection was closed without one. */
export const noAnswer = (began: number): Answer => ({
  status: 0,
  headers: {},
  text: '',
  json: undefined,
  ms: performance.now() - began,
})

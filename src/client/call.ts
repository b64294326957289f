import type { operations as controlOperations } from './control.d.ts'
import type { paths } from './openapi.d.ts'

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never

/** The body of a call of the control API, by its operation id in control.openapi.yaml. */
export type ControlBody<N extends keyof controlOperations> = controlOperations[N] extends { requestBody?: infer Sent }
  ? Json<NonNullable<Sent>>
  : never
export type ControlQuery<N extends keyof controlOperations> = NonNullable<controlOperations[N]['parameters']['query']>
export type ControlAnswer<N extends keyof controlOperations> = {
  [S in keyof controlOperations[N]['responses']]: S extends 200 | 201
    ? Json<controlOperations[N]['responses'][S]>
    : never
}[keyof controlOperations[N]['responses']]

type Post<P extends keyof paths> = NonNullable<paths[P]['post']>
/** The body of a call of KakaoPay, by its path. */
export type Body<P extends keyof paths> = Json<NonNullable<Post<P>['requestBody']>>
export type Answer<P extends keyof paths> = Json<Post<P>['responses'][200]>

/** An answer with another status than 2xx. `code` is KakaoPay's error_code, or the control API's; `body` the JSON, or the text of what is none. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly status: number
  readonly code: number | undefined
  readonly body: unknown
  constructor(path: string, status: number, body: unknown) {
    const { error_code, error_message } = (body ?? {}) as { error_code?: number; error_message?: string }
    super(`${path}: ${error_message ?? `HTTP ${status}`}${error_code === undefined ? '' : ` (${error_code})`}`)
    this.status = status
    this.code = error_code
    this.body = body
  }
}

/** Sends one request with JSON and resolves to the answer's JSON. Throws CallRefused. */
export type Ask = (method: string, path: string, body?: unknown, query?: object) => Promise<unknown>

export const askBy =
  (send: (path: string, init: RequestInit) => Promise<Response>, headers: Record<string, string>): Ask =>
  async (method, path, body, query = {}) => {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    )
    const response = await send(search.size === 0 ? path : `${path}?${search}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new CallRefused(path, response.status, jsonOr(text))
    return text === '' ? null : JSON.parse(text)
  }

/** A gateway refuses in HTML. */
const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

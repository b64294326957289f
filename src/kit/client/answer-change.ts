import type { EndpointName } from '../../../contracts/index.ts'
import type { Reply } from '../../faults/inject.ts'
import { HarnessError } from '../errors.ts'

/** An answer that the proxy gives in the place of the server's: what a wrong server or a gateway would send. */
export interface AnswerChange {
  readonly call: EndpointName
  /** Another HTTP status. */
  readonly status?: number
  /** Values in the place of the answer's own, by JSON pointer: `/amount/total`. */
  readonly set?: Readonly<Record<string, unknown>>
  /** Another body, as JSON. */
  readonly body?: unknown
  /** Each of these top-level keys comes twice; the first time with this value. */
  readonly duplicate?: Readonly<Record<string, unknown>>
  /** A redirect with this HTTP status, to an address of the proxy's own. */
  readonly redirect?: number
}

/** Where redirects lead. A client that comes here has followed one. */
export const REDIRECTED = '/redirected'

/** The server's reply with the change made. `origin`: of the proxy. */
export const changedReply = (reply: Reply, change: AnswerChange, origin: string): Reply => {
  const { status, set = {}, body, duplicate = {}, redirect } = change
  if (redirect !== undefined) return { status: redirect, headers: { location: `${origin}${REDIRECTED}` }, body: '' }
  const json: unknown = body === undefined ? JSON.parse(reply.body) : structuredClone(body)
  for (const [pointer, value] of Object.entries(set)) setAt(json, pointer, value)
  const first = Object.entries(duplicate).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`)
  const text = JSON.stringify(json).replace('{', `{${first.join('')}`)
  return { status: status ?? reply.status, headers: reply.headers, body: text }
}

const setAt = (json: unknown, pointer: string, value: unknown) => {
  const path = pointer.split('/').slice(1)
  const last = path.pop() ?? ''
  const parent = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], json)
  if (typeof parent !== 'object' || parent === null) throw new HarnessError(`the answer has no ${pointer} to change`)
  Reflect.set(parent, last, value)
}

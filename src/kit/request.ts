import { type Endpoint, requestSchema } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import type { CallStep } from './fixture.ts'
import { fill, HarnessError, isRepeat, type Kept } from './template.ts'

/** A request before it becomes one of fetch's, so that it can be shown and sent again. */
export interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/** What a call step sends. Throws HarnessError where something that is meant to be accepted breaks the contract. */
export const outgoing = (step: CallStep, key: string, kept: Kept): Outgoing => {
  const endpoint: Endpoint = endpoints[step.call]
  const method = step.method ?? endpoint.method
  const headers: Record<string, string> = {
    authorization: `SECRET_KEY ${key}`,
    'content-type': 'application/json',
  }
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    const lower = name.toLowerCase()
    if (value === null) delete headers[lower]
    else headers[lower] = String(fill(value, kept))
  }
  const send = fill(step.send ?? {}, kept)
  if (isMeantValid(step)) proveValid(step.call, send)
  const query = step.query === undefined ? '' : `?${String(fill(step.query, kept))}`
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return {
    method,
    path: String(fill(step.path ?? endpoint.path, kept)) + query,
    headers,
    body: hasBody ? (rawBody(step, kept) ?? JSON.stringify(send)) : undefined,
  }
}

const rawBody = ({ raw }: CallStep, kept: Kept): string | Uint8Array | undefined => {
  if (raw === undefined) return undefined
  if (typeof raw === 'string') return String(fill(raw, kept))
  return isRepeat(raw) ? String(fill(raw, kept)) : Buffer.from(raw.base64, 'base64')
}

/** Codes from −700 down are about the payment: such a request must be right in form, or the refusal would be about something else. */
const FIRST_PAYMENT_CODE = -700

/** True where the step sends, on purpose, what the contract accepts. */
const isMeantValid = ({ expect, lenient, raw, method, path }: CallStep): boolean => {
  if (lenient || raw !== undefined || method !== undefined || path !== undefined) return false
  if (expect.status === 200) return true
  const { error_code } = (expect.body ?? {}) as { error_code?: unknown }
  return typeof error_code === 'number' && error_code <= FIRST_PAYMENT_CODE
}

const proveValid = (call: EndpointName, body: unknown) => {
  const result = requestSchema(endpoints[call]).safeParse(body)
  if (result.success) return
  const [issue] = result.error.issues
  throw new HarnessError(`the kit's own ${call} breaks the contract: ${issue?.path.join('.')} ${issue?.message}`)
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Lines longer than this are nobody's to paste. */
const MAX_CURL_BODY = 4000

/** The same request as a line for a shell, with the key left to a variable. */
export const asCurl = ({ method, path, headers, body }: Outgoing, url: string, key: string): string => {
  const parts = [`curl -sS -X ${method} ${quoted(url + path)}`]
  for (const [name, value] of Object.entries(headers)) {
    const shell =
      key !== '' && value.includes(key) ? `"${name}: ${value.replace(key, '$KEY')}"` : quoted(`${name}: ${value}`)
    parts.push(`-H ${shell}`)
  }
  if (typeof body === 'string')
    parts.push(`--data-binary ${quoted(body.length > MAX_CURL_BODY ? `${body.slice(0, MAX_CURL_BODY)}…` : body)}`)
  else if (body) parts.push(`--data-binary @- <<< "(${body.length} bytes that are no text)"`)
  return parts.join(' ')
}

import { type Endpoint, requestSchema } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { HarnessError } from './errors.ts'
import type { CallStep } from './fixture.ts'
import { isRepeat, resolveTemplate, type Variables } from './template.ts'

/** A request as the kit sends it: data, so that it can be shown and sent again. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/** The request of a call step. Throws HarnessError where a step that is to be accepted breaks the contract. */
export const buildRequest = (step: CallStep, key: string, variables: Variables): SentRequest => {
  const endpoint: Endpoint = endpoints[step.call]
  const method = step.method ?? endpoint.method
  const headers: Record<string, string> = {
    authorization: `SECRET_KEY ${key}`,
    'content-type': 'application/json',
  }
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    const lower = name.toLowerCase()
    if (value === null) delete headers[lower]
    else headers[lower] = String(resolveTemplate(value, variables))
  }
  const send = resolveTemplate(step.send ?? {}, variables)
  if (isMeantValid(step)) proveValid(step.call, send)
  const query = step.query === undefined ? '' : `?${String(resolveTemplate(step.query, variables))}`
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return {
    method,
    path: String(resolveTemplate(step.path ?? endpoint.path, variables)) + query,
    headers,
    body: hasBody ? (rawBody(step, variables) ?? JSON.stringify(send)) : undefined,
  }
}

const rawBody = ({ raw }: CallStep, variables: Variables): string | Uint8Array | undefined => {
  if (raw === undefined) return undefined
  if (typeof raw === 'string') return String(resolveTemplate(raw, variables))
  return isRepeat(raw) ? String(resolveTemplate(raw, variables)) : Buffer.from(raw.base64, 'base64')
}

/** Codes from −700 down are about the payment: the form of such a request must be right, or it is refused for another reason. */
const FIRST_PAYMENT_CODE = -700

/** Whether the contract accepts what the step sends. */
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

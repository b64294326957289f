import { type Difference, match } from './match.ts'
import type { Outgoing } from './request.ts'
import type { Answer } from './requirements.ts'
import type { OnResponse } from './run.ts'

/** One call as it was recorded: nothing in it belongs to a person or to a key. */
export interface RecordedCall {
  readonly step: number
  readonly call: string
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  readonly response: { readonly status: number; readonly contentType: string; readonly body: unknown }
}

export interface Recording {
  readonly id: string
  readonly target: string
  /** When it was recorded: ISO 8601. */
  readonly recorded_at: string
  readonly calls: readonly RecordedCall[]
}

/** Collects the calls of one flow, sanitised, in the order of their answers. */
export const createRecorder = (
  secrets: readonly string[],
): { readonly witness: OnResponse; readonly calls: RecordedCall[] } => {
  const calls: RecordedCall[] = []
  const witness: OnResponse = (call, step, sent, answer) => {
    calls.push({ step, call, request: sanitisedRequest(sent, secrets), response: sanitisedResponse(answer, secrets) })
  }
  return { witness, calls }
}

const sanitisedRequest = ({ method, path, body }: Outgoing, secrets: readonly string[]) => ({
  method,
  path: sanitise(path, secrets) as string,
  body:
    typeof body === 'string' ? sanitise(asJson(body), secrets) : body === undefined ? null : `(${body.length} bytes)`,
})

const sanitisedResponse = ({ status, headers, json, text }: Answer, secrets: readonly string[]) => ({
  status,
  contentType: headers['content-type'] ?? '',
  body: sanitise(json === undefined ? text : json, secrets),
})

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(0, 2000)
  }
}

/** What is different in every run, or nobody's business, by a name: two recordings of the same behaviour are then equal. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  [/\bT[0-9a-f]{19}\b/g, '<tid>'],
  [/\bA[0-9a-f]{19}\b/g, '<aid>'],
  [/\bS[0-9a-f]{19}\b/g, '<sid>'],
  [/\b[0-9a-f]{20}\b/g, '<pg_token>'],
  [/\b(?:DEV|PRD)[0-9A-F]{37}\b/g, '<secret key>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\b/g, '<datetime>'],
]

export const sanitise = (value: unknown, secrets: readonly string[]): unknown => {
  if (typeof value === 'string') {
    const known = secrets.filter((s) => s !== '').reduce((text, s) => text.replaceAll(s, '<secret key>'), value)
    return masks.reduce((text, [pattern, name]) => text.replace(pattern, name), known)
  }
  if (Array.isArray(value)) return value.map((item) => sanitise(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sanitise(inner, secrets)]))
}

/** Name of a recording's file: an id has slashes. */
export const recordingName = (id: string): string => `${id.replaceAll('/', '__')}.json`

/** Where `ours` answers otherwise than what was recorded, call by call. The order of keys counts for nothing. */
export const recordingDifferences = (recorded: Recording, ours: readonly RecordedCall[]): readonly Difference[] => {
  const moment = { now: 0 }
  return recorded.calls.flatMap((was, i) => {
    const is = ours[i]
    const at = `call ${i + 1} (${was.call})`
    if (!is) return [{ at, expected: `HTTP ${was.response.status}`, actual: 'no such call' }]
    return [
      ...match(was.response.status, is.response.status, moment, `${at} status`),
      ...match(was.response.contentType, is.response.contentType, moment, `${at} content-type`),
      ...match(was.response.body, is.response.body, moment, `${at} body`, true),
    ]
  })
}

import type { Answer } from './answer.ts'
import { type Difference, match } from './match.ts'
import type { SentRequest } from './request.ts'
import { createSanitiser, type Sanitise } from './sanitise.ts'
import type { OnResponse } from './server-flow.ts'
import { parseJson } from './template.ts'

/** One call as it was recorded: without personal data and without keys. */
export interface RecordedCall {
  readonly step: number
  readonly call: string
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
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
): { readonly onResponse: OnResponse; readonly calls: RecordedCall[] } => {
  const calls: RecordedCall[] = []
  const sanitise = createSanitiser(secrets)
  const onResponse: OnResponse = ({ call }, step, sent, answer) => {
    const request = recordedRequest(sent, sanitise)
    calls.push({ step, call, request, response: recordedResponse(answer, sanitise) })
  }
  return { onResponse, calls }
}

const MAX_TEXT = 2000

const recordedRequest = ({ method, path, body }: SentRequest, sanitise: Sanitise) => ({
  method,
  path: sanitise(path) as string,
  body:
    typeof body === 'string'
      ? sanitise(parseJson(body) ?? body.slice(0, MAX_TEXT))
      : body === undefined
        ? null
        : `(${body.length} bytes)`,
})

/** Headers that tell a client something about the answer. The others are about the connection, or differ in every run. */
const recordedHeaders = [
  'content-type',
  'www-authenticate',
  'location',
  'retry-after',
  'content-encoding',
  'cache-control',
]

const recordedResponse = ({ status, headers, json, text }: Answer, sanitise: Sanitise) => ({
  status,
  headers: Object.fromEntries(
    recordedHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, sanitise(headers[name]) as string]])),
  ),
  body: sanitise(json === undefined ? text : json),
})

/** Name of a recording's file: an id has slashes. */
export const recordingName = (id: string): string => `${id.replaceAll('/', '__')}.json`

/** Where `ours` answers differently from the recording, call by call. The order of keys and the time that passed do not count. */
export const recordingDifferences = (recorded: Recording, ours: readonly RecordedCall[]): readonly Difference[] => {
  const moment = { now: 0 }
  return recorded.calls.flatMap((was, i) => {
    const is = ours[i]
    const at = `call ${i + 1} (${was.call})`
    if (!is) return [{ at, expected: `HTTP ${was.response.status}`, actual: 'no such call' }]
    const names = new Set([...Object.keys(was.response.headers), ...Object.keys(is.response.headers)])
    return [
      ...match(was.response.status, is.response.status, moment, `${at} status`),
      ...[...names].flatMap((name) =>
        match(was.response.headers[name], is.response.headers[name], moment, `${at} header ${name}`),
      ),
      ...match(withoutOffsets(was.response.body), withoutOffsets(is.response.body), moment, `${at} body`, true),
    ]
  })
}

/** A payer at a phone takes longer than one in this process. */
const withoutOffsets = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body ?? null).replace(/<time [+-]\d+s>/g, '<time>'))

/** Differences that several flows share, with the flows: the same cause is told once. */
export const groupDifferences = (
  found: ReadonlyMap<string, readonly Difference[]>,
): readonly { readonly difference: Difference; readonly flows: readonly string[] }[] => {
  const groups = new Map<string, { difference: Difference; flows: string[] }>()
  for (const [id, differences] of found) {
    for (const difference of differences) {
      // Which call of a flow it was is no part of the cause.
      const at = difference.at.replace(/^call \d+ /, '')
      const key = JSON.stringify([at, difference.expected, difference.actual])
      const group = groups.get(key) ?? { difference: { ...difference, at }, flows: [] }
      if (!group.flows.includes(id)) group.flows.push(id)
      groups.set(key, group)
    }
  }
  return [...groups.values()]
}

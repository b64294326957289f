import type { EndpointName } from '../../../contracts/index.ts'
import { parseJson } from '../template.ts'

/**
 * A request to a client's driver: one JSON object a line on its stdin. The driver reports with one line on its stdout. Keys come in this
 * order and without spaces, so that a shell script can parse them.
 */
export interface DriverRequest {
  readonly id: number
  readonly call: EndpointName
  /** KakaoPay's own field names and values. */
  readonly params: Readonly<Record<string, unknown>>
}

export interface Refusal {
  readonly error_code: unknown
  readonly error_message: unknown
  readonly extras?: unknown
}

/** What a client reports about a call: exactly one of these. `unsupported` is for a call that it does not have. */
export type Report =
  | { readonly kind: 'result'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'unsupported' }

export const asLine = ({ id, call, params }: DriverRequest): string => `${JSON.stringify({ id, call, params })}\n`

const kinds = ['result', 'refusal', 'unknown', 'unsupported'] as const

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The request that a driver's line is about; undefined where it names none. */
export const idOf = (line: string): number | undefined => {
  const json = parseJson(line)
  return isObject(json) && typeof json['id'] === 'number' ? json['id'] : undefined
}

/** A driver's line as a report; a sentence that says why it is none. */
export const readLine = (line: string, id: number): Report | string => {
  const json = parseJson(line)
  if (json === undefined) return `no JSON: ${line.slice(0, 200)}`
  if (!isObject(json)) return `no JSON object: ${line.slice(0, 200)}`
  if (json['id'] !== id) return `a report for id ${JSON.stringify(json['id'])}, where ${id} was asked`
  const said = kinds.filter((kind) => Object.hasOwn(json, kind))
  if (said.length !== 1) return `needs exactly one of ${kinds.join(', ')}, and has ${said.join(', ') || 'none'}`
  return readReport(said[0] as (typeof kinds)[number], json)
}

const readReport = (kind: (typeof kinds)[number], json: Record<string, unknown>): Report | string => {
  const content = json[kind]
  if (kind === 'unsupported') return { kind }
  if (!isObject(content)) return `${kind} must be an object`
  if (kind === 'result') return { kind, result: content }
  if (kind === 'unknown') return { kind, reason: String(content['reason'] ?? '') }
  const { error_code, error_message } = content
  return { kind, refusal: { error_code, error_message, ...('extras' in content ? { extras: content['extras'] } : {}) } }
}

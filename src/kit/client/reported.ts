import { type EndpointName, movesMoney } from '../../../contracts/index.ts'
import { shown, typeOf } from '../match.ts'
import type { Sent } from './faults.ts'
import type { Refusal, Report } from './protocol.ts'
import type { ClientRuleId, Finding } from './rules.ts'

/** What the client could know about a call from what it heard. */
export type Meaning =
  | { readonly kind: 'result'; readonly json: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refusal'; readonly json: Readonly<Record<string, unknown>>; readonly orUnknown: boolean }
  | { readonly kind: 'unknown' }

/** Statuses that say nothing about whether the call was carried out: the failure is KakaoPay's, or of something in between. */
const OUTCOME_OPEN = new Set([500, 502, 504])

const objectOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const json: unknown = JSON.parse(text)
    return typeOf(json) === 'object' ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Reads an answer as a careful client does. */
export const meaningOf = (call: EndpointName, heard: Sent | undefined): Meaning => {
  const json = heard && objectOf(heard.text)
  if (!heard || !json) return { kind: 'unknown' }
  if (heard.status === 200) return { kind: 'result', json }
  if (!Number.isInteger(json['error_code'])) return { kind: 'unknown' }
  if (OUTCOME_OPEN.has(heard.status) && movesMoney.has(call)) return { kind: 'unknown' }
  return { kind: 'refusal', json, orUnknown: heard.status >= 500 }
}

/** Where a report is not what the answer means. `required`: keys that a result must have. */
export const judgeReport = (
  report: Report,
  meaning: Meaning,
  required: readonly string[],
  lookup: Readonly<Record<string, unknown>> | undefined,
): readonly Finding[] => {
  if (meaning.kind === 'result') return judgeResult(report, meaning.json, required)
  if (meaning.kind === 'refusal') {
    if (meaning.orUnknown && report.kind === 'unknown') return []
    if (report.kind === 'result' && lookup) return judgeResult(report, lookup, [])
    return report.kind === 'refusal'
      ? judgeRefusal(report.refusal, meaning.json)
      : [other('client.refusal', 'a refusal', report)]
  }
  if (report.kind === 'unknown') return []
  // A client that has already looked the order up knows, and may say so.
  if (report.kind === 'result' && lookup) return judgeResult(report, lookup, [])
  return [other('client.unknown', lookup ? 'unknown, or what order said' : 'unknown', report)]
}

const other = (rule: ClientRuleId, expected: string, report: Report): Finding => ({
  rule,
  at: 'report',
  expected,
  actual: shown(withoutKind(report)),
})

const withoutKind = ({ kind, ...rest }: Report): unknown => (kind === 'unsupported' ? kind : rest)

const judgeResult = (
  report: Report,
  answered: Readonly<Record<string, unknown>>,
  required: readonly string[],
): readonly Finding[] => {
  if (report.kind !== 'result') return [other('client.result', 'a result', report)]
  const { result } = report
  const missing = required.filter((key) => !isAbsent(answered[key]) && isAbsent(result[key]))
  return [
    ...missing.map(
      (key): Finding => ({
        rule: 'client.result',
        at: `report.result.${key}`,
        expected: shown(answered[key]),
        actual: 'absent',
      }),
    ),
    ...disagreements(answered, result, 'report.result'),
  ]
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined

/** Where what is told is not what was answered. Telling less is no lie: a typed client drops what it does not know. */
const disagreements = (answered: unknown, told: unknown, at: string): readonly Finding[] => {
  if (isAbsent(told) || Object.is(answered, told)) return []
  const both = typeOf(answered) === typeOf(told)
  if (both && Array.isArray(answered) && Array.isArray(told) && answered.length === told.length)
    return told.flatMap((item, i) => disagreements(answered[i], item, `${at}[${i}]`))
  if (both && typeOf(told) === 'object')
    return Object.entries(told as object).flatMap(([key, value]) =>
      disagreements((answered as Record<string, unknown>)[key], value, `${at}.${key}`),
    )
  return [{ rule: 'client.result', at, expected: shown(answered), actual: shown(told) }]
}

const judgeRefusal = (told: Refusal, answered: Readonly<Record<string, unknown>>): readonly Finding[] => {
  const wrong = (['error_code', 'error_message'] as const)
    .filter((key) => !Object.is(answered[key], told[key]))
    .map((key): Finding => different('client.refusal', `report.refusal.${key}`, answered[key], told[key]))
  const extras = objectIn(answered['extras'])
  const toldExtras = objectIn(told.extras)
  const lost = ['method_result_code', 'method_result_message']
    .filter((key) => extras[key] !== undefined && extras[key] !== toldExtras[key])
    .map((key): Finding => different('client.extras', `report.refusal.extras.${key}`, extras[key], toldExtras[key]))
  const invented = Object.keys(extras).length === 0 && Object.keys(toldExtras).length > 0
  return [
    ...wrong,
    ...lost,
    ...(invented ? [different('client.extras', 'report.refusal.extras', undefined, told.extras)] : []),
  ]
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeOf(value) === 'object' ? (value as Record<string, unknown>) : {}

const different = (rule: ClientRuleId, at: string, expected: unknown, actual: unknown): Finding => ({
  rule,
  at,
  expected: shown(expected),
  actual: shown(actual),
})

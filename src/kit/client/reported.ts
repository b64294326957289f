import { type EndpointName, movesMoney } from '../../../contracts/index.ts'
import { refusals } from '../../../contracts/refusals.ts'
import type { Reply } from '../../faults/inject.ts'
import { shown, typeOf } from '../match.ts'
import { parseJson } from '../template.ts'
import type { Refusal, Report } from './protocol.ts'
import type { ClientRuleId, Finding } from './rules.ts'

/** What a client can conclude about a call from the answer that it received. */
export type Interpretation =
  | { readonly kind: 'result'; readonly json: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'refusal'
      readonly json: Readonly<Record<string, unknown>>
      readonly orUnknown: boolean
      /** It does not say whether money moved. */
      readonly doubtful: boolean
    }
  | { readonly kind: 'unknown' }

/** Statuses that do not say whether the call was carried out: KakaoPay failed, or a gateway before it. */
const UNCERTAIN = new Set([500, 502, 504])

const objectOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  const json = parseJson(text)
  return typeOf(json) === 'object' ? (json as Record<string, unknown>) : undefined
}

/** Interprets an answer as a careful client does. */
export const interpret = (call: EndpointName, received: Reply | undefined): Interpretation => {
  const json = received && objectOf(received.body)
  if (!received || !json) return { kind: 'unknown' }
  if (received.status === 200) return { kind: 'result', json }
  if (!Number.isInteger(json['error_code'])) return { kind: 'unknown' }
  if (UNCERTAIN.has(received.status) && movesMoney.has(call)) return { kind: 'unknown' }
  const doubtful = movesMoney.has(call) && isDoubtful(json)
  // A 4xx of approve or cancel does not prove that no money moved: a careful client asks order before it believes it.
  const orUnknown = received.status >= 500 || call === 'approve' || call === 'cancel' || doubtful
  return { kind: 'refusal', json, orUnknown, doubtful }
}

const doubtfulCodes: ReadonlySet<unknown> = new Set([
  refusals['already-paid'].error_code,
  refusals['duplicate-request'].error_code,
])
/** Of −780, −781 and −782: the bank's result is unknown, or another transaction of the payer is in progress. */
const doubtfulResults: ReadonlySet<unknown> = new Set(['BANK_FIRM_UNKNOWN', 'USER_LOCKED'])

const isDoubtful = ({ error_code, extras }: Readonly<Record<string, unknown>>): boolean =>
  doubtfulCodes.has(error_code) || doubtfulResults.has(objectIn(extras)['method_result_code'])

/** Whether money may have moved, as far as the answer of a call says. */
export const mayHaveMoved = (call: EndpointName, received: Reply | undefined): boolean => {
  const meaning = interpret(call, received)
  return movesMoney.has(call) && (meaning.kind === 'unknown' || (meaning.kind === 'refusal' && meaning.doubtful))
}

/** Whether `order` answered that nothing was paid: the payment may be approved, or a new one prepared. */
export const saysUnpaid = (received: Reply | undefined): boolean => {
  const { status } = (received?.status === 200 ? objectOf(received.body) : undefined) ?? {}
  return typeof status === 'string' && !/SUCCESS|CANCEL|ISSUED/.test(status)
}

/** A client that believes a refusal which does not say whether money moved, and has not asked order. */
export const judgeBelief = (report: Report, meaning: Interpretation, lookup: Reply | undefined): readonly Finding[] =>
  meaning.kind === 'refusal' && meaning.doubtful && report.kind === 'refusal' && !saysUnpaid(lookup)
    ? [other('client.doubt', 'unknown, or what order answered', report)]
    : []

/** Where a report is not what the answer means. `required`: keys that a result must have. */
export const judgeReport = (
  report: Report,
  meaning: Interpretation,
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
  // A client that has already asked order knows the outcome, and may report it.
  if (report.kind === 'result' && lookup) return judgeResult(report, lookup, [])
  return [other('client.unknown', lookup ? 'unknown, or what order answered' : 'unknown', report)]
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

/** Where a report differs from the answer. It may leave keys out: a typed client drops those that it does not know. */
const disagreements = (answered: unknown, reported: unknown, at: string): readonly Finding[] => {
  if (isAbsent(reported) || Object.is(answered, reported)) return []
  const both = typeOf(answered) === typeOf(reported)
  if (both && Array.isArray(answered) && Array.isArray(reported) && answered.length === reported.length)
    return reported.flatMap((item, i) => disagreements(answered[i], item, `${at}[${i}]`))
  if (both && typeOf(reported) === 'object')
    return Object.entries(reported as object).flatMap(([key, value]) =>
      disagreements((answered as Record<string, unknown>)[key], value, `${at}.${key}`),
    )
  return [{ rule: 'client.result', at, expected: shown(answered), actual: shown(reported) }]
}

const judgeRefusal = (reported: Refusal, answered: Readonly<Record<string, unknown>>): readonly Finding[] => {
  const wrong = (['error_code', 'error_message'] as const)
    .filter((key) => !Object.is(answered[key], reported[key]))
    .map((key): Finding => different('client.refusal', `report.refusal.${key}`, answered[key], reported[key]))
  const extras = objectIn(answered['extras'])
  const reportedExtras = objectIn(reported.extras)
  const lost = ['method_result_code', 'method_result_message']
    .filter((key) => extras[key] !== undefined && extras[key] !== reportedExtras[key])
    .map((key): Finding => different('client.extras', `report.refusal.extras.${key}`, extras[key], reportedExtras[key]))
  const invented = Object.keys(extras).length === 0 && Object.keys(reportedExtras).length > 0
  return [
    ...wrong,
    ...lost,
    ...(invented ? [different('client.extras', 'report.refusal.extras', undefined, reported.extras)] : []),
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

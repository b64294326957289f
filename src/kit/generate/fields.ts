import type { Endpoint } from '../../../contracts/endpoint.ts'
import type { Evidence, Source } from '../../../contracts/evidence.ts'
import type { Aspect, Field } from '../../../contracts/fields.ts'
import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import { refusals } from '../../../contracts/refusals.ts'
import { fieldRule, rules } from '../../../contracts/rules.ts'
import type { CallStep, Fixture, Step } from '../fixture.ts'
import { levelOf } from '../result.ts'
import { accepted, payment, SUBSCRIPTION, standard, stepsBefore } from './base.ts'
import { type RightValue, rightValues, wrongValues } from './values.ts'

/** A flow that is generated has no file. */
export const generated = (
  id: string,
  title: string,
  known: { readonly evidence: Evidence; readonly source: Source | string },
  ruleIds: readonly string[],
  steps: readonly Step[],
): Fixture => ({
  id,
  title,
  for: 'server',
  level: levelOf(known.evidence),
  evidence: known.evidence,
  source: known.source,
  rules: ruleIds,
  steps,
  file: 'generated from contracts/',
})

/** Every field of every call with every value that breaks it. */
export const refusedFields = (): readonly Fixture[] =>
  eachField((call, name, field) =>
    wrongValues(field).flatMap(({ name: how, aspect, value }): readonly Fixture[] => {
      const rule = rules.get(fieldRule(call, name, aspect))
      if (!rule) return []
      const { status, error_code } = refusals[rule.refusal]
      const step: CallStep = {
        call,
        // A server that takes the first of a list must find a right value there.
        send: withField(standard[call], name, how === 'list' ? [standard[call][name] ?? [value].flat()[0]] : value),
        expect: { status, body: { error_code } },
      }
      const title = `${call} refuses ${name} that is ${how.replaceAll('-', ' ')}: ${rule.sentence}`
      return [generated(`field/${call}.${name}.${how}`, title, rule, [rule.id], [...stepsBefore(call), step])]
    }),
  )

/** Every field of every call with every value that it takes. */
export const acceptedFields = (): readonly Fixture[] =>
  eachField((call, name, field) =>
    rightValues(field).flatMap((right): readonly Fixture[] => {
      const steps = acceptedSteps(call, name, right)
      if (!steps) return []
      const known = field.aspects.type ?? field.aspects.values ?? { evidence: 'inferred', source: 'ours' }
      const evidence = right.lenient || /emoji|spaces|zeros|special/.test(right.name) ? 'inferred' : known.evidence
      const title = `${call} accepts ${name} with the value ${right.name.replaceAll('-', ' ')}, and echoes it where it does.`
      return [
        generated(
          `field/${call}.${name}.accepts-${right.name}`,
          title,
          { ...known, evidence },
          ruleOf(call, name, right),
          steps,
        ),
      ]
    }),
  )

/** What each value is about; of every other value its type. */
const aboutAspect: readonly (readonly [RegExp, Aspect])[] = [
  [/^(longest|255|maximum)/, 'max'],
  [/^(minimum|empty)/, 'min'],
  [/^(query|local)/, 'form'],
  [/^app-scheme/, 'scheme'],
]

const ruleOf = (call: string, name: string, right: RightValue): readonly string[] => {
  const aspect = aboutAspect.find(([pattern]) => pattern.test(right.name))?.[1] ?? 'type'
  return [aspect, 'type' as const, 'values' as const]
    .map((one) => fieldRule(call, name, one))
    .filter((id) => rules.has(id))
    .slice(0, 1)
}

const eachField = (make: (call: EndpointName, name: string, field: Field) => readonly Fixture[]): readonly Fixture[] =>
  (Object.values(endpoints) as readonly Endpoint[]).flatMap(({ name: call, request }) =>
    Object.entries(request).flatMap(([name, field]) => make(call as EndpointName, name, field)),
  )

const withField = (fields: Readonly<Record<string, unknown>>, name: string, value: unknown) => {
  const { [name]: _, ...rest } = fields
  return value === undefined ? rest : { ...rest, [name]: value }
}

/** Ids that a server issued, and the merchant's code: no other value of them can be accepted. */
const fixed = new Set(['cid', 'tid', 'sid', 'pg_token'])

/** Steps that end with the accepted value, and show where it comes back; undefined where the value cannot be right. */
const acceptedSteps = (
  call: EndpointName,
  name: string,
  { value, lenient }: RightValue,
): readonly Step[] | undefined => {
  if (fixed.has(name)) return undefined
  const mark = lenient ? { lenient: true } : {}
  const own = { [name]: value }
  if (call === 'ready') return readySteps(name, value, mark)
  // What approve repeats of ready is sent to both.
  if (call === 'approve' && name in standard.ready) {
    const first = name === 'total_amount' ? { total_amount: value === null || value === 0 ? 2200 : value } : own
    if (value === 0) return undefined
    return [
      ...stepsBefore('approve', first).map((step) => ('call' in step ? { ...step, ...mark } : step)),
      accepted(call, own, mark),
    ]
  }
  if (call === 'cancel') return cancelSteps(name, value, mark)
  if (call === 'subscription') return subscriptionSteps(name, value, mark)
  return [...stepsBefore(call), accepted(call, own, mark)]
}

const readySteps = (name: string, value: unknown, mark: Partial<CallStep>): readonly Step[] => {
  const order = /^partner_/.test(name) ? { [name]: value } : {}
  if (name === 'total_amount') {
    const total = value === 0 ? 1 : value
    return [accepted('ready', { total_amount: total }, mark), ...payment({}, Number(total))]
  }
  const isEchoed = /^(partner_|item_|quantity$|tax_free|vat_|green_)/.test(name)
  const taxFree = name === 'tax_free_amount' ? Number(value) : 0
  const subscribed = name === 'item_name' ? [...stepsBefore('status', { [name]: value }), accepted('status')] : []
  const paid = isEchoed ? payment(order, 2200, taxFree) : []
  return [accepted('ready', { [name]: value }, mark), ...paid, ...subscribed].map((step) =>
    'call' in step && (step.call === 'approve' || step.call === 'ready') ? { ...step, ...mark } : step,
  )
}

const cancelSteps = (name: string, value: unknown, mark: Partial<CallStep>): readonly Step[] | undefined => {
  const before = stepsBefore('cancel')
  const look = accepted('order')
  if (name === 'cancel_available_amount') {
    const amount = value === null ? null : typeof value === 'string' ? '2200' : 2200
    return [...before, accepted('cancel', { [name]: amount }, mark), look]
  }
  if (name === 'cancel_vat_amount') {
    // Not the whole: a cancel of all must take all of the VAT.
    return [...before, accepted('cancel', { cancel_amount: 1100, [name]: value }, mark), look]
  }
  if (name === 'cancel_tax_free_amount') {
    const free = stepsBefore('cancel', { tax_free_amount: 1100 })
    return [...free, accepted('cancel', { cancel_amount: 1000, [name]: value }, mark), look]
  }
  return [...before, accepted('cancel', { [name]: value }, mark), look]
}

const subscriptionSteps = (name: string, value: unknown, mark: Partial<CallStep>): readonly Step[] => {
  const isUser = name === 'partner_user_id'
  const before = stepsBefore('subscription', isUser ? { [name]: value } : {}, isUser ? { [name]: value } : {})
  const marked = isUser ? before.map((step) => ('call' in step ? { ...step, ...mark } : step)) : before
  const total = name === 'total_amount' ? Number(value) : 9900
  const taxFree = name === 'tax_free_amount' ? Number(value) : 0
  return [
    ...marked,
    accepted('subscription', { [name]: value }, { ...mark, keep: { tid: '/tid' } }),
    accepted('status'),
    accepted('cancel', { cid: SUBSCRIPTION, cancel_amount: total, cancel_tax_free_amount: taxFree }),
  ]
}

import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { count, inNamespace, instant, namespaceName } from './words.ts'

/**
 * What the audit can say of a payment. `unsettled`: the merchant may believe something wrong, or money hangs in the air. `unknown`: the
 * journal no longer holds what would say it, so the payment is called neither settled nor unsettled.
 */
export const verdicts = {
  'answer-lost': {
    level: 'unsettled',
    text: 'approved, but the answer was lost and never looked up',
  },
  'token-never-used': { level: 'unsettled', text: 'the payer authenticated, but pg_token was never used' },
  'cancelled-more-than-told': { level: 'unsettled', text: 'cancelled more often than the merchant was told' },
  'approved-twice-tried': { level: 'notice', text: 'approve was called again after it had succeeded' },
  'approve-refused': { level: 'notice', text: 'approve never succeeded: it was refused, or got no answer' },
  'answer-recovered': { level: 'notice', text: 'an answer was lost, and the merchant looked it up' },
  'told-unknown': {
    level: 'unknown',
    text: 'money moved or was to move, but the journal does not hold the calls that say what the merchant was told',
  },
  'calls-forgotten': {
    level: 'notice',
    text: 'the journal does not hold all its calls, so notices may be missing; --journal-length keeps more',
  },
  'in-order': { level: 'settled', text: 'the merchant was told what happened' },
} as const

export type VerdictName = keyof typeof verdicts

export const auditQuery = z.strictObject({
  ...inNamespace,
  as: z.enum(['json', 'text']).default('json'),
  limit: count(1, 100_000, 10_000).meta({ description: 'Findings in the answer; all payments are judged and counted' }),
})

export const finding = z.object({
  tid: z.string(),
  namespace: namespaceName,
  partner_order_id: z.string(),
  status: z.string(),
  moved: z.array(
    z.object({ at: instant, type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']), total: z.int(), aid: z.string() }),
  ),
  told: z.array(
    z.object({
      journal: z.string(),
      time: instant.meta({ description: 'By the namespace’s clock, as `moved` is' }),
      call: z.string(),
      status: z.int().nullable(),
      told: z.boolean(),
      text: z.string(),
    }),
  ),
  asked_afterwards: z.array(z.string()).meta({ description: 'Calls after the first lost answer' }),
  verdicts: z.array(
    z.object({
      name: z.enum(Object.keys(verdicts) as [VerdictName, ...VerdictName[]]),
      level: z.enum(['settled', 'notice', 'unknown', 'unsettled']),
      text: z.string(),
    }),
  ),
  settled: z.boolean().meta({ description: 'False where a verdict is unsettled or unknown' }),
})

export const audit = z.object({
  settled: z.boolean().meta({ description: 'Whether every payment is: nothing is unsettled and nothing unknown' }),
  payments: z.int(),
  unsettled: z.int(),
  unknown: z.int().meta({ description: 'Payments of which the journal no longer holds enough to judge' }),
  findings: z
    .array(finding)
    .meta({ description: 'Unsettled ones first, then unknown ones, then as they were prepared' }),
  unfired: z.array(z.string()).meta({ description: 'Ids of scenarios that were armed and never fired' }),
  journal: z.boolean().meta({ description: 'False where it is turned off: then what was told is not known' }),
  calls_forgotten: z.int().meta({ description: 'Calls that newer ones pushed out of the journal, of every namespace' }),
})

const scope = z.strictObject(inNamespace)

export const auditCalls = {
  audit: controlEndpoint({
    name: 'audit',
    method: 'GET',
    path: '/_mock/audit',
    summary: 'Says for each payment what moved, what the merchant was told and what it asked afterwards',
    query: auditQuery,
    response: audit,
  }),
  events: controlEndpoint({
    name: 'events',
    method: 'GET',
    path: '/_mock/events',
    summary: 'Server-sent events: call, payment, scenario, clock, namespace, application, reset',
    query: scope,
    response: z.string(),
    media: 'text/event-stream',
  }),
} as const

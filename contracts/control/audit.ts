import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { inNamespace, instant, namespaceName } from './words.ts'

/** What the audit can say of a payment. `unsettled`: the merchant may believe something wrong, or money hangs in the air. */
export const verdicts = {
  'answer-lost': {
    level: 'unsettled',
    text: 'approved, but the answer was lost and never looked up',
  },
  'token-never-used': { level: 'unsettled', text: 'the payer authenticated, but pg_token was never used' },
  'cancelled-more-than-told': { level: 'unsettled', text: 'cancelled more often than the merchant was told' },
  'approved-twice-tried': { level: 'notice', text: 'approve was called again after it had succeeded' },
  'approve-refused': { level: 'notice', text: 'approve was refused and never succeeded' },
  'answer-recovered': { level: 'notice', text: 'an answer was lost, and the merchant looked it up' },
  'calls-forgotten': {
    level: 'notice',
    text: 'the journal no longer holds all calls, so the verdict may be incomplete; --journal-length keeps more',
  },
  'in-order': { level: 'settled', text: 'the merchant was told what happened' },
} as const

export type VerdictName = keyof typeof verdicts

export const auditQuery = z.strictObject({
  ...inNamespace,
  as: z.enum(['json', 'text']).default('json'),
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
      time: instant,
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
      level: z.enum(['settled', 'notice', 'unsettled']),
      text: z.string(),
    }),
  ),
  settled: z.boolean(),
})

export const audit = z.object({
  settled: z.boolean(),
  payments: z.int(),
  unsettled: z.int(),
  findings: z.array(finding).meta({ description: 'Unsettled ones first, then as they were prepared' }),
  unfired: z.array(z.string()).meta({ description: 'Ids of scenarios that were armed and never fired' }),
  journal: z.boolean().meta({ description: 'False where it is turned off: then what was told is not known' }),
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

import * as z from 'zod'
import { instant, namespaceName } from '../namespaces/schema.ts'
import { type VerdictName, verdicts } from './verdicts.ts'

/** One call as the control API answers it. */
export const entryJson = z
  .object({
    id: z.string().meta({ description: 'ULID' }),
    time: instant.meta({ description: 'When it came in, by the system’s clock' }),
    kst: z.string().meta({ description: 'The same by the namespace’s clock, as KakaoPay writes instants' }),
    namespace: namespaceName.nullable(),
    call: z.string().nullable().meta({ description: 'ready, approve, …, or payer; null where the path is none' }),
    method: z.string(),
    path: z.string(),
    tid: z.string().nullable(),
    order_id: z.string().nullable(),
    request: z.object({
      headers: z.array(z.tuple([z.string(), z.string()])).meta({ description: 'As sent; the key is masked' }),
      body: z.string().nullable(),
      body_cut: z.boolean(),
    }),
    response: z.object({
      status: z.int().nullable().meta({ description: 'null where the connection was closed without one' }),
      body: z.string().nullable(),
      delivered: z.boolean().meta({ description: 'Whether the client got the whole answer that the payment gave' }),
    }),
    duration_ms: z.number(),
    refusal: z
      .object({ name: z.string(), rule: z.string(), error_code: z.int(), evidence: z.string() })
      .nullable()
      .meta({ description: 'What refused: the refusal and the rule that was broken' }),
    fault: z.object({ rule: z.string(), fault: z.string(), money_moved: z.boolean() }).nullable(),
    hints: z.array(z.string()).meta({ description: 'Mistakes that the rules allow' }),
    unknown_fields: z
      .array(z.object({ field: z.string(), did_you_mean: z.string().nullable(), message: z.string() }))
      .meta({ description: 'Fields that nobody reads, with the nearest known one' }),
  })
  .meta({ id: 'Call' })

/** One payment in the audit. */
export const finding = z
  .object({
    tid: z.string(),
    namespace: namespaceName,
    partner_order_id: z.string(),
    status: z.string(),
    moved: z.array(
      z.object({ at: instant, type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']), total: z.int(), aid: z.string() }),
    ),
    answers: z.array(
      z.object({
        journal: z.string(),
        time: instant.meta({ description: 'By the namespace’s clock, as `moved` is' }),
        call: z.string(),
        status: z.int().nullable(),
        delivered: z.boolean(),
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
  .meta({ id: 'Finding' })

/** The audit of every payment. */
export const audit = z.object({
  settled: z.boolean().meta({ description: 'Whether every payment is: nothing is unsettled and nothing unknown' }),
  payments: z.int(),
  unsettled: z.int(),
  unknown: z.int().meta({ description: 'Payments of which the journal no longer holds enough to judge' }),
  findings: z
    .array(finding)
    .meta({ description: 'Unsettled ones first, then unknown ones, then as they were prepared' }),
  unfired: z.array(z.string()).meta({ description: 'Ids of faults that were armed and never fired' }),
  journal: z
    .boolean()
    .meta({ description: 'False where it is turned off: then which answers were delivered is not known' }),
  calls_forgotten: z.int().meta({ description: 'Calls that newer ones pushed out of the journal, of every namespace' }),
})

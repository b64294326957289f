import * as z from 'zod'
import { type FaultSpec, faultSpec } from './fault-types.ts'

/** Which calls a fault rule matches; what is left out matches anything. */
export const match = z.strictObject({
  call: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'ready, approve, … or payer for what the payer does; GET /_mock/calls lists them' }),
  cid: z.string().max(40).optional(),
  order_id: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'partner_order_id, also of the tid’s payment; * stands for any text' }),
  tid: z.string().max(40).optional(),
  amount: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'total_amount or cancel_amount in KRW; else the payment’s total' }),
  min_amount: z.int().min(0).optional(),
  max_amount: z.int().min(0).optional(),
})

export const when = z
  .union(
    [
      z.literal('next'),
      z.literal('always'),
      z.strictObject({ next: z.int().min(1).max(1_000_000) }),
      z.strictObject({ every: z.int().min(1).max(1_000_000) }),
      z.strictObject({ probability: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1') }),
    ],
    {
      error:
        'must be "next", "always", {"next": n} or {"every": n}, with n from 1 to 1000000, or {"probability": p}, with p above 0 and at most 1',
    },
  )
  .meta({
    description:
      '"next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match, {"probability": p} for each match with this probability; with --seed a run repeats',
  })

/** A fault rule as the control API and the config take it. */
export const ruleInput = z.strictObject({
  name: z.string().max(100).optional(),
  namespace: z.string().min(1).max(500).optional().meta({ description: 'Default: the call’s, else every namespace' }),
  match: match.default({}),
  when: when.default('next'),
  do: faultSpec,
})

/** A fault rule as it is armed, defaults filled in. */
export type FaultRuleInput = z.output<typeof ruleInput>

export type Match = z.output<typeof match>
export type When = z.output<typeof when>

/** A fault rule as it is armed: which calls it matches, when it fires, what it does. */
export interface FaultRuleSpec {
  readonly name: string | null
  /** Public name; null: every namespace. */
  readonly namespace: string | null
  readonly match: Match
  readonly when: When
  readonly do: FaultSpec
}

export interface Hit {
  /** Epoch ms of the system's clock. */
  readonly at: number
  /** ULID of the journal's entry; null where the journal is off. */
  readonly journal: string | null
  readonly call: string
  readonly tid: string | null
  readonly money_moved: boolean
}

export interface FaultRule extends FaultRuleSpec {
  readonly id: string
  readonly armed_at: number
  readonly matched: number
  readonly fired: number
  readonly last_fired: readonly Hit[]
}

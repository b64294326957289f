import * as z from 'zod'
import { type RefusalName, refusals } from '../refusals.ts'
import { duration, durationMs, MAX_WAIT_MS } from './words.ts'

/** What a fault does with the money of the call it meets. */
export type Money = 'never moves' | 'moves' | 'as without the fault'

interface FaultContract {
  /** One sentence in the present tense. */
  readonly summary: string
  readonly money: Money
  readonly params: z.ZodObject
}

export const refusalName = z
  .enum(Object.keys(refusals) as [RefusalName, ...RefusalName[]], {
    error: 'must be the name of a refusal, such as quota-exceeded; GET /_mock/refusals lists them',
  })
  .meta({ description: 'A refusal of the table, by name: GET /_mock/refusals lists them' })

const methodResult = {
  method_result_code: z.string().min(1).max(100).optional(),
  method_result_message: z.string().max(300).optional(),
}

/** A wait is no longer than a client could ever mean. */
const waitMs = duration.refine((v) => {
  const ms = durationMs(v)
  return ms !== undefined && ms >= 0 && ms <= MAX_WAIT_MS
}, `must be from 0 to ${MAX_WAIT_MS} ms`)
const wait = waitMs.optional()

/** Every fault by name: what it does, what becomes of the money, what it can be told. */
export const faults = {
  refuse: {
    summary: 'Answers a refusal of the table by name, without looking at the payment.',
    money: 'never moves',
    params: z.strictObject({ refusal: refusalName, ...methodResult }),
  },
  'refuse-before-commit': {
    summary:
      'Checks everything and refuses where the call would have succeeded: −780 for approve, −781 for cancel, −782 for subscription, else −500.',
    money: 'never moves',
    params: z.strictObject({ refusal: refusalName.optional(), ...methodResult }),
  },
  'drop-before-commit': {
    summary: 'Closes the connection without an answer, before the call is carried out.',
    money: 'never moves',
    params: z.strictObject({}),
  },
  'commit-then-drop': {
    summary: 'Carries the call out and closes the connection without an answer.',
    money: 'moves',
    params: z.strictObject({}),
  },
  'commit-then-500': {
    summary: 'Carries the call out and answers −500.',
    money: 'moves',
    params: z.strictObject({}),
  },
  'commit-then-hang': {
    summary:
      'Carries the call out and answers nothing for 60 s (or `ms`), past the 11 s of KakaoPay’s guideline, then closes.',
    money: 'moves',
    params: z.strictObject({ ms: wait }),
  },
  garble: {
    summary: 'Carries the call out and sends its answer with the second half missing: no JSON.',
    money: 'moves',
    params: z.strictObject({}),
  },
  'slow-drip': {
    summary: 'Carries the call out and sends its answer in pieces of `bytes` (1), `ms` (100) apart.',
    money: 'as without the fault',
    params: z.strictObject({ ms: wait, bytes: z.int().min(1).max(65_536).optional() }),
  },
  latency: {
    summary: 'Answers late: `fixed`, `uniform` between two, or `normal` around a mean; then as without the fault.',
    money: 'as without the fault',
    params: z.strictObject({
      fixed: wait,
      uniform: z.tuple([waitMs, waitMs]).optional(),
      normal: z.strictObject({ mean: waitMs, deviation: waitMs }).optional(),
    }),
  },
  'repeat-redirect': {
    summary: 'The payer’s browser calls approval_url twice: a double click, a reload, the back button.',
    money: 'as without the fault',
    params: z.strictObject({}),
  },
} as const satisfies Record<string, FaultContract>

export type FaultName = keyof typeof faults
export type FaultParams<N extends FaultName> = z.output<(typeof faults)[N]['params']>

const named = <N extends FaultName>(name: N) =>
  (faults[name].params as (typeof faults)[N]['params']).extend({ fault: z.literal(name) })

/** What a scenario does: a fault's name and what it is told. */
export const deed = z
  .discriminatedUnion(
    'fault',
    (Object.keys(faults) as FaultName[]).map(named) as unknown as [ReturnType<typeof named>, ReturnType<typeof named>],
  )
  .meta({ description: '{ "fault": name, …what it can be told }: GET /_mock/faults lists them' })

export type Deed = { readonly [N in FaultName]: { readonly fault: N } & FaultParams<N> }[FaultName]

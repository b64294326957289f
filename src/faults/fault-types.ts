import * as z from 'zod'
import { type RefusalName, refusals } from '../../contracts/refusals.ts'
import { duration, durationMs } from '../namespaces/duration.ts'
import { didYouMean } from '../nearest.ts'
import type { Effect } from './effect.ts'
import { type Preset, type RefusalPreset, refusalPresets } from './refusal-presets.ts'

/** The longest that a fault keeps a client waiting, in ms. */
export const MAX_WAIT_MS = 600_000

/** Whether the money of a matched call moves. */
export type Money = 'never moves' | 'moves' | 'as without the fault'

export const refusalName = z
  .enum(Object.keys(refusals) as [RefusalName, ...RefusalName[]], {
    error: 'must be the name of a refusal, such as quota-exceeded; GET /_mock/refusals lists them',
  })
  .meta({ description: 'A refusal of the table, by name: GET /_mock/refusals lists them' })

const presetName = z.enum(Object.keys(refusalPresets) as [RefusalPreset, ...RefusalPreset[]]).meta({
  description: 'A refusal that does not prove that no money moved, by the name that KakaoPay’s error table gives it',
})

const methodResult = {
  method_result_code: z.string().min(1).max(100).optional(),
  method_result_message: z.string().max(300).optional(),
}

/** A delay, bounded so that a mistyped unit does not hold a connection for hours. */
const waitMs = duration.refine((v) => {
  const ms = durationMs(v)
  return ms !== undefined && ms >= 0 && ms <= MAX_WAIT_MS
}, `must be from 0 to ${MAX_WAIT_MS} ms`)
const wait = waitMs.optional()
const gatewayStatus = z.int().min(400).max(599).optional()

const none = z.strictObject({})
const ms = (value: string | number | undefined, otherwise: number): number =>
  value === undefined ? otherwise : (durationMs(value) ?? otherwise)

/** Longer than the 11 s that KakaoPay's guideline gives a client, and than the 30 s of the most patient clients. */
const HANG_MS = 60_000

/** One fault: its summary, its parameters, and what it does. `side`: what it acts on, a call of the API or the payer's browser. */
interface FaultType<P extends z.ZodObject> {
  /** One sentence in the present tense. */
  readonly summary: string
  readonly money: Money
  readonly side?: 'call' | 'payer'
  readonly params: P
  readonly effect: (params: z.output<P>) => Effect
}

const faultType = <P extends z.ZodObject>(type: FaultType<P>): FaultType<P> => type

/** Every fault by name. Adding one is one entry here; the compiler and the fixtures' test name what else is missing. */
export const faultTypes = {
  refuse: faultType({
    summary: 'Answers a refusal of the table by name, without looking at the payment.',
    money: 'never moves',
    params: z.strictObject({ refusal: refusalName, ...methodResult }),
    effect: (params) => ({ commit: 'no', send: params }),
  }),
  'refuse-before-commit': faultType({
    summary:
      'Checks everything and refuses where the call would have succeeded: −780 for approve, −781 for cancel, −782 for subscription, else −500.',
    money: 'never moves',
    params: z.strictObject({ refusal: refusalName.optional(), ...methodResult }),
    effect: (params) => ({ commit: 'check', send: params }),
  }),
  'drop-before-commit': faultType({
    summary: 'Closes the connection without an answer, before the call is carried out.',
    money: 'never moves',
    params: none,
    effect: () => ({ commit: 'no', send: 'nothing' }),
  }),
  'commit-then-drop': faultType({
    summary: 'Carries the call out and closes the connection without an answer.',
    money: 'moves',
    params: none,
    effect: () => ({ commit: 'yes', send: 'nothing' }),
  }),
  'commit-then-500': faultType({
    summary: 'Carries the call out and answers −500.',
    money: 'moves',
    params: none,
    effect: () => ({ commit: 'yes', send: { refusal: 'internal-error' } }),
  }),
  'commit-then-refuse': faultType({
    summary:
      'Carries the call out and refuses it all the same: by `preset`, or a refusal of the table with its `method_result_code` and message. Without either −780 for approve, −781 for cancel, −782 for subscription. No money moves with preset 8008.',
    money: 'moves',
    params: z.strictObject({ preset: presetName.optional(), refusal: refusalName.optional(), ...methodResult }),
    effect: ({ preset, ...own }) => {
      const { commit = 'yes', ...send }: Preset = preset ? refusalPresets[preset] : {}
      return { commit, send: { ...send, ...own } }
    },
  }),
  'commit-then-hang': faultType({
    summary:
      'Carries the call out and answers nothing for 60 s (or `ms`), past the 11 s of KakaoPay’s guideline, then closes.',
    money: 'moves',
    params: z.strictObject({ ms: wait }),
    effect: (params) => ({ commit: 'yes', holdMs: ms(params.ms, HANG_MS), send: 'nothing' }),
  }),
  garble: faultType({
    summary: 'Carries the call out and sends its answer with the second half missing: no JSON.',
    money: 'moves',
    params: none,
    effect: () => ({ commit: 'yes', send: 'half' }),
  }),
  'slow-drip': faultType({
    summary: 'Carries the call out and sends its answer in pieces of `bytes` (1), `ms` (100) apart.',
    money: 'as without the fault',
    params: z.strictObject({ ms: wait, bytes: z.int().min(1).max(65_536).optional() }),
    effect: (params) => ({
      commit: 'yes',
      send: 'answer',
      pieces: { bytes: params.bytes ?? 1, ms: ms(params.ms, 100) },
    }),
  }),
  latency: faultType({
    summary: 'Answers late: `fixed`, `uniform` between two, or `normal` around a mean; then as without the fault.',
    money: 'as without the fault',
    params: z.strictObject({
      fixed: wait,
      uniform: z.tuple([waitMs, waitMs]).optional(),
      normal: z.strictObject({ mean: waitMs, deviation: waitMs }).optional(),
    }),
    effect: ({ fixed, uniform, normal }) => ({
      delay: {
        ...(fixed === undefined ? {} : { fixed: ms(fixed, 0) }),
        ...(uniform ? { uniform: [ms(uniform[0], 0), ms(uniform[1], 0)] as const } : {}),
        ...(normal ? { normal: { mean: ms(normal.mean, 0), deviation: ms(normal.deviation, 0) } } : {}),
      },
      commit: 'yes',
      send: 'answer',
    }),
  }),
  'gateway-page': faultType({
    summary: 'Answers an HTML page with HTTP 502 (or `status`), as a gateway does, without carrying the call out.',
    money: 'never moves',
    params: z.strictObject({ status: gatewayStatus }),
    effect: ({ status = 502 }) => ({ commit: 'no', send: { page: status } }),
  }),
  'commit-then-gateway-page': faultType({
    summary: 'Carries the call out and answers an HTML page with HTTP 502 (or `status`), as a gateway does.',
    money: 'moves',
    params: z.strictObject({ status: gatewayStatus }),
    effect: ({ status = 502 }) => ({ commit: 'yes', send: { page: status } }),
  }),
  'new-fields': faultType({
    summary: 'Carries the call out and adds fields to its answer that no document names, as a later release may.',
    money: 'as without the fault',
    params: none,
    effect: () => ({ commit: 'yes', send: 'new-fields' }),
  }),
  'repeat-redirect': faultType({
    summary: 'The payer’s browser calls approval_url twice: a double click, a reload, the back button.',
    money: 'as without the fault',
    side: 'payer',
    params: none,
    effect: () => ({ commit: 'yes', send: 'answer' }),
  }),
} as const

export type FaultName = keyof typeof faultTypes
export type FaultParams<N extends FaultName> = z.output<(typeof faultTypes)[N]['params']>

const named = <N extends FaultName>(name: N) =>
  (faultTypes[name].params as (typeof faultTypes)[N]['params']).extend({ fault: z.literal(name) })

/** Instead of zod's list of every name. */
const unknownFault = (fault: unknown): string =>
  typeof fault === 'string'
    ? `knows no fault ${fault.slice(0, 80)}${didYouMean(fault.slice(0, 80), Object.keys(faultTypes))}`
    : `must be one of ${Object.keys(faultTypes).join(', ')}`

/** What a rule injects: a fault's name and its parameters. */
export const faultSpec = z
  .discriminatedUnion(
    'fault',
    (Object.keys(faultTypes) as FaultName[]).map(named) as unknown as [
      ReturnType<typeof named>,
      ReturnType<typeof named>,
    ],
    { error: ({ input }) => unknownFault((input as { fault?: unknown } | undefined)?.fault) },
  )
  .meta({ description: '{ "fault": name, …its parameters }: GET /_mock/fault-types lists them' })

export type FaultSpec = { readonly [N in FaultName]: { readonly fault: N } & FaultParams<N> }[FaultName]

/** The effect of a rule's fault. */
export const effectOf = ({ fault, ...params }: FaultSpec): Effect =>
  (faultTypes[fault].effect as (params: object) => Effect)(params)

import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { deed } from './faults.ts'
import { inNamespace, instant, namespaceName, removed } from './words.ts'

/** Which calls a scenario meets; what is left out matches anything. */
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
    ],
    { error: 'must be "next", "always", {"next": n} or {"every": n}, with n from 1 to 1000000' },
  )
  .meta({ description: '"next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match' })

/** What is armed. */
export const scenarioInput = z.strictObject({
  name: z.string().max(100).optional(),
  namespace: z.string().min(1).max(500).optional().meta({ description: 'Default: the call’s, else every namespace' }),
  match: match.default({}),
  when: when.default('next'),
  do: deed,
})

/** A scenario as it is armed, defaults filled in. */
export type ScenarioInput = z.output<typeof scenarioInput>

export const fired = z.object({
  time: instant,
  journal: z.string().nullable().meta({ description: 'ULID of the journal’s entry' }),
  call: z.string(),
  tid: z.string().nullable(),
  money_moved: z.boolean(),
})

export const scenario = z.object({
  id: z.string(),
  name: z.string().nullable(),
  namespace: namespaceName.nullable(),
  match,
  when,
  do: deed,
  armed_at: instant,
  armed: z.boolean().meta({ description: 'False when it has fired as often as it was told' }),
  matched: z.int(),
  fired: z.int(),
  last_fired: z.array(fired).meta({ description: 'The last 20' }),
})

const scope = z.strictObject(inNamespace)

export const scenarioCalls = {
  scenarios: controlEndpoint({
    name: 'scenarios',
    method: 'GET',
    path: '/_mock/scenarios',
    summary: 'Lists scenarios and how often each matched and fired',
    query: z.strictObject({ ...inNamespace, unfired: z.enum(['true', 'false']).optional() }),
    response: z.object({ scenarios: z.array(scenario) }),
  }),
  armScenario: controlEndpoint({
    name: 'armScenario',
    method: 'POST',
    path: '/_mock/scenarios',
    summary: 'Arms a scenario: which calls it meets, when, and what it does to them',
    request: scenarioInput,
    response: scenario,
    status: 201,
  }),
  scenario: controlEndpoint({
    name: 'scenario',
    method: 'GET',
    path: '/_mock/scenarios/{id}',
    summary: 'Shows one scenario',
    response: scenario,
  }),
  disarmScenario: controlEndpoint({
    name: 'disarmScenario',
    method: 'DELETE',
    path: '/_mock/scenarios/{id}',
    summary: 'Removes a scenario',
    response: removed,
  }),
  disarmScenarios: controlEndpoint({
    name: 'disarmScenarios',
    method: 'DELETE',
    path: '/_mock/scenarios',
    summary: 'Removes all scenarios, or those of one namespace',
    query: scope,
    response: removed,
  }),
  faults: controlEndpoint({
    name: 'faults',
    method: 'GET',
    path: '/_mock/faults',
    summary: 'Lists what a scenario can do',
    response: z.object({
      faults: z.array(z.object({ name: z.string(), summary: z.string(), money: z.string(), params: z.unknown() })),
    }),
  }),
} as const

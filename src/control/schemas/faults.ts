import * as z from 'zod'
import { faultSpec } from '../../faults/fault-types.ts'
import { match, ruleInput, when } from '../../faults/rule.ts'
import { controlEndpoint } from './endpoint.ts'
import { inNamespace, instant, namespaceName, removed } from './fields.ts'

export const hit = z.object({
  time: instant,
  journal: z.string().nullable().meta({ description: 'ULID of the journal’s entry' }),
  call: z.string(),
  tid: z.string().nullable(),
  money_moved: z.boolean(),
})

export const faultRule = z.object({
  id: z.string(),
  name: z.string().nullable(),
  namespace: namespaceName.nullable(),
  match,
  when,
  do: faultSpec,
  armed_at: instant,
  armed: z.boolean().meta({ description: 'False when it has fired as often as it was told' }),
  matched: z.int(),
  fired: z.int(),
  last_fired: z.array(hit).meta({ description: 'The last 20' }),
})

const scope = z.strictObject(inNamespace)

export const faultCalls = {
  faults: controlEndpoint({
    name: 'faults',
    method: 'GET',
    path: '/_mock/faults',
    summary: 'Lists faults and how often each matched and fired',
    query: z.strictObject({ ...inNamespace, unfired: z.enum(['true', 'false']).optional() }),
    response: z.object({ faults: z.array(faultRule) }),
  }),
  armFault: controlEndpoint({
    name: 'armFault',
    method: 'POST',
    path: '/_mock/faults',
    summary: 'Arms a rule: which calls it meets, when, and what it does to them',
    request: ruleInput,
    response: faultRule,
    status: 201,
  }),
  rule: controlEndpoint({
    name: 'rule',
    method: 'GET',
    path: '/_mock/faults/{id}',
    summary: 'Shows one fault rule',
    response: faultRule,
  }),
  disarmFault: controlEndpoint({
    name: 'disarmFault',
    method: 'DELETE',
    path: '/_mock/faults/{id}',
    summary: 'Removes a fault rule',
    response: removed,
  }),
  disarmFaults: controlEndpoint({
    name: 'disarmFaults',
    method: 'DELETE',
    path: '/_mock/faults',
    summary: 'Removes all faults, or those of one namespace',
    query: scope,
    response: removed,
  }),
  faultTypes: controlEndpoint({
    name: 'faultTypes',
    method: 'GET',
    path: '/_mock/fault-types',
    summary: 'Lists what a fault rule can do',
    response: z.object({
      fault_types: z.array(z.object({ name: z.string(), summary: z.string(), money: z.string(), params: z.unknown() })),
    }),
  }),
} as const

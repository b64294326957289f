import * as z from 'zod'
import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import type { Effect } from '../../faults/effect.ts'
import { effectOf, type FaultSpec, faultSpec, faultTypes } from '../../faults/fault-types.ts'
import { HarnessError } from '../errors.ts'

/** A fault that waits for a call. */
export interface FaultRule {
  readonly name: string
  readonly call: EndpointName | undefined
  readonly effect: Effect
  /** Calls that it still meets. */
  remaining: number
}

/** The part of the control API's fault rules that a proxy in front of any server can carry out. */
const rule = z.strictObject({
  match: z
    .strictObject({ call: z.enum(Object.keys(endpoints) as [EndpointName, ...EndpointName[]]).optional() })
    .default({}),
  when: z.union([z.literal('next'), z.literal('always'), z.strictObject({ next: z.int().min(1) })]).default('next'),
  do: faultSpec,
})

/** Reads a fixture's fault step. Throws HarnessError for what only the server itself can do. */
export const faultRule = (fault: Readonly<Record<string, unknown>>): FaultRule => {
  const result = rule.safeParse(fault)
  if (!result.success)
    throw new HarnessError(`the kit cannot inject the fault ${JSON.stringify(fault)}: ${result.error.message}`)
  const { match, when, do: spec } = result.data
  const { fault: name } = spec as FaultSpec
  const effect = effectOf(spec as FaultSpec)
  const type: { readonly side?: string } = faultTypes[name]
  if (effect.commit === 'check' || type.side === 'payer')
    throw new HarnessError(`the fault ${name} cannot be injected from outside the server`)
  const remaining = typeof when === 'object' ? when.next : when === 'always' ? Number.POSITIVE_INFINITY : 1
  return { name, call: match.call, effect, remaining }
}

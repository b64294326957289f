import * as z from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import type { Known } from '../../contracts/evidence.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'

/** What one key of an accepted call's answer says. Read off the contracts, so that each key of each call has an id. */
export interface AnswerRule extends Known {
  /** Such as `approve.answer.amount`. */
  readonly id: string
  readonly sentence: string
}

const descriptionOf = (schema: z.ZodType): string => {
  const { description } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as { description?: string }
  return description ?? ''
}

const rulesOf = ({ name, response, evidence, source }: Endpoint): readonly AnswerRule[] =>
  Object.entries(response.shape as Record<string, z.ZodType>).map(([key, schema]) => ({
    id: `${name}.answer.${key}`,
    sentence: `${key} of ${name}’s answer: ${descriptionOf(schema)}`,
    evidence,
    source,
  }))

/** By id, in the order of the contracts. */
export const answerRules: ReadonlyMap<string, AnswerRule> = new Map(
  Object.values<Endpoint>(endpoints)
    .flatMap(rulesOf)
    .map((rule) => [rule.id, rule]),
)

/** The rule of a key; of a key that the contract does not have, that of the whole answer. */
export const answerRule = (call: EndpointName, key: string): AnswerRule => {
  const known = answerRules.get(`${call}.answer.${key}`)
  if (known) return known
  const { summary, evidence, source }: Endpoint = endpoints[call]
  return { id: `${call}.answer`, sentence: `${call} answers what it did. ${summary}.`, evidence, source }
}

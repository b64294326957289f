import type { Known } from './evidence.ts'
import type { RefusalName } from './refusals.ts'

/** One requirement of the API. The id is stable: it never gets another meaning. */
export interface Rule extends Known {
  readonly id: string
  readonly level: 'must' | 'should'
  readonly sentence: string
  readonly refusal: RefusalName
}

/** A rule without its id, which is the key it is written under. */
export const rule = (
  sentence: string,
  refusal: RefusalName,
  k: Known,
  level: Rule['level'] = 'must',
): Omit<Rule, 'id'> => ({ sentence, refusal, ...k, level })

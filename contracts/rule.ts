import type { Known } from './evidence.ts'
import type { RefusalName } from './refusals.ts'

/** A promise: its id never changes its meaning. */
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

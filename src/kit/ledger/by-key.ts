import type { EndpointName } from '../../../contracts/index.ts'
import { answerRule } from '../answer-rules.ts'
import { broken } from '../judge.ts'
import { match } from '../match.ts'
import type { BrokenRule } from '../result.ts'

/** Compares an answer with what the ledger expects, and names the rule of each key that differs. */
export const differencesByKey = (
  call: EndpointName,
  expected: Readonly<Record<string, unknown>>,
  answer: Readonly<Record<string, unknown>>,
): readonly BrokenRule[] =>
  Object.entries(expected).flatMap(([key, value]) => {
    const rule = answerRule(call, key)
    return broken(rule.id, rule, match(value, answer[key], { now: 0 }, `body.${key}`))
  })

import type { BrokenRule, Failure, Result } from '../result.ts'

/** A server's answer is cut here in reports. */
const MAX_BODY = 600

/** A failed flow as lines of plain text: the step, the broken rules with what differs, and how to see it again. */
export const failureLines = ({ failures = [], reason }: Result): readonly string[] => [
  ...(reason === undefined ? [] : [reason]),
  ...failures.flatMap(linesOf),
]

const linesOf = ({ step, action, requirements, answer, script }: Failure): readonly string[] => [
  `step ${step}: ${action}`,
  ...requirements.flatMap(ruleLines),
  ...(answer ? [`answer: HTTP ${answer.status} ${cut(answer.body)}`] : []),
  ...(script === '' ? [] : againLines(script)),
]

const ruleLines = ({ id, sentence, level, evidence, source, differences }: BrokenRule): readonly string[] => [
  `rule ${id} (${level}): ${sentence}`,
  `  ${evidence}: ${source}`,
  ...differences.flatMap(({ at, expected, actual }) => [`${at}`, `  - expected ${expected}`, `  + came     ${actual}`]),
]

/** One command follows on the same line; a flow of several is pasted as a block. */
const againLines = (script: string): readonly string[] => {
  const [first = '', ...more] = script.split('\n')
  return more.length === 0 ? [`again: ${first}`] : ['again:', first, ...more]
}

/** What a failed flow is about, in a few words. */
export const headline = ({ failures = [], reason }: Result): string => {
  const [rule] = failures.flatMap(({ requirements }) => requirements)
  return rule ? `${rule.id}: ${rule.differences[0]?.at ?? rule.sentence}` : (reason ?? '')
}

const cut = (text: string) => (text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…` : text)

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const millis = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`

import type { Endpoint } from '../../contracts/endpoint.ts'
import { sources } from '../../contracts/evidence.ts'
import { endpoints } from '../../contracts/index.ts'
import { rules } from '../../contracts/rules.ts'
import type { CallStep, Fixture } from './fixture.ts'
import { type Difference, match, matchOrder, shown } from './match.ts'
import { type Answer, answerRequirements } from './requirements.ts'
import type { Quoted } from './result.ts'
import { fill, type Kept } from './template.ts'

/** Everything about the answer that is not as the step expects or as every answer must be. */
export const judged = (answer: Answer, step: CallStep, kept: Kept, now: number): readonly Difference[] => {
  const { expect } = step
  const moment = { now }
  const differences = [
    ...(answer.status === expect.status ? [] : [statusDifference(answer, expect.status)]),
    ...(expect.cut && answer.json !== undefined ? [wholeDifference(answer)] : []),
    ...(answer.ms < (expect.at_least_ms ?? 0) ? [hasteDifference(answer, expect.at_least_ms)] : []),
  ]
  const body = fill(expect.body ?? {}, kept)
  return [
    ...differences,
    ...(expect.body === undefined ? [] : match(body, answer.json, moment, 'body', expect.exact)),
    ...(expect.order ? matchOrder(body, answer.json) : []),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, value]) =>
      match(value === null ? { $absent: true } : value, answer.headers[name], moment, `header ${name}`),
    ),
    ...brokenBy(answer, step).flatMap(({ differences }) => differences),
  ]
}

const statusDifference = ({ status }: Answer, expected: number): Difference => ({
  at: 'status',
  expected: expected === 0 ? 'no answer: the connection is closed' : String(expected),
  actual: String(status),
})

const wholeDifference = ({ text }: Answer): Difference => ({
  at: 'body',
  expected: 'a text that breaks off: no JSON',
  actual: shown(text),
})

const hasteDifference = ({ ms }: Answer, expected = 0): Difference => ({
  at: 'time',
  expected: `at least ${expected} ms`,
  actual: `${Math.round(ms)} ms`,
})

/** Which promises of every answer this one breaks. Of one that was to be lost or cut nothing more can be asked. */
export const brokenBy = (answer: Answer, { call, expect }: CallStep) => {
  if (expect.cut || expect.status === 0) return []
  const endpoint: Endpoint = endpoints[call]
  return answerRequirements
    .map((promise) => ({ promise, differences: promise.broken(answer, endpoint) }))
    .filter(({ differences }) => differences.length > 0)
}

const sourceText = (source: string): string => (sources as Readonly<Record<string, string>>)[source] ?? source

/** What the failing flow is about: the promises of every answer that were broken, and the rules that the flow checks. */
export const quoted = (fixture: Fixture, answer: Answer | undefined, step: CallStep | undefined): readonly Quoted[] => {
  const general = answer && step ? brokenBy(answer, step).map(({ promise }) => promise) : []
  const own = fixture.rules.flatMap((id) => rules.get(id) ?? [])
  return [...general, ...own].map(({ id, sentence, evidence, source }) => ({
    id,
    sentence,
    evidence,
    source: sourceText(source),
  }))
}

import type { Endpoint } from '../../contracts/endpoint.ts'
import { type Evidence, sources } from '../../contracts/evidence.ts'
import { endpoints } from '../../contracts/index.ts'
import { type RefusalText, refusals } from '../../contracts/refusals.ts'
import { type Rule, rules } from '../../contracts/rules.ts'
import type { Answer } from './answer.ts'
import { answerRule } from './answer-rules.ts'
import type { CallStep, Fixture } from './fixture.ts'
import { type Difference, match, matchOrder, shown } from './match.ts'
import { answerRequirements, undocumentedKeys } from './requirements.ts'
import { type BrokenRule, levelOf } from './result.ts'
import { resolveTemplate, type Variables } from './template.ts'

/** What a judged answer is compared with, beside the step. */
export interface Judging {
  readonly fixture: Fixture
  readonly variables: Variables
  /** Epoch ms of the flow's clock. */
  readonly now: number
}

/** Every requirement that the answer of a step breaks: those of every answer, and what the step expects. */
export const judgeAnswer = (answer: Answer, step: CallStep, judging: Judging): readonly BrokenRule[] => [
  ...judgeEveryAnswer(answer, step),
  ...judgeExpectation(answer, step, judging),
]

/** The requirements of every answer. Nothing more can be asked of an answer that is to be lost or cut. */
export const judgeEveryAnswer = (answer: Answer, { call, expect }: CallStep): readonly BrokenRule[] => {
  if (expect.cut || expect.status === 0 || answer.status === 0) return []
  const endpoint: Endpoint = endpoints[call]
  return answerRequirements
    .filter(({ id }) => !(expect.undocumented_keys && id === 'answer.no-other-keys'))
    .flatMap((requirement) => broken(requirement.id, requirement, requirement.violations(answer, endpoint)))
}

interface Cited {
  readonly sentence: string
  readonly evidence: Evidence
  readonly source: string
}

/** A requirement with its differences; none where there are no differences. */
export const broken = (
  id: string,
  { sentence, evidence, source }: Cited,
  differences: readonly Difference[],
): readonly BrokenRule[] =>
  differences.length === 0
    ? []
    : [{ id, sentence, level: levelOf(evidence), evidence, source: sourceText(source), differences }]

export const sourceText = (source: string): string => (sources as Readonly<Record<string, string>>)[source] ?? source

const judgeExpectation = (answer: Answer, step: CallStep, judging: Judging): readonly BrokenRule[] => {
  const { expect } = step
  const cite = (differences: readonly Difference[], evidence?: Evidence) =>
    citeFlow(judging.fixture, step, differences, evidence)
  if (answer.status !== expect.status) return judgeStatus(answer, step, judging)
  const body = resolveTemplate(expect.body ?? {}, judging.variables)
  const ofBody = expect.body === undefined ? [] : compareBody(body, answer, step, judging)
  const headers = Object.entries(expect.headers ?? {}).flatMap(([name, value]) =>
    match(value === null ? { $absent: true } : value, answer.headers[name], judging, `header ${name}`),
  )
  return [
    ...(expect.status >= 400 ? judgeRefusal(ofBody, step, judging) : judgeAccepted(ofBody, step, judging.fixture)),
    ...(expect.order ? broken('answer.key-order', KEY_ORDER, matchOrder(body, answer.json)) : []),
    ...cite(headers),
    ...cite(expect.cut && answer.json !== undefined ? [wholeDifference(answer)] : []),
    ...cite(answer.ms < (expect.at_least_ms ?? 0) ? [earlyDifference(answer, expect.at_least_ms)] : []),
  ]
}

/** Keys that the contract does not have are a matter of `answer.no-other-keys`, also where the flow knows the whole body. */
const compareBody = (body: unknown, answer: Answer, { call, expect }: CallStep, judging: Judging) => {
  const differences = match(body, answer.json, judging, 'body', expect.exact)
  if (!expect.exact || expect.status >= 400) return differences
  const endpoint: Endpoint = endpoints[call]
  const others = new Set(undocumentedKeys(answer, endpoint).map(({ at }) => at))
  return differences.filter(({ at }) => !others.has(at))
}

const KEY_ORDER: Cited = {
  sentence: 'Keys come in the observed order. JSON gives it no meaning.',
  evidence: 'inferred',
  source: 'live-answers',
}

/** The rules that the flow checks; where it names none, that the call is answered as the flow says. */
const citeFlow = (
  fixture: Fixture,
  { call }: CallStep,
  differences: readonly Difference[],
  evidence: Evidence = fixture.evidence,
): readonly BrokenRule[] => {
  const known = fixture.rules.flatMap((id) => rules.get(id) ?? [])
  if (known.length === 0)
    return broken(`${call}.answer`, { sentence: fixture.title, evidence, source: fixture.source }, differences)
  return known.flatMap((rule) => broken(rule.id, { ...rule, evidence }, differences))
}

/** That a call is refused is as well known as its rule; with which status and number is another matter. */
const judgeStatus = (answer: Answer, step: CallStep, { fixture }: Judging): readonly BrokenRule[] => {
  const expected = step.expect.status
  const difference = {
    at: 'status',
    expected: expected === 0 ? 'no answer: the connection is closed' : String(expected),
    actual: `${answer.status} ${shown(answer.json ?? answer.text)}`,
  }
  const accepted = expected >= 400 && answer.status >= 200 && answer.status < 300
  const known = fixture.rules.flatMap((id) => rules.get(id) ?? [])
  if (accepted && known.length > 0) return known.flatMap((rule) => broken(rule.id, rule, [difference]))
  const isCode = expected >= 400 && answer.status >= 400
  if (isCode) return citeFlow(fixture, step, [difference], weaker(fixture.evidence, codeEvidence(known)))
  return citeFlow(fixture, step, [difference])
}

const codeEvidence = (known: readonly Rule[]): Evidence => {
  const [rule] = known
  return rule ? refusals[rule.refusal].evidence : 'documented'
}

const grades: readonly Evidence[] = ['documented', 'observed', 'inferred']
const weaker = (a: Evidence, b: Evidence): Evidence => (grades.indexOf(a) > grades.indexOf(b) ? a : b)

/** Numbers count as the flow says. Texts are compared only where one was published, and never count as more than `should`. */
const judgeRefusal = (differences: readonly Difference[], step: CallStep, { fixture }: Judging) => {
  const texts = differences.filter(({ at }) => /message/.test(at))
  const { error_code } = (step.expect.body ?? {}) as { error_code?: unknown }
  const published = Object.values<RefusalText>(refusals).some(
    (refusal) => refusal.error_code === error_code && refusal.wording.evidence !== 'inferred',
  )
  const known = fixture.rules.flatMap((id) => rules.get(id) ?? [])
  return [
    ...citeFlow(
      fixture,
      step,
      differences.filter((difference) => !texts.includes(difference)),
      weaker(fixture.evidence, codeEvidence(known)),
    ),
    ...(published ? judgeText(texts, step, known) : []),
  ]
}

/** The text belongs to the rule that is broken; where the flow names none, it has a rule of its own. */
const judgeText = (texts: readonly Difference[], { call }: CallStep, known: readonly Rule[]): readonly BrokenRule[] =>
  known.length === 0
    ? broken(`${call}.refusal.text`, REFUSAL_TEXT, texts)
    : known.flatMap((rule) => broken(rule.id, { ...rule, evidence: REFUSAL_TEXT.evidence }, texts))

const REFUSAL_TEXT: Cited = {
  sentence: 'The text of this refusal is the published one.',
  evidence: 'inferred',
  source: 'live-answers',
}

/** Each differing key by its own rule, and the rules that the flow is about. */
const judgeAccepted = (differences: readonly Difference[], step: CallStep, fixture: Fixture): readonly BrokenRule[] => {
  const byKey = new Map<string, Difference[]>()
  for (const difference of differences) {
    const key = /^body\.([a-z_]+)/.exec(difference.at)?.[1] ?? ''
    byKey.set(key, [...(byKey.get(key) ?? []), difference])
  }
  const keys = [...byKey].flatMap(([key, found]) => {
    const { id, sentence, source } = answerRule(step.call, key)
    return broken(id, { sentence: `${sentence} Here: ${fixture.title}`, evidence: fixture.evidence, source }, found)
  })
  return fixture.rules.some((id) => rules.has(id)) ? [...citeFlow(fixture, step, differences), ...keys] : keys
}

const wholeDifference = ({ text }: Answer): Difference => ({
  at: 'body',
  expected: 'a body that breaks off: no JSON',
  actual: shown(text),
})

const earlyDifference = ({ ms }: Answer, expected = 0): Difference => ({
  at: 'time',
  expected: `at least ${expected} ms`,
  actual: `${Math.round(ms)} ms`,
})

import { sources } from '../../../contracts/evidence.ts'
import type { CallStep, Fixture } from '../fixture.ts'
import type { BrokenRule, Failure } from '../result.ts'
import type { Driver } from './driver.ts'
import type { Exchange } from './exchange.ts'
import { type ClientRuleId, clientRules, type Finding } from './rules.ts'
import { masked, type Secret } from './secrets.ts'
import { answerOf } from './sent.ts'

/** A step that a client failed, with what is known of it. */
export interface FailedStep {
  readonly fixture: Fixture
  readonly step: CallStep
  /** Counted from 1. */
  readonly number: number
  readonly findings: readonly Finding[]
  /** The request that the step is about; undefined where the client sent none. */
  readonly own: Exchange | undefined
  readonly driver: Driver
  readonly secrets: readonly Secret[]
  /** The flow up to this step, as lines for a shell. */
  readonly script: string
}

/** Characters of the client's own output that a report shows, from its end. */
const MAX_OUTPUT = 2000

/** The failed step as reports show it, with the key masked everywhere. */
export const failureOf = (failed: FailedStep): Failure => {
  const { step, number, findings, own, driver, secrets } = failed
  const output = masked(driver.output().trim().slice(-MAX_OUTPUT), secrets)
  const written = { at: 'the client’s own output, for the cause', expected: 'anything', actual: output }
  const requirements = [...relatedRules(failed)].map((id) => brokenRule(id, findings, secrets))
  const [first, ...rest] = requirements
  const withOutput = first && output !== '' ? { ...first, differences: [...first.differences, written] } : first
  return {
    step: number,
    action: `${step.call} by the client${own?.fault ? `, with the fault ${own.fault}` : ''}`,
    requirements: withOutput ? [withOutput, ...rest] : [],
    script: masked(failed.script, secrets),
    answer: answerOf(own, secrets),
  }
}

export const brokenRule = (id: ClientRuleId, findings: readonly Finding[], secrets: readonly Secret[]): BrokenRule => {
  const { sentence, level, evidence, source } = clientRules[id]
  const differences = findings
    .filter(({ rule }) => rule === id)
    .map(({ at, expected, actual }) => ({ at, expected, actual: masked(actual, secrets) }))
  return { id, sentence, level, evidence, source: sources[source], differences }
}

/** Rules that show only by what else goes wrong: some by a fault, some by a call. */
const shownBy: Readonly<Partial<Record<ClientRuleId, (failed: FailedStep) => boolean>>> = {
  'client.patience': ({ own }) => own?.fault === 'latency' || own?.fault === 'slow-drip',
  'client.tolerant': ({ own }) => own?.fault === 'new-fields',
  'client.lookup': ({ step }) => step.call === 'order',
}

const relatedRules = (failed: FailedStep): ReadonlySet<ClientRuleId> => {
  const related = Object.entries(shownBy)
    .filter(([id, shows]) => failed.fixture.rules.includes(id) && shows(failed))
    .map(([id]) => id as ClientRuleId)
  return new Set([...failed.findings.map(({ rule }) => rule), ...related])
}

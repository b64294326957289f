import type { Evidence } from '../../contracts/evidence.ts'
import type { Difference } from './match.ts'

/** What became of one flow. Only `passed` means that its requirements were seen to hold. */
export type Outcome = 'passed' | 'failed' | 'known failure' | 'not evaluated' | 'harness error'

/** `must`: documented or observed. `should`: inferred, so that a server which differs may be right. */
export type Level = 'must' | 'should'

export const levelOf = (evidence: Evidence): Level => (evidence === 'inferred' ? 'should' : 'must')

/** A requirement that was broken: what a report quotes, and where the answer differs. */
export interface BrokenRule {
  readonly id: string
  readonly sentence: string
  readonly level: Level
  readonly evidence: Evidence
  readonly source: string
  readonly differences: readonly Difference[]
}

/** The step that broke a requirement, with all that is needed to see it again. */
export interface Failure {
  /** Counted from 1. */
  readonly step: number
  /** Such as `POST /online/v1/payment/ready`. */
  readonly action: string
  readonly requirements: readonly BrokenRule[]
  /** The flow up to this step as lines for a shell, with the key as $KEY; empty where nothing was sent. */
  readonly script: string
  readonly answer: { readonly status: number; readonly body: string } | undefined
}

export interface Result {
  readonly id: string
  readonly title: string
  /** Of a failed flow: the level of the strongest requirement that it broke. */
  readonly level: Level
  readonly evidence: Evidence
  readonly source: string
  readonly rules: readonly string[]
  readonly outcome: Outcome
  /** Why it was not evaluated, is known to fail, or what the kit itself did wrong. */
  readonly reason?: string
  /** The steps that broke a requirement, in their order. */
  readonly failures?: readonly Failure[]
  readonly ms: number
}

/** One run of the kit against one target. */
export interface Run {
  /** What was checked: a URL, a command. */
  readonly target: string
  /** Epoch ms. */
  readonly started: number
  readonly ms: number
  readonly results: readonly Result[]
}

export const outcomes: readonly Outcome[] = ['passed', 'failed', 'known failure', 'not evaluated', 'harness error']

export const countOutcomes = (results: readonly Result[]): Readonly<Record<Outcome, number>> => {
  const count = { passed: 0, failed: 0, 'known failure': 0, 'not evaluated': 0, 'harness error': 0 }
  for (const { outcome } of results) count[outcome]++
  return count
}

/** The part of an id before its first slash: what reports group by. */
export const groupOf = ({ id }: Pick<Result, 'id'>): string => id.slice(0, id.indexOf('/'))

export const grouped = (results: readonly Result[]): ReadonlyMap<string, readonly Result[]> => {
  const groups = new Map<string, Result[]>()
  for (const result of results) {
    const group = groups.get(groupOf(result))
    if (group) group.push(result)
    else groups.set(groupOf(result), [result])
  }
  return groups
}

/** Whether a failed flow counts for the exit code. */
export const counts = ({ outcome, level }: Result, failOn: Level): boolean =>
  outcome === 'failed' && (failOn === 'should' || level === 'must')

/**
 * Exit code of a run: 0 every requirement of the level holds, 1 one is broken, 4 the kit itself failed, which includes that it could
 * evaluate nothing. A broken requirement is 1 also where the kit failed elsewhere. (2 is wrong usage, 3 an unreachable target: then there
 * is no run.)
 */
export const exitCode = (results: readonly Result[], failOn: Level = 'must'): 0 | 1 | 4 => {
  if (results.some((result) => counts(result, failOn))) return 1
  const count = countOutcomes(results)
  return count['harness error'] > 0 || count['not evaluated'] === results.length ? 4 : 0
}

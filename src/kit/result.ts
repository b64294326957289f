import type { Evidence } from '../../contracts/evidence.ts'
import type { Difference } from './match.ts'

/** What became of one flow. Only `passed` means that its promises were seen to hold. */
export type Outcome = 'passed' | 'failed' | 'known failure' | 'not evaluated' | 'harness error'

/** A promise as a report quotes it. */
export interface Quoted {
  readonly id: string
  readonly sentence: string
  readonly evidence: Evidence
  readonly source: string
}

/** The step that broke a promise, with all that is needed to see it again. */
export interface Failure {
  /** Counted from 1. */
  readonly step: number
  /** Such as `POST /online/v1/payment/ready`. */
  readonly act: string
  readonly promises: readonly Quoted[]
  readonly differences: readonly Difference[]
  /** The same call for a shell, with the key as $KEY; empty where the step is no call. */
  readonly curl: string
  readonly answer: { readonly status: number; readonly body: string } | undefined
}

export interface Result {
  readonly id: string
  readonly title: string
  readonly level: 'must' | 'should'
  readonly evidence: Evidence
  readonly source: string
  readonly rules: readonly string[]
  readonly outcome: Outcome
  /** Why it was not evaluated, is known to fail, or what the kit itself did wrong. */
  readonly reason?: string
  readonly failure?: Failure
  readonly ms: number
}

/** One run of the kit against one subject. */
export interface Run {
  /** What was checked: a URL, a command. */
  readonly subject: string
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

/**
 * Exit code of a run: 0 all hold, 1 a promise is broken, 4 the kit itself failed, which includes that it could evaluate nothing.
 * (2 is wrong usage, 3 an unreachable target: then there is no run.)
 */
export const exitCode = (results: readonly Result[]): 0 | 1 | 4 => {
  const count = countOutcomes(results)
  if (count['harness error'] > 0 || count['not evaluated'] === results.length) return 4
  return count.failed > 0 ? 1 : 0
}

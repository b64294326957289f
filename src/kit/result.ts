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

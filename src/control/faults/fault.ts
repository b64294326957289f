import type { FaultName, FaultParams } from '../../../contracts/control/faults.ts'
import type { RefusalName } from '../../../contracts/refusals.ts'

/** What goes out. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** What a call came to: `ok` where the payment did it, else it was refused. */
export interface Result extends Answer {
  readonly ok: boolean
}

/** How the street is to answer. `told`: whether the client learns what the payment answered. */
export type Outcome = { readonly told: boolean } & (
  | { readonly how: 'answer'; readonly answer: Answer }
  | { readonly how: 'close' }
  /** `bytes` at a time, `ms` apart. */
  | { readonly how: 'drip'; readonly answer: Answer; readonly ms: number; readonly bytes: number }
)

export interface MethodResult {
  readonly method_result_code?: string | undefined
  readonly method_result_message?: string | undefined
}

/** The call that a fault has met, and what the fault may do with it. */
export interface Met {
  /** Name of the contract's call. */
  readonly call: string
  /** Carries it out. */
  commit(): Promise<Result>
  /** What it would answer, while nothing of it is kept. */
  rehearse(): Promise<Result>
  refuse(name: RefusalName, extras?: MethodResult): Answer
  /** Resolves after `ms`, or when the client has gone. */
  pause(ms: number): Promise<void>
  /** From 0 to 1. */
  chance(): number
}

export type Fault<N extends FaultName> = (met: Met, params: FaultParams<N>) => Promise<Outcome>

export const answer = (of: Answer, told: boolean): Outcome => ({ how: 'answer', answer: of, told })
export const close: Outcome = { how: 'close', told: false }

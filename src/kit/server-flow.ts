import type { Answer } from './answer.ts'
import type { CallStep } from './fixture.ts'
import { FlowEnded, type FlowState } from './flow.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { SentRequest } from './request.ts'
import type { BrokenRule } from './result.ts'
import type { Script } from './script.ts'
import type { Session, Target } from './target.ts'

/** Called with every answer that a call had. */
export type OnResponse = (step: CallStep, number: number, sent: SentRequest, answer: Answer) => void

/** A flow against a server. */
export interface ServerFlow extends FlowState {
  readonly target: Target
  readonly session: Session
  readonly onResponse: OnResponse
  readonly script: Script
  readonly ledger: Ledger
  /** How far the flow's clock is ahead of ours, in ms. */
  ahead: number
}

/** Adds what a step broke, and ends the flow where the rest cannot be judged. */
export const fail = (
  flow: ServerFlow,
  step: { readonly number: number; readonly action: string },
  requirements: readonly BrokenRule[],
  answer: Answer | undefined,
) => {
  if (requirements.length === 0) return
  flow.failures.push({
    step: step.number,
    action: step.action,
    requirements,
    script: flow.script.text(),
    answer: answer && { status: answer.status, body: answer.text },
  })
  const ends =
    !flow.target.goOn &&
    requirements.some(
      ({ level, differences }) => level === 'must' || differences.some(({ at }) => at === 'status' || at === 'answer'),
    )
  if (ends) throw new FlowEnded()
}

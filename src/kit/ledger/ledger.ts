import type { PayerStep } from '../fixture.ts'
import { broken } from '../judge.ts'
import { match } from '../match.ts'
import type { BrokenRule } from '../result.ts'
import { type Accepted, entries } from './entries.ts'
import type { Body } from './reading.ts'
import type { PaymentRecord, SubscriptionRecord } from './records.ts'

export type { Accepted } from './entries.ts'

/** What the flow's own calls have done so far. Each answer must agree with it. */
export interface Ledger {
  /** Judges the answer of an accepted call, and enters it. */
  accept(accepted: Accepted): readonly BrokenRule[]
  payerActed(tid: string, step: PayerStep): void
  /** The payment that is prepared or paid under this tid; undefined where the flow has none. */
  payment(tid: unknown): PaymentRecord | undefined
  subscription(sid: unknown): SubscriptionRecord | undefined
  /** From now on nothing is judged: an answer was lost, or several calls ran at once. */
  stop(): void
  readonly stopped: () => boolean
}

/** `seen`: ids of the whole run, since an id is never issued twice. */
export const createLedger = (seen: Set<string>): Ledger => {
  const payments = new Map<unknown, PaymentRecord>()
  const subscriptions = new Map<unknown, SubscriptionRecord>()
  let stopped = false
  const ledger = { payments, subscriptions, seen }
  return {
    accept(accepted) {
      if (stopped || typeof accepted.answer.json !== 'object' || accepted.answer.json === null) return []
      return entries[accepted.call](ledger, accepted, accepted.answer.json as Body)
    },
    payerActed(tid, { payer, method, install_month, point = 0, discount = 0 }) {
      const payment = payments.get(tid)
      if (!payment || payer !== 'approve') return
      const chosen = method ?? payment.choice.method
      payment.amount = { ...payment.amount, point, discount }
      payment.choice = { method: chosen, install_month: chosen === 'CARD' ? install_month : undefined }
    },
    payment: (tid) => payments.get(tid),
    subscription: (sid) => subscriptions.get(sid),
    stop() {
      stopped = true
    },
    stopped: () => stopped,
  }
}

/** Where two answers about the same thing differ: a refusal must change nothing. */
export const unchanged = (before: unknown, after: unknown, now: number): readonly BrokenRule[] =>
  broken('answer.refusal.unchanged', UNCHANGED, match(before, after, { now }, 'order after the refusal', true))

const UNCHANGED = {
  sentence: 'A refused call changes nothing: order and status answer the same before and after it.',
  evidence: 'documented',
  source: 'payment-detail',
} as const

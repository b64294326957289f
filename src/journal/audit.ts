import type * as z from 'zod'
import { movesMoney } from '../../contracts/index.ts'
import { shows } from '../namespaces/clock.ts'
import { iso } from '../payment/ledger.ts'
import type { Payment } from '../payment/payment.ts'
import type { Entry } from './entry.ts'
import { isLost, isRefusedButMoved, verdictsOf } from './judge.ts'
import type { finding } from './schema.ts'
import { type VerdictName, verdicts } from './verdicts.ts'

export type Finding = z.input<typeof finding>

/** The audit of one payment: what moved, which answers reached the merchant, what it asked afterwards, and the verdicts. */
const judge = (payment: Payment, calls: readonly Entry[]): Finding => {
  const names = keptVerdictsOf(payment, calls)
  const lost = calls.findIndex(isLost)
  return {
    tid: payment.tid,
    namespace: payment.namespace,
    partner_order_id: payment.partner_order_id,
    status: payment.status,
    moved: payment.actions.map(({ approved_at, payment_action_type, amount, aid }) => ({
      at: iso(approved_at),
      type: payment_action_type,
      total: amount.total,
      aid,
    })),
    answers: calls.map((entry) => ({
      journal: entry.id,
      time: iso(shows(entry.clock, entry.at)),
      call: entry.call ?? entry.path,
      status: entry.status,
      delivered: entry.delivered,
      text: sentence(entry),
    })),
    asked_afterwards: lost < 0 ? [] : calls.slice(lost + 1).map((entry) => entry.call ?? entry.path),
    verdicts: names.map((name) => ({ name, ...verdicts[name] })),
    settled: names.every((name) => !isOpen(verdicts[name].level)),
  }
}

/** Levels with which a payment is not settled. */
const isOpen = (level: string): boolean => level === 'unsettled' || level === 'unknown'

const sentence = (entry: Entry): string => {
  if (isRefusedButMoved(entry)) return `refused: ${entry.refusal?.refused}, but money moved`
  const moved = entry.fault?.money_moved === true ? ', money moved' : ''
  if (!entry.delivered) return `${entry.fault?.fault ?? 'the answer was lost'}${moved}: not delivered`
  if (entry.refusal) return `refused: ${entry.refusal.refused}`
  return entry.call !== null && movesMoney.has(entry.call) ? 'done, answer delivered' : 'answered'
}

const known = new WeakMap<
  Payment,
  { readonly calls: number; readonly last: Entry | undefined; readonly names: VerdictName[] }
>()

const NONE: readonly Entry[] = []

/** The first call of every payment. Where the journal no longer has it, other calls may be missing too. */
const isIncomplete = ([first]: readonly Entry[]) => first?.call !== 'ready' && first?.call !== 'subscription'

/** Without calls a verdict depends on the status and on two facts, which number the list. */
const withoutCalls = new Map<string, VerdictName[][]>()

const verdictsWithoutCalls = (payment: Payment): VerdictName[] => {
  const { status, approved_at, pg_token } = payment
  const facts = (approved_at === null ? 0 : 1) + (pg_token === null ? 0 : 2)
  const byFacts = withoutCalls.get(status) ?? []
  withoutCalls.set(status, byFacts)
  byFacts[facts] ??= verdictsOf(payment, NONE, true)
  return byFacts[facts]
}

/**
 * A payment and a call are never changed in place, so a verdict stands until a call comes or is forgotten. Of 100,000 payments most have
 * no call in the journal any more: they share a few verdicts.
 */
const keptVerdictsOf = (payment: Payment, calls: readonly Entry[]): VerdictName[] => {
  const last = calls.at(-1)
  if (!last) return verdictsWithoutCalls(payment)
  const before = known.get(payment)
  if (before && before.calls === calls.length && before.last === last) return before.names
  const names = verdictsOf(payment, calls, isIncomplete(calls))
  known.set(payment, { calls: calls.length, last, names })
  return names
}

/** Payments by how they stand: unsettled, unknown, or neither, each in the order in which they were added. */
export class Findings {
  readonly #callsOf: ReadonlyMap<string, readonly Entry[]>
  readonly #unsettled: Payment[] = []
  readonly #unknown: Payment[] = []
  readonly #others: Payment[] = []

  /** `callsOf` has the calls of a payment by its tid, in their order, as far as the journal holds them. */
  constructor(callsOf: ReadonlyMap<string, readonly Entry[]>) {
    this.#callsOf = callsOf
  }

  add(payment: Payment): void {
    const [worst = 'in-order'] = keptVerdictsOf(payment, this.#calls(payment))
    const { level } = verdicts[worst]
    const same = level === 'unsettled' ? this.#unsettled : level === 'unknown' ? this.#unknown : this.#others
    same.push(payment)
  }

  get unsettled(): number {
    return this.#unsettled.length
  }

  get unknown(): number {
    return this.#unknown.length
  }

  worstFirst(): Payment[] {
    return [...this.#unsettled, ...this.#unknown, ...this.#others]
  }

  finding(payment: Payment): Finding {
    return judge(payment, this.#calls(payment))
  }

  #calls({ tid }: Payment): readonly Entry[] {
    return this.#callsOf.get(tid) ?? NONE
  }
}

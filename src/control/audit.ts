import type * as z from 'zod'
import { type finding, type VerdictName, verdicts } from '../../contracts/control/audit.ts'
import type { Payment } from '../payment/payment.ts'
import type { Entry } from './journal/entry.ts'
import { iso } from './ledger.ts'

export type Finding = z.input<typeof finding>

/** Calls that can move money. */
const moving: ReadonlySet<string> = new Set(['approve', 'cancel', 'subscription'])

/** What the audit goes by: a payment, and its calls in their order as far as the journal holds them. */
export interface Evidence {
  readonly payment: Payment
  readonly calls: readonly Entry[]
  /** Whether the journal may have lost calls of this payment. */
  readonly incomplete: boolean
}

const level = { unsettled: 0, notice: 1, settled: 2 } as const

/** What moved, what the merchant was told, what it asked afterwards, and what is to be thought of it. */
export const judge = ({ payment, calls, incomplete }: Evidence, idOf: (entry: Entry) => string): Finding => {
  const names = verdictsOf(payment, calls, incomplete)
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
    told: calls.map((entry) => ({
      journal: idOf(entry),
      time: iso(entry.at),
      call: entry.call ?? entry.path,
      status: entry.status,
      told: entry.told,
      text: sentence(entry),
    })),
    asked_afterwards: lost < 0 ? [] : calls.slice(lost + 1).map((entry) => entry.call ?? entry.path),
    verdicts: names.map((name) => ({ name, ...verdicts[name] })),
    settled: names.every((name) => verdicts[name].level !== 'unsettled'),
  }
}

/** The answer did not arrive, although money moved. */
const isLost = (entry: Entry): boolean => !entry.told && entry.met?.money_moved === true

/** An answer that tells the merchant of the money: its own success, order's, or that it was paid already. */
const isTold = (entry: Entry, call: string): boolean =>
  entry.told && ((entry.call === call && entry.status === 200) || (entry.call === 'order' && entry.status === 200))

const sentence = (entry: Entry): string => {
  const moved = entry.met?.money_moved === true ? ', money moved' : ''
  if (!entry.told) return `${entry.met?.fault ?? 'the answer was lost'}${moved}: the merchant was not told`
  if (entry.refusal) return `refused: ${entry.refusal.refused}`
  return entry.call !== null && moving.has(entry.call) ? 'done, and told so' : 'answered'
}

const verdictsOf = (payment: Payment, calls: readonly Entry[], incomplete: boolean): VerdictName[] => {
  const found: VerdictName[] = []
  const approves = calls.filter((entry) => entry.call === 'approve')
  const paid = payment.approved_at !== null
  const lost = calls.findIndex((entry) => isLost(entry) && (entry.call === 'approve' || entry.call === 'subscription'))
  if (lost >= 0) {
    const call = calls[lost]?.call ?? 'approve'
    const looked = calls.slice(lost + 1).some((entry) => isTold(entry, call) || tellsPaid(entry))
    found.push(looked ? 'answer-recovered' : 'answer-lost')
  }
  if (!paid && payment.pg_token !== null && approves.length === 0) found.push('token-never-used')
  if (!paid && approves.length > 0) found.push('approve-refused')
  if (paid && triedAgain(approves)) found.push('approved-twice-tried')
  if (cancelledUntold(calls)) found.push('cancelled-more-than-told')
  if (incomplete) found.push('calls-forgotten')
  return found.length === 0 ? ['in-order'] : found.sort((a, b) => level[verdicts[a].level] - level[verdicts[b].level])
}

/** "payment is already done!" tells as much as order does. */
const tellsPaid = (entry: Entry) => entry.told && entry.call === 'approve' && entry.refusal?.refused === 'already-paid'

const succeeded = (entry: Entry) => (entry.met ? entry.met.money_moved : entry.status === 200)

const triedAgain = (approves: readonly Entry[]): boolean => {
  const first = approves.findIndex(succeeded)
  return first >= 0 && approves.length > first + 1
}

/** A cancel that was carried out without the merchant's knowledge, and nothing asked since. */
const cancelledUntold = (calls: readonly Entry[]): boolean => {
  const last = calls.findLastIndex((entry) => entry.call === 'cancel' && isLost(entry))
  return last >= 0 && !calls.slice(last + 1).some((entry) => entry.call === 'order' && isTold(entry, 'order'))
}

/** The audit as text, one payment a paragraph. */
export const auditText = (audit: {
  readonly findings: readonly Finding[]
  readonly payments: number
  readonly unsettled: number
  readonly unfired: readonly string[]
}): string => {
  const lines = [`${audit.payments} payments, ${audit.unsettled} unsettled, ${audit.unfired.length} scenarios unfired`]
  for (const finding of audit.findings) {
    lines.push(
      '',
      `${finding.settled ? 'settled  ' : 'UNSETTLED'} ${finding.tid} ${finding.partner_order_id} ${finding.status}`,
    )
    for (const { level: grade, text } of finding.verdicts) lines.push(`  ${grade}: ${text}`)
    for (const { at, type, total } of finding.moved) lines.push(`  moved ${at} ${type} ${total} KRW`)
    for (const { time, call, status, text } of finding.told)
      lines.push(`  told  ${time} ${call} ${status ?? '–'} ${text}`)
    if (finding.asked_afterwards.length > 0) lines.push(`  then asked: ${finding.asked_afterwards.join(', ')}`)
  }
  if (audit.unfired.length > 0) lines.push('', `armed and never fired: ${audit.unfired.join(', ')}`)
  return `${lines.join('\n')}\n`
}

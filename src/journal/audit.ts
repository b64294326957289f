import type * as z from 'zod'
import { movesMoney } from '../../contracts/index.ts'
import { shows } from '../namespaces/clock.ts'
import { iso } from '../payment/ledger.ts'
import type { Payment } from '../payment/payment.ts'
import type { Entry } from './entry.ts'
import type { audit, finding } from './schema.ts'
import { type VerdictName, verdicts } from './verdicts.ts'

export type Finding = z.input<typeof finding>
type Audit = z.input<typeof audit>

/** What the audit goes by: a payment, and its calls in their order as far as the journal holds them. */
export interface Evidence {
  readonly payment: Payment
  readonly calls: readonly Entry[]
  /** Whether the journal may have lost calls of this payment. */
  readonly incomplete: boolean
}

const order = { unsettled: 0, unknown: 1, notice: 2, settled: 3 } as const

/** What moved, what the merchant was told, what it asked afterwards, and what is to be thought of it. */
export const judge = ({ payment, calls, incomplete }: Evidence): Finding => {
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

/** Neither of them lets a payment be called settled. */
const isOpen = (level: string): boolean => level === 'unsettled' || level === 'unknown'

/** The answer did not arrive, although money moved. */
const isLost = (entry: Entry): boolean => !entry.delivered && entry.fault?.money_moved === true

/** A refusal that the merchant got although money moved. */
const isRefusedButMoved = (entry: Entry): boolean =>
  isLost(entry) && entry.refusal !== null && entry.status !== null && entry.status < 500

/** Its own success, and the merchant got it. */
const succeededAndDelivered = (entry: Entry): boolean => entry.delivered && entry.status === 200

/** What an order's answer shows; undefined where it is no such answer, null where it is one too long to be kept whole. */
const shownByOrder = (entry: Entry): OrderShows | null | undefined => {
  if (entry.call !== 'order' || !succeededAndDelivered(entry)) return undefined
  try {
    return JSON.parse(entry.response ?? '') as OrderShows
  } catch {
    return null
  }
}

interface OrderShows {
  readonly approved_at?: string | null
  readonly canceled_amount?: { readonly total?: number } | null
}

const sentence = (entry: Entry): string => {
  if (isRefusedButMoved(entry)) return `refused: ${entry.refusal?.refused}, but money moved`
  const moved = entry.fault?.money_moved === true ? ', money moved' : ''
  if (!entry.delivered) return `${entry.fault?.fault ?? 'the answer was lost'}${moved}: not delivered`
  if (entry.refusal) return `refused: ${entry.refusal.refused}`
  return entry.call !== null && movesMoney.has(entry.call) ? 'done, answer delivered' : 'answered'
}

const verdictsOf = (payment: Payment, calls: readonly Entry[], incomplete: boolean): VerdictName[] => {
  const approves = calls.filter((entry) => entry.call === 'approve')
  const paid = payment.approved_at !== null
  const found: VerdictName[] = []
  if (paid && !calls.some(reportsPaid))
    found.push(incomplete && !calls.some(isLostPayment) ? 'delivery-unknown' : lostName(calls))
  if (paid && wasRecovered(calls))
    found.push(lostName(calls) === 'answer-lost' ? 'answer-recovered' : 'refused-but-moved-recovered')
  if (!paid && payment.pg_token !== null && approves.length === 0)
    found.push(incomplete ? 'delivery-unknown' : 'token-never-used')
  if (!paid && approves.length > 0) found.push('approve-refused')
  if (paid && triedAgain(approves)) found.push('approved-twice-tried')
  const cancels = cancelsDelivered(payment, calls)
  const refusedCancel = calls.some((entry) => entry.call === 'cancel' && isRefusedButMoved(entry))
  if (cancels === 'lost') found.push(refusedCancel ? 'refused-but-moved' : 'cancel-answer-lost')
  if (cancels === 'delivered' && refusedCancel) found.push('refused-but-moved-recovered')
  if (cancels === 'unproven') found.push(incomplete ? 'delivery-unknown' : 'cancel-answer-lost')
  if (incomplete) found.push('calls-forgotten')
  const names = [...new Set(found)]
  return names.length === 0 ? ['in-order'] : names.sort((a, b) => order[verdicts[a].level] - order[verdicts[b].level])
}

/** How the answer was lost: replaced by a refusal, or in another way. */
const lostName = (calls: readonly Entry[]) =>
  calls.some((entry) => isLostPayment(entry) && isRefusedButMoved(entry)) ? 'refused-but-moved' : 'answer-lost'

const isLostPayment = (entry: Entry): boolean =>
  isLost(entry) && (entry.call === 'approve' || entry.call === 'subscription')

/** An answer by which the merchant knows of the payment: its success, order's once it was paid, or "payment is already done!". */
const reportsPaid = (entry: Entry): boolean => {
  if (entry.call === 'approve' || entry.call === 'subscription')
    return succeededAndDelivered(entry) || (entry.delivered && entry.refusal?.refused === 'already-paid')
  const shown = shownByOrder(entry)
  // One too long to be kept whole lists what was done to the payment: it was paid.
  return shown === null || (shown?.approved_at ?? null) !== null
}

const wasRecovered = (calls: readonly Entry[]): boolean => {
  const lost = calls.findIndex(isLostPayment)
  return lost >= 0 && calls.slice(lost + 1).some(reportsPaid)
}

const succeeded = (entry: Entry) => (entry.fault ? entry.fault.money_moved : entry.status === 200)

const triedAgain = (approves: readonly Entry[]): boolean => {
  const first = approves.findIndex(succeeded)
  return first >= 0 && approves.length > first + 1
}

/**
 * Whether the merchant knows of every cancel. `told`: each was answered, or order was asked since and showed the same sum. `untold`: one
 * was carried out whose answer was lost. `unproven`: no call in the journal says either.
 */
const cancelsDelivered = (payment: Payment, calls: readonly Entry[]): 'delivered' | 'lost' | 'unproven' => {
  const done = payment.actions.filter((action) => action.payment_action_type === 'CANCEL').length
  const last = calls.findLastIndex((entry) => entry.call === 'cancel' && isLost(entry))
  const asked = calls.slice(last + 1).some((entry) => showsCancels(entry, payment))
  if (done === 0 || asked) return 'delivered'
  if (last >= 0) return 'lost'
  const answered = calls.filter((entry) => entry.call === 'cancel' && succeededAndDelivered(entry)).length
  return answered >= done ? 'delivered' : 'unproven'
}

/** One too long to be kept whole cannot be read; the merchant asked all the same. */
const showsCancels = (entry: Entry, { canceled }: Payment): boolean => {
  const shown = shownByOrder(entry)
  return shown === null || (shown !== undefined && (shown.canceled_amount?.total ?? 0) === canceled.total)
}

/** How many payments have a verdict of this level. */
export const countOf = (findings: readonly Finding[], level: 'unsettled' | 'unknown'): number =>
  findings.filter((finding) => finding.verdicts[0]?.level === level).length

/** Unsettled ones first, then unknown ones, the rest in their order. */
export const worstFirst = (findings: readonly Finding[]): Finding[] => [...findings].sort((a, b) => rank(a) - rank(b))

const rank = (finding: Finding): number => {
  const level = finding.verdicts[0]?.level ?? 'settled'
  return isOpen(level) ? order[level] : order.settled
}

const heading = (finding: Finding): string => {
  if (finding.settled) return 'settled  '
  return finding.verdicts[0]?.level === 'unknown' ? 'UNKNOWN  ' : 'UNSETTLED'
}

/** The audit as text, one payment a paragraph. */
export const auditText = (audit: Audit): string => {
  const unknown = audit.unknown > 0 ? ` ${audit.unknown} unknown,` : ''
  const lines = [
    `${audit.payments} payments, ${audit.unsettled} unsettled,${unknown} ${audit.unfired.length} faults unfired`,
  ]
  if (!audit.journal) lines.push('the journal is off: which answers reached the merchants is not known')
  if (audit.calls_forgotten > 0)
    lines.push(`the journal has forgotten ${audit.calls_forgotten} calls for newer ones; --journal-length keeps more`)
  for (const finding of audit.findings) {
    const { tid, partner_order_id, status } = finding
    lines.push('', `${heading(finding)} ${tid} ${partner_order_id} ${status}`)
    for (const { level: grade, text } of finding.verdicts) lines.push(`  ${grade}: ${text}`)
    for (const { at, type, total } of finding.moved) lines.push(`  moved ${at} ${type} ${total} KRW`)
    for (const { time, call, status, text } of finding.answers)
      lines.push(`  answer ${time} ${call} ${status ?? '–'} ${text}`)
    if (finding.asked_afterwards.length > 0) lines.push(`  then asked: ${finding.asked_afterwards.join(', ')}`)
  }
  const left = audit.payments - audit.findings.length
  if (left > 0) lines.push('', `${left} more payments; limit shows more`)
  if (audit.unfired.length > 0) lines.push('', `armed and never fired: ${audit.unfired.join(', ')}`)
  return `${lines.join('\n')}\n`
}

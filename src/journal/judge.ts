import type { Payment } from '../payment/payment.ts'
import type { Entry } from './entry.ts'
import { type VerdictName, verdicts } from './verdicts.ts'

const order = { unsettled: 0, unknown: 1, notice: 2, settled: 3 } as const

/** The answer did not arrive, although money moved. */
export const isLost = (entry: Entry): boolean => !entry.delivered && entry.fault?.money_moved === true

/** A refusal that the merchant got although money moved. */
export const isRefusedButMoved = (entry: Entry): boolean =>
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

/** The verdicts of a payment, the worst first. */
export const verdictsOf = (payment: Payment, calls: readonly Entry[], incomplete: boolean): VerdictName[] => {
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

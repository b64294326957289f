import { type Amount, defaultVat, minus } from './amount.ts'
import type { Payment } from './payment.ts'

/** Total, tax-free part and VAT of one movement, in KRW. */
interface LedgerAmounts {
  readonly total: number
  readonly tax_free: number
  readonly vat: number
}

/** One line of the ledger: what moved and what can still be cancelled after it. Instants are ISO 8601 in UTC, amounts KRW. */
export interface LedgerLine {
  readonly at: string
  readonly aid: string | null
  readonly type: 'ORDER' | 'PAYMENT' | 'CANCEL' | 'ISSUED_SID'
  readonly moved: LedgerAmounts
  readonly left: LedgerAmounts
  /** How the VAT was computed. */
  readonly vat: string
}

const amountsOf = ({ total, tax_free, vat }: Amount) => ({ total, tax_free, vat })

/** One line for the order and one for each movement of money, with what is left to cancel and how each VAT was computed. In KRW. */
export const ledgerOf = (payment: Payment): LedgerLine[] => {
  const nothing = { total: 0, tax_free: 0, vat: 0 }
  const ordered: LedgerLine = {
    at: iso(payment.created_at),
    aid: null,
    type: 'ORDER',
    moved: amountsOf(payment.amount),
    left: nothing,
    vat: vatSentence(payment.amount),
  }
  let left: Amount | null = null
  const lines = payment.actions.map((action): LedgerLine => {
    const before = left
    left = action.payment_action_type === 'CANCEL' ? minus(left ?? payment.amount, action.amount) : action.amount
    return {
      at: iso(action.approved_at),
      aid: action.aid,
      type: action.payment_action_type,
      moved: amountsOf(action.amount),
      left: amountsOf(left),
      vat: action.payment_action_type === 'CANCEL' ? cancelSentence(action.amount, before) : vatSentence(action.amount),
    }
  })
  return [ordered, ...lines]
}

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()

const vatSentence = ({ total, tax_free, vat }: Amount): string => {
  const rule = `(${total} − ${tax_free}) / 11, rounded, is ${defaultVat(total, tax_free)}`
  return vat === defaultVat(total, tax_free) ? `vat ${vat}: ${rule}` : `vat ${vat}: as it was sent; ${rule}`
}

const cancelSentence = (cancelled: Amount, before: Amount | null): string =>
  before !== null && cancelled.total === before.total && cancelled.vat === before.vat
    ? `vat ${cancelled.vat}: all that was left`
    : vatSentence(cancelled)

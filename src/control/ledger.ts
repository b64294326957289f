import type * as z from 'zod'
import type { ledgerLine } from '../../contracts/control/payments.ts'
import { type Amount, defaultVat, minus } from '../payment/amount.ts'
import type { Payment } from '../payment/payment.ts'

export type LedgerLine = z.input<typeof ledgerLine>

const family = ({ total, tax_free, vat }: Amount) => ({ total, tax_free, vat })

/** The payment's sum, line by line: what was ordered, what moved, what is left to cancel, and how each VAT comes about. In KRW. */
export const ledgerOf = (payment: Payment): LedgerLine[] => {
  const nothing = { total: 0, tax_free: 0, vat: 0 }
  const ordered: LedgerLine = {
    at: iso(payment.created_at),
    aid: null,
    type: 'ORDER',
    moved: family(payment.amount),
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
      moved: family(action.amount),
      left: family(left),
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

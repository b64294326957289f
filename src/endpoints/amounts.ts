import { type Amount, defaultVat } from '../payment/amount.ts'
import type { Check } from '../payment/refusal.ts'

/** The amounts that ready and subscription take, in KRW. */
export interface OrderedAmounts {
  readonly total_amount: number
  readonly tax_free_amount: number
  readonly vat_amount?: number | undefined
  readonly green_deposit?: number | undefined
}

/** The amounts of a new payment. VAT that is not sent is computed. */
export const orderedAmount = (order: OrderedAmounts): Amount => ({
  total: order.total_amount,
  tax_free: order.tax_free_amount,
  vat: order.vat_amount ?? defaultVat(order.total_amount, order.tax_free_amount),
  point: 0,
  discount: 0,
  green_deposit: order.green_deposit ?? 0,
})

/** Tax-free part and VAT must fit into the total. `call` is the prefix of the rules' ids. */
export const amountChecks = (call: 'ready' | 'subscription'): Check<OrderedAmounts>[] => [
  {
    rule: `${call}.tax_free_amount.within-total`,
    refused: 'amount-info-wrong',
    violates: ({ tax_free_amount, total_amount }) =>
      tax_free_amount > total_amount && {
        explanation: ` tax_free_amount(${tax_free_amount}) must not be more than total_amount(${total_amount}).`,
      },
  },
  {
    rule: `${call}.vat_amount.within-taxable`,
    refused: 'amount-info-wrong',
    violates: ({ vat_amount = 0, total_amount, tax_free_amount }) =>
      vat_amount > Math.max(0, total_amount - tax_free_amount) && {
        explanation: ` vat_amount(${vat_amount}) must not be more than total_amount - tax_free_amount(${total_amount - tax_free_amount}).`,
      },
  },
]

import { type Amount, defaultVat, minus, plus } from './amount.ts'
import type { Payment } from './payment.ts'
import { type Check, firstBroken, type Refusal } from './refusal.ts'
import { type CancelAmounts, closingChecks, remainingChecks } from './remaining.ts'

/** What the merchant sends to cancel, and what the change needs from outside. `now` is epoch ms, amounts KRW. */
export interface Cancelation {
  readonly cancel_amount: number
  readonly cancel_tax_free_amount: number
  readonly cancel_vat_amount?: number | undefined
  readonly cancel_available_amount?: number | undefined
  readonly payload?: string | undefined
  readonly aid: string
  readonly now: number
  /** A default VAT that is more than what is left: refused, or cut to what is left. */
  readonly vatRemainder: 'refuse' | 'clamp'
}

interface Input {
  readonly payment: Payment
  readonly cancelation: Cancelation
}

/** What can still be given back: nothing before the money has moved, and nothing of a sid that was issued for 0 won. */
export const remainingOf = (payment: Payment): Amount => minus(payment.amount, payment.canceled)

const isCancelable = ({ status }: Payment) => status === 'SUCCESS_PAYMENT' || status === 'PART_CANCEL_PAYMENT'

const stateChecks: Check<Input>[] = [
  {
    rule: 'cancel.state.paid',
    refused: 'not-cancelable',
    violates: ({ payment }) =>
      !isCancelable(payment) && {
        explanation:
          payment.status === 'CANCEL_PAYMENT'
            ? ` all of ${payment.amount.total} won is given back already.`
            : ` its status is ${payment.status}: nothing was paid that could be given back.`,
      },
  },
  {
    rule: 'cancel.green_deposit.whole',
    refused: 'not-cancelable',
    violates: ({ payment, cancelation }) =>
      payment.amount.green_deposit > 0 &&
      cancelation.cancel_amount < remainingOf(payment).total && {
        explanation: ` it has a green_deposit of ${payment.amount.green_deposit} won and can only be cancelled whole: send cancel_amount ${remainingOf(payment).total}.`,
      },
  },
]

/** Gives the money back, or says why not. */
export const cancel = (
  payment: Payment,
  cancelation: Cancelation,
  rulesOff: ReadonlySet<string>,
): Payment | Refusal => {
  const refusal = firstBroken(stateChecks, { payment, cancelation }, rulesOff)
  if (refusal) return refusal
  const sum = sumOf(payment, cancelation)
  return (
    firstBroken(remainingChecks, sum, rulesOff) ??
    firstBroken(closingChecks, sum, rulesOff) ??
    canceled(payment, sum, cancelation)
  )
}

/** The amounts of a cancel, its VAT worked out where the merchant left it out, beside what is left. */
const sumOf = (payment: Payment, asked: Cancelation): CancelAmounts => {
  const left = remainingOf(payment)
  const takesAll = asked.cancel_amount === left.total
  const standard = defaultVat(asked.cancel_amount, asked.cancel_tax_free_amount)
  const stated = asked.cancel_vat_amount
  const clamped = asked.vatRemainder === 'clamp' ? Math.min(standard, left.vat) : standard
  return {
    total: asked.cancel_amount,
    taxFree: asked.cancel_tax_free_amount,
    vat: stated ?? (takesAll ? left.vat : clamped),
    statesVat: stated !== undefined,
    takesAll,
    saysLeft: asked.cancel_available_amount,
    approved: payment.amount,
    left,
  }
}

/**
 * A cancel gives back what was paid by card or money first, then points, then the discount (ours: no rule was published), so a cancel
 * of all that is left includes both.
 */
const backFromPoints = ({ total, left }: CancelAmounts): Pick<Amount, 'point' | 'discount'> => {
  const beyondMoney = Math.max(0, total - (left.total - left.point - left.discount))
  const point = Math.min(left.point, beyondMoney)
  return { point, discount: Math.min(left.discount, beyondMoney - point) }
}

const canceled = (payment: Payment, sum: CancelAmounts, { aid, now, payload }: Cancelation): Payment => {
  const amount: Amount = {
    total: sum.total,
    tax_free: sum.taxFree,
    vat: sum.vat,
    ...backFromPoints(sum),
    green_deposit: sum.takesAll ? sum.left.green_deposit : 0,
  }
  return {
    ...payment,
    status: sum.takesAll ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT',
    canceled: plus(payment.canceled, amount),
    canceled_at: now,
    actions: [
      ...payment.actions,
      { aid, payment_action_type: 'CANCEL', amount, approved_at: now, payload: payload ?? null },
    ],
  }
}

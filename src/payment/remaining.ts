import type { Amount } from './amount.ts'
import type { Check } from './refusal.ts'

/** One cancel beside what is left to cancel, in KRW. */
export interface CancelAmounts {
  readonly total: number
  readonly taxFree: number
  readonly vat: number
  /** The merchant said the VAT; otherwise it was worked out. */
  readonly statesVat: boolean
  readonly takesAll: boolean
  /** cancel_available_amount as the merchant sent it. */
  readonly saysLeft: number | undefined
  readonly approved: Amount
  readonly left: Amount
}

const remains = ({ left }: CancelAmounts) => `left: total ${left.total}, tax_free ${left.tax_free}, vat ${left.vat}`

const wholeInstead = ({ left }: CancelAmounts) =>
  `for all of it: cancel_amount ${left.total}, cancel_tax_free_amount ${left.tax_free}, cancel_vat_amount ${left.vat}`

/** The amounts of a cancel must be consistent and not exceed what is left. The order is ours. */
export const remainingChecks: Check<CancelAmounts>[] = [
  {
    rule: 'cancel.cancel_tax_free_amount.within-cancel',
    refused: 'amount-info-wrong',
    violates: ({ total, taxFree }) =>
      taxFree > total && {
        explanation: ` cancel_tax_free_amount(${taxFree}) must not be more than cancel_amount(${total}).`,
      },
  },
  {
    rule: 'cancel.cancel_vat_amount.within-taxable',
    refused: 'amount-info-wrong',
    violates: ({ total, taxFree, vat, statesVat, takesAll, left }) =>
      statesVat &&
      vat > Math.max(0, total - taxFree) &&
      // Earlier cancels may have left more VAT than taxable won; a cancel of all that is left must be able to state it.
      !(takesAll && vat === left.vat) && {
        explanation: ` cancel_vat_amount(${vat}) must not be more than cancel_amount - cancel_tax_free_amount(${total - taxFree}).`,
      },
  },
  {
    rule: 'cancel.cancel_amount.approved',
    refused: 'cancel-above-approved',
    violates: (sum) =>
      sum.total > sum.approved.total && {
        explanation: ` cancel_amount is ${sum.total}, approved were ${sum.approved.total}; ${remains(sum)}. send at most ${sum.left.total}.`,
      },
  },
  {
    rule: 'cancel.cancel_amount.left',
    refused: 'cancel-above-available',
    violates: (sum) =>
      sum.total > sum.left.total && {
        explanation: `: cancel_amount is ${sum.total}; ${remains(sum)}. send at most ${sum.left.total}.`,
      },
  },
  {
    rule: 'cancel.cancel_tax_free_amount.left',
    refused: 'cancel-above-available',
    violates: (sum) =>
      sum.taxFree > sum.left.tax_free && {
        explanation: `: cancel_tax_free_amount is ${sum.taxFree}; ${remains(sum)}. send at most ${sum.left.tax_free}; ${wholeInstead(sum)}.`,
      },
  },
  {
    rule: 'cancel.taxable.left',
    refused: 'cancel-above-available',
    violates: (sum) => {
      const asked = sum.total - sum.taxFree
      const taxable = sum.left.total - sum.left.tax_free
      return (
        asked > taxable && {
          explanation: `: cancel_amount - cancel_tax_free_amount is ${asked}; ${remains(sum)}, taxable ${taxable}. send cancel_tax_free_amount ${sum.total - taxable} or more; ${wholeInstead(sum)}.`,
        }
      )
    },
  },
  {
    rule: 'cancel.cancel_vat_amount.left',
    refused: 'cancel-above-available',
    violates: (sum) => sum.vat > sum.left.vat && { explanation: vatExplained(sum) },
  },
]

/** The default VAT of each part is rounded on its own, so the parts can add up to more than the whole: the message explains the number. */
const vatExplained = (sum: CancelAmounts): string => {
  const origin = sum.statesVat
    ? `cancel_vat_amount is ${sum.vat}`
    : `cancel_vat_amount is not sent, so it is round((${sum.total} - ${sum.taxFree}) / 11) = ${sum.vat}`
  return `: ${origin}; ${remains(sum)}. send cancel_vat_amount ${sum.left.vat} or less; ${wholeInstead(sum)}.`
}

/** Checked once the amounts fit: no VAT remains, and cancel_available_amount is right where it was sent. */
export const closingChecks: Check<CancelAmounts>[] = [
  {
    rule: 'cancel.cancel_vat_amount.closes',
    refused: 'amount-info-wrong',
    violates: (sum) =>
      sum.takesAll &&
      sum.vat !== sum.left.vat && {
        explanation: ` cancel_amount ${sum.total} takes all that is left, but cancel_vat_amount ${sum.vat} would leave ${sum.left.vat - sum.vat} of the VAT behind; ${remains(sum)}. send cancel_vat_amount ${sum.left.vat}, or leave it out.`,
      },
  },
  {
    rule: 'cancel.cancel_available_amount.equal',
    refused: 'amount-info-wrong',
    violates: (sum) =>
      sum.saysLeft !== undefined &&
      sum.saysLeft !== sum.left.total && {
        explanation: ` cancel_available_amount is ${sum.saysLeft}; ${remains(sum)}. send cancel_available_amount ${sum.left.total}, or leave it out.`,
      },
  },
]

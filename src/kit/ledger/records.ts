/** Amounts of one family in KRW, as answers have them. */
export interface Amounts {
  readonly total: number
  readonly tax_free: number
  readonly vat: number
  readonly point: number
  readonly discount: number
  readonly green_deposit: number
}

export const NOTHING: Amounts = { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 }

const combine = (a: Amounts, b: Amounts, sign: 1 | -1): Amounts => ({
  total: a.total + sign * b.total,
  tax_free: a.tax_free + sign * b.tax_free,
  vat: a.vat + sign * b.vat,
  point: a.point + sign * b.point,
  discount: a.discount + sign * b.discount,
  green_deposit: a.green_deposit + sign * b.green_deposit,
})

export const plus = (a: Amounts, b: Amounts): Amounts => combine(a, b, 1)
export const minus = (a: Amounts, b: Amounts): Amounts => combine(a, b, -1)

/** The documented default VAT: an eleventh of the taxable amount, rounded. */
export const defaultVat = (total: number, taxFree: number): number => Math.round((total - taxFree) / 11)

/** What the payer chose; undefined where the kit does not know it. */
export interface PayerChoice {
  readonly method: 'CARD' | 'MONEY' | undefined
  readonly install_month: number | undefined
}

/** One act that moved money. */
export interface Act {
  readonly type: 'PAYMENT' | 'CANCEL' | 'ISSUED_SID'
  readonly aid: unknown
  readonly amount: Amounts
  readonly at: unknown
  readonly payload: string | undefined
}

/** A payment as the flow's own requests and the server's answers made it. */
export interface PaymentRecord {
  readonly tid: string
  readonly cid: string
  /** `cid_secret`, where the merchant sends one. */
  readonly secret: Readonly<Record<string, unknown>>
  readonly order: {
    readonly partner_order_id: string
    readonly partner_user_id: string
    readonly item_name: string
    readonly item_code: string | undefined
    readonly quantity: number
  }
  /** Points and discount are known once the payer has acted. */
  amount: Amounts
  readonly created_at: unknown
  choice: PayerChoice
  sid: string | undefined
  canceled: Amounts
  approved_at: unknown
  canceled_at: unknown
  readonly acts: Act[]
}

/** What the payer chose is known from the first answer that says it; later answers must agree. */
export const learnChoice = (payment: PaymentRecord, answer: Readonly<Record<string, unknown>>) => {
  const method = answer['payment_method_type']
  if (payment.choice.method === undefined && (method === 'CARD' || method === 'MONEY'))
    payment.choice = { ...payment.choice, method }
}

/** A subscription as the flow's own requests and the server's answers made it. */
export interface SubscriptionRecord {
  readonly sid: string
  readonly cid: string
  /** `cid_secret`, where the merchant sends one. */
  readonly secret: Readonly<Record<string, unknown>>
  readonly item_name: string
  /** A later payment had another item_name: which of them status answers was never published. */
  renamed: boolean
  readonly choice: PayerChoice
  /** Undefined: not answered yet. */
  created_at: unknown
  last_approved_at: unknown
  active: boolean
  inactivated_at: unknown
}

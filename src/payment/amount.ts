/** A family of amounts in KRW, in the order in which KakaoPay sends them. `total` includes all the others. */
export interface Amount {
  readonly total: number
  readonly tax_free: number
  readonly vat: number
  readonly point: number
  readonly discount: number
  readonly green_deposit: number
}

export const NOTHING: Amount = { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 }

/**
 * The documented default VAT in KRW: (total − tax free) / 11, rounded. A remainder of exactly one half cannot occur when an integer
 * is divided by 11, so the kind of rounding makes no difference.
 */
export const defaultVat = (total: number, taxFree: number): number => Math.round((total - taxFree) / 11)

export const plus = (a: Amount, b: Amount): Amount => combine(a, b, 1)
export const minus = (a: Amount, b: Amount): Amount => combine(a, b, -1)

const combine = (a: Amount, b: Amount, sign: 1 | -1): Amount => ({
  total: a.total + sign * b.total,
  tax_free: a.tax_free + sign * b.tax_free,
  vat: a.vat + sign * b.vat,
  point: a.point + sign * b.point,
  discount: a.discount + sign * b.discount,
  green_deposit: a.green_deposit + sign * b.green_deposit,
})

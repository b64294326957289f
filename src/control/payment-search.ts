import { isExpired, type Payment } from '../payment/payment.ts'

/** The orders in which payments can be listed. */
export const orders = ['newest', 'oldest', 'largest', 'smallest'] as const
export type Order = (typeof orders)[number]

/** What a list of payments is narrowed to; undefined matches any. */
export interface PaymentFilter {
  readonly status?: string | undefined
  readonly expired?: 'true' | 'false' | undefined
  readonly order_id?: string | undefined
  readonly sid?: string | undefined
  readonly text?: string | undefined
}

/** What a search looks in. A payment is never changed in place, so its text is made once: 100,000 of them are searched at every keystroke. */
const texts = new WeakMap<Payment, string>()

const textOf = (p: Payment): string => {
  const known = texts.get(p)
  if (known !== undefined) return known
  const text = [p.tid, p.partner_order_id, p.partner_user_id, p.item_name, p.cid].join('\n').toLowerCase()
  texts.set(p, text)
  return text
}

const compare: Readonly<Record<Exclude<Order, 'newest' | 'oldest'>, (a: Payment, b: Payment) => number>> = {
  largest: (a, b) => b.amount.total - a.amount.total,
  smallest: (a, b) => a.amount.total - b.amount.total,
}

/** The payments that match, in this order. `all` comes newest first; `nowOf` gives the clock of a payment's namespace. */
export const searched = (
  all: readonly Payment[],
  { status, expired, order_id, sid, text }: PaymentFilter,
  order: Order,
  nowOf: (namespace: string) => number,
): readonly Payment[] => {
  const wanted = text?.toLowerCase()
  const found = all.filter(
    (p) =>
      (status === undefined || p.status === status) &&
      (order_id === undefined || p.partner_order_id === order_id) &&
      (sid === undefined || p.sid === sid) &&
      (wanted === undefined || textOf(p).includes(wanted)) &&
      (expired === undefined || String(isExpired(p, nowOf(p.namespace))) === expired),
  )
  if (order === 'newest') return found
  return order === 'oldest' ? found.reverse() : found.sort(compare[order])
}

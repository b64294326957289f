import { forEachInSlices, sortInSlices } from '../journal/slice.ts'
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

/** tid and cid hold nothing else. */
const CODE = /^[0-9a-z]+$/i

/**
 * Finds a text in any case, without a lower-case copy of every field: 100,000 payments are searched at each keystroke. What is found must
 * also stand in what is shown, or a search would find out secrets letter by letter.
 */
const finder = (text: string, mask: Mask) => {
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i')
  const isCode = CODE.test(text)
  const has = (field: string) => pattern.test(field) && pattern.test(mask(field))
  return (p: Payment): boolean =>
    has(p.item_name) ||
    has(p.partner_order_id) ||
    has(p.partner_user_id) ||
    (isCode && (pattern.test(p.tid) || has(p.cid)))
}

const compare: Readonly<Record<Exclude<Order, 'newest' | 'oldest'>, (a: Payment, b: Payment) => number>> = {
  largest: (a, b) => b.amount.total - a.amount.total,
  smallest: (a, b) => a.amount.total - b.amount.total,
}

/** A field as it is shown: without secrets. */
type Mask = (text: string) => string

/** The payments that match, in this order. `all` comes newest first; `nowOf` gives the clock of a payment's namespace. */
export const searched = async (
  all: readonly Payment[],
  { status, expired, order_id, sid, text }: PaymentFilter,
  order: Order,
  nowOf: (namespace: string) => number,
  mask: Mask,
): Promise<readonly Payment[]> => {
  const isFound = text === undefined ? () => true : finder(text, mask)
  const matches = (p: Payment) =>
    (status === undefined || p.status === status) &&
    (order_id === undefined || p.partner_order_id === order_id) &&
    (sid === undefined || p.sid === sid) &&
    (expired === undefined || String(isExpired(p, nowOf(p.namespace))) === expired) &&
    isFound(p)
  const found: Payment[] = []
  await forEachInSlices(all, (p) => {
    if (matches(p)) found.push(p)
  })
  if (order === 'newest') return found
  return order === 'oldest' ? found.reverse() : sortInSlices(found, compare[order])
}

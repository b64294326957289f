import type { Step } from '../fixture.ts'
import { accepted, SUBSCRIPTION } from './base.ts'

type Fields = Readonly<Record<string, unknown>>

/** A prepared payment under a name of its own: `{{tid_a}}`. */
export const ready = (name: string, changes: Fields = {}): Step =>
  accepted('ready', { partner_order_id: `order-${name}-{{case}}`, ...changes }, { keep: { [`tid_${name}`]: '/tid' } })

/** The payer acts at the payment that was prepared last. */
export const pays = (name: string, choice: Fields = {}): Step => ({
  payer: 'approve',
  method: 'MONEY',
  ...choice,
  keep: { [`token_${name}`]: 'pg_token' },
})

export const approve = (name: string, changes: Fields = {}): Step =>
  accepted('approve', {
    tid: `{{tid_${name}}}`,
    partner_order_id: `order-${name}-{{case}}`,
    pg_token: `{{token_${name}}}`,
    ...changes,
  })

export const order = (name: string): Step => accepted('order', { tid: `{{tid_${name}}}` })
export const cancel = (name: string, amount: number, changes: Fields = {}): Step =>
  accepted('cancel', { tid: `{{tid_${name}}}`, cancel_amount: amount, ...changes })
export const wait = (ms: number): Step => ({ clock: { advance_ms: ms } })

/** A subscription whose first payment is paid: `{{sid_a}}`. */
export const subscribes = (name: string): readonly Step[] => [
  ready(name, { cid: SUBSCRIPTION, item_code: 'first' }),
  pays(name),
  accepted(
    'approve',
    {
      cid: SUBSCRIPTION,
      tid: `{{tid_${name}}}`,
      partner_order_id: `order-${name}-{{case}}`,
      pg_token: `{{token_${name}}}`,
    },
    { keep: { [`sid_${name}`]: '/sid' } },
  ),
]
export const ofSid = (call: 'status' | 'inactive' | 'subscription', name: string, changes: Fields = {}): Step =>
  accepted(call, { sid: `{{sid_${name}}}`, ...changes })

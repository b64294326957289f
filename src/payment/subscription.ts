import { kst } from './clock.ts'
import { type Action, type Choice, type Payment, type Prepared, prepare } from './payment.ts'
import { type Check, firstBroken, type Refusal } from './refusal.ts'

/** A subscription, identified by its sid. Immutable like a payment. Instants are epoch ms. */
export interface Subscription {
  readonly sid: string
  /** Public name of the secret key that it was issued to. */
  readonly namespace: string
  /** As of the payment that issued it: the application, or the namespace. */
  readonly owner: string
  readonly cid: string
  readonly partner_user_id: string
  readonly item_name: string
  /** What the payer chose for the first payment. */
  readonly choice: Choice
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created_at: number
  /** Null where the sid was issued for 0 won and has not paid yet. */
  readonly last_approved_at: number | null
  readonly inactivated_at: number | null
  /** The first payment was made with points alone. */
  readonly points_only: boolean
  /** Charges of the last KST day on which it was charged. */
  readonly charges: { readonly day: string; readonly count: number } | null
}

/** What an approved payment with a sid has issued; null where it has issued none. */
export const issued = (payment: Payment): Subscription | null => {
  const { sid, choice, approved_at } = payment
  if (sid === null || choice === null || approved_at === null) return null
  return {
    sid,
    namespace: payment.namespace,
    owner: payment.owner,
    cid: payment.cid,
    partner_user_id: payment.partner_user_id,
    item_name: payment.item_name,
    choice,
    status: 'ACTIVE',
    created_at: approved_at,
    last_approved_at: payment.status === 'ISSUED_SID' ? null : approved_at,
    inactivated_at: null,
    points_only: payment.amount.total > 0 && payment.amount.point === payment.amount.total,
    charges: null,
  }
}

interface Charge {
  readonly subscription: Subscription
  readonly partner_user_id: string
  /** Charges that a KST day allows; 0: any number. */
  readonly perDay: number
  /** yyyy-MM-dd in KST. */
  readonly day: string
}

const chargesOn = ({ charges }: Subscription, day: string): number => (charges?.day === day ? charges.count : 0)

const chargeChecks: Check<Charge>[] = [
  {
    rule: 'subscription.sid.active',
    refused: 'sid-inactive',
    violates: ({ subscription }) => subscription.status === 'INACTIVE',
  },
  {
    rule: 'subscription.partner_user_id.equal',
    refused: 'sid-user-differs',
    violates: ({ subscription, partner_user_id }) => subscription.partner_user_id !== partner_user_id,
  },
  {
    rule: 'subscription.sid.per-day',
    refused: 'sid-limit-exceeded',
    violates: ({ subscription, perDay, day }) => perDay > 0 && chargesOn(subscription, day) >= perDay,
  },
]

/** Charges the sid, or refuses. */
export const charge = (
  subscription: Subscription,
  { partner_user_id, perDay, now }: { readonly partner_user_id: string; readonly perDay: number; readonly now: number },
  rulesOff: ReadonlySet<string>,
): Subscription | Refusal => {
  const day = kst(now).slice(0, 10)
  return (
    firstBroken(chargeChecks, { subscription, partner_user_id, perDay, day }, rulesOff) ?? {
      ...subscription,
      last_approved_at: now,
      charges: { day, count: chargesOn(subscription, day) + 1 },
    }
  )
}

const endChecks: Check<Subscription>[] = [
  { rule: 'inactive.sid.active', refused: 'sid-inactive', violates: ({ status }) => status === 'INACTIVE' },
]

/** Makes the sid inactive. */
export const end = (subscription: Subscription, now: number, rulesOff: ReadonlySet<string>): Subscription | Refusal =>
  firstBroken(endChecks, subscription, rulesOff) ?? { ...subscription, status: 'INACTIVE', inactivated_at: now }

/** A payment charged by sid: it is created as paid. Never in instalments (ours): no such answer was published. */
export const paidBySid = (
  order: Prepared,
  subscription: Subscription,
  act: { readonly aid: string; readonly payload: string | null },
  now: number,
): Payment => {
  const action: Action = {
    aid: act.aid,
    payment_action_type: 'PAYMENT',
    amount: order.amount,
    approved_at: now,
    payload: act.payload,
  }
  return {
    ...prepare(order, now),
    sid: subscription.sid,
    status: 'SUCCESS_PAYMENT',
    choice: { ...subscription.choice, install_month: 0, interest_free_install: 'N', point: 0, discount: 0 },
    payload: act.payload,
    approved_at: now,
    actions: [action],
  }
}

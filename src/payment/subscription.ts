import { type Action, type Choice, type Payment, type Prepared, prepare } from './payment.ts'
import { type Check, firstBroken, type Refusal } from './refusal.ts'

/** A subscription, identified by its sid. Immutable like a payment. Instants are epoch ms. */
export interface Subscription {
  readonly sid: string
  /** Public name of the secret key that it was issued to. */
  readonly namespace: string
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
}

/** What an approved payment with a sid has issued; null where it has issued none. */
export const issued = (payment: Payment): Subscription | null => {
  const { sid, choice, approved_at } = payment
  if (sid === null || choice === null || approved_at === null) return null
  return {
    sid,
    namespace: payment.namespace,
    cid: payment.cid,
    partner_user_id: payment.partner_user_id,
    item_name: payment.item_name,
    choice,
    status: 'ACTIVE',
    created_at: approved_at,
    last_approved_at: payment.status === 'ISSUED_SID' ? null : approved_at,
    inactivated_at: null,
  }
}

interface Charge {
  readonly subscription: Subscription
  readonly partner_user_id: string
}

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
]

/** Charges the sid, or refuses. */
export const charge = (
  subscription: Subscription,
  partner_user_id: string,
  now: number,
  rulesOff: ReadonlySet<string>,
): Subscription | Refusal =>
  firstBroken(chargeChecks, { subscription, partner_user_id }, rulesOff) ?? { ...subscription, last_approved_at: now }

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
    choice: { ...subscription.choice, install_month: 0 },
    payload: act.payload,
    approved_at: now,
    actions: [action],
  }
}

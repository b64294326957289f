import type { PaymentStatus } from '../../contracts/answer.ts'
import { type Amount, NOTHING } from './amount.ts'

export type Status = PaymentStatus

export type Method = 'CARD' | 'MONEY'

/** What the payer chose: `card` is an issuer's code, `install_month` 0 to 12. Points and discount are KRW within the total. */
export interface Choice {
  readonly payment_method_type: Method
  readonly card: string | null
  /** Null where no card pays. */
  readonly card_type: 'CREDIT' | 'CHECK' | null
  readonly install_month: number
  readonly interest_free_install: 'Y' | 'N'
  readonly point: number
  readonly discount: number
}

/** One thing that happened to the money. Instants are epoch ms, amounts KRW. */
export interface Action {
  readonly aid: string
  readonly payment_action_type: 'PAYMENT' | 'CANCEL' | 'ISSUED_SID'
  readonly amount: Amount
  readonly approved_at: number
  readonly payload: string | null
}

/** A payment from ready to its last refund. A value: every change makes a new one. Instants are epoch ms, amounts KRW. */
export interface Payment {
  readonly tid: string
  /** 64 hex digits in the redirect URLs. */
  readonly hash: string
  /** Public name of the secret key that prepared it. */
  readonly namespace: string
  /** Whose payment it is: id of the application, or the namespace where none is registered. A key issued anew keeps it. */
  readonly owner: string
  readonly cid: string
  readonly sid: string | null
  /** Prepared with a subscription cid: approve issues a sid. */
  readonly subscription: boolean
  readonly partner_order_id: string
  readonly partner_user_id: string
  readonly item_name: string
  readonly item_code: string | null
  readonly quantity: number
  readonly amount: Amount
  readonly canceled: Amount
  readonly approval_url: string
  readonly cancel_url: string
  readonly fail_url: string
  /** What ready allowed; null means no restriction. */
  readonly payment_method_type: Method | null
  readonly available_cards: readonly string[] | null
  readonly install_month: number | null
  /** The interest of instalments is shared between merchant and card company. */
  readonly use_share_installment: boolean
  /** Agreed keys for the payment page, as sent to ready. */
  readonly custom_json: Readonly<Record<string, string>> | null
  readonly redirect_scheme_url: string | null
  readonly status: Status
  readonly choice: Choice | null
  readonly pg_token: string | null
  readonly payload: string | null
  readonly created_at: number
  readonly expires_at: number
  readonly approved_at: number | null
  readonly canceled_at: number | null
  /** When the payer quit or failed, or when it was noticed that the 15 minutes were over. */
  readonly ended_at: number | null
  readonly actions: readonly Action[]
}

/** A payment expires 15 minutes after ready (documented). */
export const LIFETIME_MS = 15 * 60 * 1000

export type Prepared = Pick<
  Payment,
  | 'tid'
  | 'hash'
  | 'namespace'
  | 'owner'
  | 'cid'
  | 'subscription'
  | 'partner_order_id'
  | 'partner_user_id'
  | 'item_name'
  | 'item_code'
  | 'quantity'
  | 'amount'
  | 'approval_url'
  | 'cancel_url'
  | 'fail_url'
  | 'payment_method_type'
  | 'available_cards'
  | 'install_month'
  | 'use_share_installment'
  | 'custom_json'
  | 'redirect_scheme_url'
>

/** Written out: spreading an object of this size takes longer than the rest of ready's own work. */
export const prepare = (order: Prepared, now: number): Payment => ({
  tid: order.tid,
  hash: order.hash,
  namespace: order.namespace,
  owner: order.owner,
  cid: order.cid,
  sid: null,
  subscription: order.subscription,
  partner_order_id: order.partner_order_id,
  partner_user_id: order.partner_user_id,
  item_name: order.item_name,
  item_code: order.item_code,
  quantity: order.quantity,
  amount: order.amount,
  approval_url: order.approval_url,
  cancel_url: order.cancel_url,
  fail_url: order.fail_url,
  payment_method_type: order.payment_method_type,
  available_cards: order.available_cards,
  install_month: order.install_month,
  use_share_installment: order.use_share_installment,
  custom_json: order.custom_json,
  redirect_scheme_url: order.redirect_scheme_url,
  canceled: NOTHING,
  status: 'READY',
  choice: null,
  pg_token: null,
  payload: null,
  created_at: now,
  expires_at: now + LIFETIME_MS,
  approved_at: null,
  canceled_at: null,
  ended_at: null,
  actions: [],
})

const ended: ReadonlySet<Status> = new Set([
  'ISSUED_SID',
  'SUCCESS_PAYMENT',
  'PART_CANCEL_PAYMENT',
  'CANCEL_PAYMENT',
  'FAIL_AUTH_PASSWORD',
  'QUIT_PAYMENT',
  'FAIL_PAYMENT',
])

/** True where no action of the payer is possible: paid, cancelled, quit or failed. */
export const isEnded = (payment: Payment): boolean => ended.has(payment.status)

/**
 * True where the 15 minutes passed before the payment came to an end. It stays true once the payment is FAIL_PAYMENT, so that
 * approve still answers that it is expired.
 */
export const isExpired = (payment: Payment, now: number): boolean =>
  payment.status === 'FAIL_PAYMENT'
    ? payment.ended_at !== null && payment.ended_at >= payment.expires_at
    : !isEnded(payment) && now >= payment.expires_at

const final: ReadonlySet<Status> = new Set(['CANCEL_PAYMENT', 'FAIL_AUTH_PASSWORD', 'QUIT_PAYMENT', 'FAIL_PAYMENT'])

/** True in states without a next state. A paid payment has one: it can be cancelled. */
export const isFinal = (payment: Payment): boolean => final.has(payment.status)

import type { Amounts, PayerChoice, PaymentRecord, SubscriptionRecord } from './records.ts'
import { minus, NOTHING } from './records.ts'

type Expected = Readonly<Record<string, unknown>>

const NONE = { $none: true }
const orNone = (value: unknown) => value ?? NONE
const known = (values: Expected): Expected =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const echoOf = ({ tid, cid, order }: PaymentRecord): Expected => ({
  tid,
  cid,
  partner_order_id: order.partner_order_id,
  partner_user_id: order.partner_user_id,
  item_name: order.item_name,
  item_code: orNone(order.item_code),
  quantity: order.quantity,
})

const methodOf = ({ method }: PayerChoice): Expected => known({ payment_method_type: method })

const HASH = /[0-9a-f]{64}$/

/** The app schemes of ready's answer, where it has them: they lead to KakaoTalk, and to the payment of the redirect URLs. */
export const expectedSchemes = (answer: Readonly<Record<string, unknown>>): Expected => {
  const pages = ['next_redirect_app_url', 'next_redirect_mobile_url', 'next_redirect_pc_url']
  const hashes = new Set(pages.map((name) => HASH.exec(String(answer[name]))?.[0]))
  const [hash = ''] = hashes.size === 1 ? hashes : []
  const sent = ['android_app_scheme', 'ios_app_scheme'].filter((name) => typeof answer[name] === 'string')
  return Object.fromEntries(sent.map((name) => [name, { $match: `^kakaotalk://.*${hash}` }]))
}

/** The answer of approve, and of a later payment by sid. `now`: a matcher of the moment of the call. */
export const expectedApproval = (payment: PaymentRecord, payload: string | undefined, now: unknown): Expected => ({
  ...echoOf(payment),
  ...methodOf(payment.choice),
  aid: { $is: 'aid' },
  sid: payment.sid === undefined ? NONE : payment.sid,
  payload: orNone(payload),
  amount: payment.amount,
  ...expectedCard(payment.choice),
  created_at: payment.created_at,
  approved_at: now,
})

const expectedCard = ({ method, install_month }: PayerChoice): Expected => {
  if (method === undefined) return {}
  if (method === 'MONEY') return { card_info: NONE }
  const months = install_month === undefined ? undefined : String(install_month).padStart(2, '0')
  return { card_info: known({ install_month: months ?? { $type: 'string' } }) }
}

/** The answer of a cancel. The record is as before it; `part`: what this cancel gives back. */
export const expectedCancel = (
  payment: PaymentRecord,
  part: Amounts,
  payload: string | undefined,
  now: unknown,
): Expected => {
  const canceled = { ...payment.canceled }
  const sum = minus(canceled, minus(NOTHING, part))
  return {
    ...echoOf(payment),
    ...methodOf(payment.choice),
    aid: { $is: 'aid' },
    status: sum.total >= payment.amount.total ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT',
    payload: orNone(payload),
    amount: payment.amount,
    canceled_amount: sum,
    cancel_available_amount: minus(payment.amount, sum),
    approved_cancel_amount: part,
    created_at: payment.created_at,
    approved_at: payment.approved_at,
    canceled_at: now,
  }
}

const paidStatus = ({ amount, canceled, acts }: PaymentRecord): string => {
  if (acts[0]?.type === 'ISSUED_SID') return 'ISSUED_SID'
  if (canceled.total === 0) return 'SUCCESS_PAYMENT'
  return canceled.total >= amount.total ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT'
}

const UNPAID = {
  $oneOf: [
    ...['READY', 'SEND_TMS', 'OPEN_PAYMENT', 'SELECT_METHOD', 'ARS_WAITING', 'AUTH_PASSWORD'],
    ...['FAIL_AUTH_PASSWORD', 'QUIT_PAYMENT', 'FAIL_PAYMENT'],
  ],
}

/** The answer of order. */
export const expectedOrder = (payment: PaymentRecord): Expected => {
  const { acts, amount, canceled, choice } = payment
  const paid = acts.length > 0
  return {
    ...echoOf(payment),
    ...(paid ? methodOf(choice) : {}),
    status: paid ? paidStatus(payment) : UNPAID,
    amount,
    canceled_amount: canceled,
    ...(paid ? { cancel_available_amount: minus(amount, canceled) } : {}),
    created_at: payment.created_at,
    approved_at: orNone(payment.approved_at),
    canceled_at: orNone(payment.canceled_at),
    ...(paid && choice.method === 'MONEY' ? { selected_card_info: NONE } : {}),
    ...(paid && choice.method === 'CARD'
      ? { selected_card_info: known({ install_month: choice.install_month, card_bin: { $type: 'string' } }) }
      : {}),
    payment_action_details: acts.map(({ type, aid, amount: part, at, payload }) => ({
      aid,
      payment_action_type: type,
      ...methodOf(choice),
      amount: part.total,
      point_amount: part.point,
      discount_amount: part.discount,
      green_deposit: part.green_deposit,
      approved_at: at,
      payload: orNone(payload),
    })),
  }
}

/** The answer of status. */
export const expectedStatus = (subscription: SubscriptionRecord): Expected => ({
  available: subscription.active,
  cid: subscription.cid,
  sid: subscription.sid,
  status: subscription.active ? 'ACTIVE' : 'INACTIVE',
  ...methodOf(subscription.choice),
  ...(subscription.renamed ? {} : { item_name: subscription.item_name }),
  ...known({ created_at: subscription.created_at }),
  last_approved_at: orNone(subscription.last_approved_at),
  inactivated_at: orNone(subscription.inactivated_at),
})

/** The answer of inactive. The record is as before it. */
export const expectedInactive = (subscription: SubscriptionRecord, now: unknown): Expected => ({
  cid: subscription.cid,
  sid: subscription.sid,
  status: 'INACTIVE',
  ...known({ created_at: subscription.created_at }),
  last_approved_at: orNone(subscription.last_approved_at),
  inactivated_at: now,
})

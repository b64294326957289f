import type { approve as contract } from '../../contracts/approve.ts'
import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import { cardTypeName, issuerOf, sandboxCard } from '../../contracts/issuers.ts'
import { approve as approvePayment } from '../payment/approve.ts'
import { kst } from '../payment/clock.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import { issued } from '../payment/subscription.ts'
import { type Context, type Handler, isSubscriptionCid } from './context.ts'
import { changePayment } from './owned.ts'

type Request = RequestOf<typeof contract>
export type Approved = ResponseOf<typeof contract>

export const approve: Handler<Request, Approved> = async (request, context) => {
  const { ids, now, rulesOff, store } = context
  const approval = {
    partner_order_id: request.partner_order_id,
    partner_user_id: request.partner_user_id,
    pg_token: request.pg_token,
    total_amount: request.total_amount,
    payload: request.payload,
    aid: ids.aid(now),
    sid: isSubscriptionCid(request.cid, context) ? ids.sid(now) : null,
    now,
  }
  const payment = await changePayment(request, context, (p) => approvePayment(p, approval, rulesOff))
  if (isRefusal(payment)) return payment
  const subscription = issued(payment)
  if (subscription) await store.subscriptions.add(subscription)
  return approvedAnswer(payment, approval.aid, context)
}

/** What approve and the later subscription payments answer, in the observed order. Keys without a value are null, or left out. */
export const approvedAnswer = (payment: Payment, aid: string, { settings, now }: Context): Approved => {
  const { choice } = payment
  const answer = {
    aid,
    tid: payment.tid,
    cid: payment.cid,
    sid: payment.sid,
    partner_order_id: payment.partner_order_id,
    partner_user_id: payment.partner_user_id,
    item_name: payment.item_name,
    item_code: payment.item_code,
    payload: payment.payload,
    quantity: payment.quantity,
    amount: payment.amount,
    payment_method_type: choice?.payment_method_type ?? 'MONEY',
    card_info: cardInfo(payment),
    sequential_payment_methods: sequentialMethods(payment),
    created_at: kst(payment.created_at),
    approved_at: kst(payment.approved_at ?? now),
  }
  return settings.emptyKeys === 'omit' ? withoutNulls(answer) : answer
}

export const installmentType = (shared: boolean): 'SHARE_INSTALLMENT' | 'CARD_INSTALLMENT' =>
  shared ? 'SHARE_INSTALLMENT' : 'CARD_INSTALLMENT'

/** The cid of the documented sequential payment, whose answers list the payer's methods by priority. */
const SEQUENTIAL_CID = 'TCSEQUENCE'

/** The mock's payer has one registered method: the one that paid. */
const sequentialMethods = (payment: Payment) => {
  const { cid, sid, choice } = payment
  if (cid !== SEQUENTIAL_CID || sid === null) return null
  const card = cardInfo(payment)
  const payment_method_type = choice?.payment_method_type ?? 'MONEY'
  return [{ payment_priority: 1, sid, payment_method_type, ...(card ? { card_info: card } : {}) }]
}

const cardInfo = ({ choice, use_share_installment }: Payment) => {
  if (choice === null || choice.payment_method_type !== 'CARD') return null
  const issuer = issuerOf(choice.card ?? 'SHINHAN')
  return {
    kakaopay_purchase_corp: issuer.acquirer.name,
    kakaopay_purchase_corp_code: issuer.acquirer.code,
    kakaopay_issuer_corp: issuer.name,
    kakaopay_issuer_corp_code: issuer.code,
    bin: sandboxCard.bin,
    card_type: cardTypeName[choice.card_type ?? 'CREDIT'],
    install_month: String(choice.install_month).padStart(2, '0'),
    approved_id: sandboxCard.approved_id,
    card_mid: sandboxCard.card_mid,
    interest_free_install: choice.interest_free_install,
    card_item_code: sandboxCard.card_item_code,
    installment_type: installmentType(use_share_installment),
  }
}

const withoutNulls = (answer: Approved): Approved =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null)) as Approved

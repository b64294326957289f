import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import { issuerOf, sandboxCard } from '../../contracts/issuers.ts'
import type { order as contract } from '../../contracts/order.ts'
import { NOTHING } from '../payment/amount.ts'
import { remainingOf } from '../payment/cancel.ts'
import { kst } from '../payment/clock.ts'
import { type Action, type Choice, isExpired, type Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import { installmentType } from './approve.ts'
import type { Handler } from './context.ts'
import { findPayment } from './owned.ts'

type Answer = ResponseOf<typeof contract>

export const order: Handler<RequestOf<typeof contract>, Answer> = async (request, context) => {
  const payment = await findPayment(request, context)
  return isRefusal(payment) ? payment : answer(payment, context.now)
}

/** In the order of the official sample; what has not happened yet is left out. */
const answer = (payment: Payment, now: number): Answer => {
  const { choice, approved_at, canceled_at } = payment
  const method = choice?.payment_method_type
  return {
    tid: payment.tid,
    cid: payment.cid,
    status: isExpired(payment, now) ? 'FAIL_PAYMENT' : payment.status,
    partner_order_id: payment.partner_order_id,
    partner_user_id: payment.partner_user_id,
    ...(method ? { payment_method_type: method } : {}),
    item_name: payment.item_name,
    ...(payment.item_code === null ? {} : { item_code: payment.item_code }),
    quantity: payment.quantity,
    amount: payment.amount,
    canceled_amount: payment.canceled,
    cancel_available_amount: approved_at === null ? NOTHING : remainingOf(payment),
    created_at: kst(payment.created_at),
    ...(approved_at === null ? {} : { approved_at: kst(approved_at) }),
    ...(canceled_at === null ? {} : { canceled_at: kst(canceled_at) }),
    ...(choice?.payment_method_type === 'CARD'
      ? { selected_card_info: selectedCard(choice, payment.use_share_installment) }
      : {}),
    payment_action_details: payment.actions.map((act) => detail(act, method ?? 'MONEY')),
  }
}

const selectedCard = (choice: Choice, shared: boolean) => ({
  card_bin: sandboxCard.bin,
  install_month: choice.install_month,
  installment_type: installmentType(shared),
  card_corp_name: issuerOf(choice.card ?? 'SHINHAN').name,
  interest_free_install: choice.interest_free_install,
})

const detail = (act: Action, method: Choice['payment_method_type']) => ({
  aid: act.aid,
  payment_action_type: act.payment_action_type,
  payment_method_type: method,
  amount: act.amount.total,
  point_amount: act.amount.point,
  discount_amount: act.amount.discount,
  approved_at: kst(act.approved_at),
  green_deposit: act.amount.green_deposit,
  ...(act.payload === null ? {} : { payload: act.payload }),
})

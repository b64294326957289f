import type { cancel as contract } from '../../contracts/cancel.ts'
import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import { cancel as cancelPayment, remainingOf } from '../payment/cancel.ts'
import { kst } from '../payment/clock.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Handler } from './context.ts'
import { changePayment } from './owned.ts'

type Answer = ResponseOf<typeof contract>

export const cancel: Handler<RequestOf<typeof contract>, Answer> = async (request, context) => {
  const { ids, now, rulesOff, settings } = context
  const cancelation = {
    cancel_amount: request.cancel_amount,
    cancel_tax_free_amount: request.cancel_tax_free_amount,
    cancel_vat_amount: request.cancel_vat_amount,
    cancel_available_amount: request.cancel_available_amount,
    payload: request.payload,
    aid: ids.aid(now),
    now,
    vatRemainder: settings.vatRemainder,
  }
  const payment = await changePayment(request, context, (p) => cancelPayment(p, cancelation, rulesOff))
  return isRefusal(payment) ? payment : answer(payment, now)
}

/** In the observed order; what has no value is left out. */
const answer = (payment: Payment, now: number): Answer => {
  const act = payment.actions.at(-1)
  return {
    tid: payment.tid,
    cid: payment.cid,
    status: payment.status === 'CANCEL_PAYMENT' ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT',
    partner_order_id: payment.partner_order_id,
    partner_user_id: payment.partner_user_id,
    payment_method_type: payment.choice?.payment_method_type ?? 'MONEY',
    item_name: payment.item_name,
    ...(payment.item_code === null ? {} : { item_code: payment.item_code }),
    aid: act?.aid ?? '',
    ...(act?.payload == null ? {} : { payload: act.payload }),
    quantity: payment.quantity,
    amount: payment.amount,
    canceled_amount: payment.canceled,
    cancel_available_amount: remainingOf(payment),
    approved_cancel_amount: act?.amount ?? payment.canceled,
    created_at: kst(payment.created_at),
    approved_at: kst(payment.approved_at ?? now),
    canceled_at: kst(payment.canceled_at ?? now),
  }
}

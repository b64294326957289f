import type { RequestOf } from '../../contracts/endpoint.ts'
import type { subscription as contract } from '../../contracts/subscription.ts'
import { firstBroken, isRefusal } from '../payment/refusal.ts'
import { charge, paidBySid, type Subscription } from '../payment/subscription.ts'
import { amountChecks, orderedAmount } from './amounts.ts'
import { type Approved, approvedAnswer } from './approve.ts'
import type { Context, Handler } from './context.ts'
import { chargeSubscription } from './owned.ts'

type Request = RequestOf<typeof contract>

const fittingChecks = amountChecks('subscription')

/** Everything is checked inside the change: a sid that is made inactive at the same moment must not pay. */
export const subscription: Handler<Request, Approved> = async (request, context) => {
  const { store, ids, now, rulesOff, settings } = context
  const { partner_user_id } = request
  const charged = await chargeSubscription(request, context, (s) => {
    const next = charge(s, { partner_user_id, perDay: settings.sidChargesPerDay, now }, rulesOff)
    return isRefusal(next) ? next : (firstBroken(fittingChecks, request, rulesOff) ?? next)
  })
  if (isRefusal(charged)) return charged
  const aid = ids.aid(now)
  const act = { aid, payload: request.payload ?? null }
  const payment = paidBySid(orderOf(request, charged, context), charged, act, now)
  await store.add(payment)
  return approvedAnswer(payment, aid, context)
}

const orderOf = (request: Request, charged: Subscription, { ids, now, namespace, owner }: Context) => ({
  tid: ids.tid(now),
  hash: ids.redirectHash(),
  namespace,
  owner,
  cid: request.cid,
  subscription: true,
  partner_order_id: request.partner_order_id,
  partner_user_id: request.partner_user_id,
  item_name: request.item_name ?? charged.item_name,
  item_code: request.item_code ?? null,
  quantity: request.quantity,
  amount: orderedAmount(request),
  // There is no redirect: the payer takes no part.
  approval_url: '',
  cancel_url: '',
  fail_url: '',
  payment_method_type: null,
  available_cards: null,
  install_month: null,
  use_share_installment: false,
  custom_json: null,
  redirect_scheme_url: null,
})

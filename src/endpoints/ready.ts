import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import type { ready as contract } from '../../contracts/ready.ts'
import { kst } from '../payment/clock.ts'
import { prepare } from '../payment/payment.ts'
import { type Check, firstBroken } from '../payment/refusal.ts'
import { amountChecks, type OrderedAmounts, orderedAmount } from './amounts.ts'
import { type Context, type Handler, isSubscriptionCid } from './context.ts'
import { isRegistered } from './domain.ts'

type Request = RequestOf<typeof contract>

export const ready: Handler<Request, ResponseOf<typeof contract>> = async (request, context) => {
  const subscription = isSubscriptionCid(request.cid, context)
  const refusal =
    firstBroken(totalChecks, { request, subscription }, context.rulesOff) ??
    firstBroken(fittingChecks, request, context.rulesOff) ??
    firstBroken(domainChecks, { request, domains: context.domains }, context.rulesOff)
  if (refusal) return refusal

  const { ids, now, namespace, owner } = context
  const tid = ids.tid(now)
  const hash = ids.redirectHash()
  const order = {
    tid,
    hash,
    namespace,
    owner,
    cid: request.cid,
    subscription,
    partner_order_id: request.partner_order_id,
    partner_user_id: request.partner_user_id,
    item_name: request.item_name,
    item_code: request.item_code ?? null,
    quantity: request.quantity,
    amount: orderedAmount(request),
    approval_url: request.approval_url,
    cancel_url: request.cancel_url,
    fail_url: request.fail_url,
    payment_method_type: request.payment_method_type ?? null,
    available_cards: request.available_cards ?? null,
    install_month: request.install_month ?? null,
    use_share_installment: request.use_share_installment === 'Y',
    custom_json: request.custom_json ?? null,
    redirect_scheme_url: request.redirect_scheme_url ?? null,
  }
  await context.store.add(prepare(order, now))
  return answer(tid, hash, subscription, context)
}

const totalChecks: Check<{ readonly request: Request; readonly subscription: boolean }>[] = [
  {
    rule: 'ready.total_amount.positive',
    refused: 'amount-info-wrong',
    violates: ({ request, subscription }) =>
      request.total_amount < 1 &&
      !subscription && { explanation: ' total_amount must be 1 or more unless cid is a subscription cid.' },
  },
]

const fittingChecks: Check<OrderedAmounts>[] = [
  ...amountChecks('ready'),
  {
    rule: 'ready.green_deposit.within-total',
    refused: 'amount-info-wrong',
    violates: ({ green_deposit = 0, total_amount }) =>
      green_deposit > total_amount && {
        explanation: ` green_deposit(${green_deposit}) must not be more than total_amount(${total_amount}).`,
      },
  },
]

type InDomains = { readonly request: Request; readonly domains: readonly string[] | null }

/** The observed wording names the first URL `approve_url`, although the field is called approval_url. */
const registered = (name: 'approval_url' | 'cancel_url' | 'fail_url', field: string = name): Check<InDomains> => ({
  rule: `ready.${name}.domain`,
  refused: 'domain-unregistered',
  violates: ({ request, domains }) =>
    domains !== null && !isRegistered(request[name], domains) && { field, url: request[name] },
})

const domainChecks = [registered('approval_url', 'approve_url'), registered('cancel_url'), registered('fail_url')]

/** The hosts that real answers name (observed 2025-07 to 2025-11). */
const PAGE_HOST = 'https://online-payment.kakaopay.com'
const SCHEME_HOST = 'https://online-pay.kakaopay.com'

const answer = (tid: string, hash: string, subscription: boolean, { settings, publicUrl, now }: Context) => {
  const page = settings.redirects === 'real' ? PAGE_HOST : publicUrl
  const path = subscription ? `pg/subscription/payment-issue/${hash}` : `pg/one-time/payment/${hash}`
  const scheme = `kakaotalk://kakaopay/pg?url=${SCHEME_HOST}/pay/mockup/${hash}`
  return {
    tid,
    next_redirect_app_url: `${page}/mockup/bridge/mobile-app/${path}`,
    next_redirect_mobile_url: `${page}/mockup/bridge/mobile-web/${path}`,
    next_redirect_pc_url: `${page}/mockup/bridge/pc/${path}`,
    ...(settings.appSchemes ? { android_app_scheme: scheme, ios_app_scheme: scheme } : {}),
    created_at: kst(now),
  }
}

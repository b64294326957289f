import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import type { ready as contract } from '../../contracts/ready.ts'
import { defaultVat } from '../payment/amount.ts'
import { kst } from '../payment/clock.ts'
import { prepare } from '../payment/payment.ts'
import { type Check, firstBroken } from '../payment/refusal.ts'
import { andThen } from '../store/later.ts'
import { type Context, type Handler, isSubscriptionCid } from './context.ts'
import { isRegistered } from './domain.ts'

type Request = RequestOf<typeof contract>

/**
 * A merchant sends the same URLs and names again and again. The copy that is kept already is kept again: such payments are smaller by a
 * fifth, and a text that need not be kept costs the garbage collector nothing.
 */
const lastOf = () => {
  let last = ''
  return (text: string): string => {
    if (text !== last) last = text
    return last
  }
}
const again = {
  partner_user_id: lastOf(),
  item_name: lastOf(),
  approval_url: lastOf(),
  cancel_url: lastOf(),
  fail_url: lastOf(),
}

export const ready: Handler<Request, ResponseOf<typeof contract>> = (request, context) => {
  const subscription = isSubscriptionCid(request.cid, context)
  const refusal = firstBroken(checks, { request, subscription, domains: context.domains }, context.rulesOff)
  if (refusal) return refusal

  const { ids, now, namespace } = context
  const tid = ids.tid(now)
  const hash = ids.redirectHash()
  const added = context.store.add(
    prepare(
      {
        tid,
        hash,
        namespace,
        cid: request.cid,
        subscription,
        partner_order_id: request.partner_order_id,
        partner_user_id: again.partner_user_id(request.partner_user_id),
        item_name: again.item_name(request.item_name),
        item_code: request.item_code ?? null,
        quantity: request.quantity,
        amount: {
          total: request.total_amount,
          tax_free: request.tax_free_amount,
          vat: request.vat_amount ?? defaultVat(request.total_amount, request.tax_free_amount),
          point: 0,
          discount: 0,
          green_deposit: request.green_deposit ?? 0,
        },
        approval_url: again.approval_url(request.approval_url),
        cancel_url: again.cancel_url(request.cancel_url),
        fail_url: again.fail_url(request.fail_url),
        payment_method_type: request.payment_method_type ?? null,
        available_cards: request.available_cards ?? null,
        install_month: request.install_month ?? null,
      },
      now,
    ),
  )
  const result = answer(tid, hash, subscription, context)
  return andThen(added, () => result)
}

type Input = { readonly request: Request; readonly subscription: boolean; readonly domains: readonly string[] | null }

const amounts: Check<Input>[] = [
  {
    rule: 'ready.total_amount.positive',
    refused: 'amount-info-wrong',
    breaks: ({ request, subscription }) =>
      request.total_amount < 1 &&
      !subscription && { explanation: ' total_amount must be 1 or more unless cid is a subscription cid.' },
  },
  {
    rule: 'ready.tax_free_amount.within-total',
    refused: 'amount-info-wrong',
    breaks: ({ request: { tax_free_amount, total_amount } }) =>
      tax_free_amount > total_amount && {
        explanation: ` tax_free_amount(${tax_free_amount}) must not be more than total_amount(${total_amount}).`,
      },
  },
  {
    rule: 'ready.vat_amount.within-taxable',
    refused: 'amount-info-wrong',
    breaks: ({ request: { vat_amount = 0, total_amount, tax_free_amount } }) =>
      vat_amount > Math.max(0, total_amount - tax_free_amount) && {
        explanation: ` vat_amount(${vat_amount}) must not be more than total_amount - tax_free_amount(${total_amount - tax_free_amount}).`,
      },
  },
  {
    rule: 'ready.green_deposit.within-total',
    refused: 'amount-info-wrong',
    breaks: ({ request: { green_deposit = 0, total_amount } }) =>
      green_deposit > total_amount && {
        explanation: ` green_deposit(${green_deposit}) must not be more than total_amount(${total_amount}).`,
      },
  },
]

/** The observed wording names the first URL `approve_url`, although the field is called approval_url. */
const registered = (name: 'approval_url' | 'cancel_url' | 'fail_url', field: string = name): Check<Input> => ({
  rule: `ready.${name}.domain`,
  refused: 'domain-unregistered',
  breaks: ({ request, domains }) =>
    domains !== null && !isRegistered(request[name], domains) && { field, url: request[name] },
})

const checks = [...amounts, registered('approval_url', 'approve_url'), registered('cancel_url'), registered('fail_url')]

/** The hosts that real answers name (observed 2025-07 to 2025-11). */
const PAGE_HOST = 'https://online-payment.kakaopay.com'
const SCHEME_HOST = 'https://online-pay.kakaopay.com'

/** Written out twice, not spread: see `prepare`. */
const answer = (tid: string, hash: string, subscription: boolean, { settings, publicUrl, now }: Context) => {
  const page = settings.redirects === 'real' ? PAGE_HOST : publicUrl
  const path = subscription ? `pg/subscription/payment-issue/${hash}` : `pg/one-time/payment/${hash}`
  const app = `${page}/mockup/bridge/mobile-app/${path}`
  const mobile = `${page}/mockup/bridge/mobile-web/${path}`
  const pc = `${page}/mockup/bridge/pc/${path}`
  const created_at = kst(now)
  if (!settings.appSchemes)
    return { tid, next_redirect_app_url: app, next_redirect_mobile_url: mobile, next_redirect_pc_url: pc, created_at }
  const scheme = `kakaotalk://kakaopay/pg?url=${SCHEME_HOST}/pay/mockup/${hash}`
  return {
    tid,
    next_redirect_app_url: app,
    next_redirect_mobile_url: mobile,
    next_redirect_pc_url: pc,
    android_app_scheme: scheme,
    ios_app_scheme: scheme,
    created_at,
  }
}

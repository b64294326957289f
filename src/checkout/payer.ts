import { isRegistered } from '../endpoints/domain.ts'
import { act, type PayerAction, type PayerContext, type PayerResult } from '../endpoints/payer.ts'
import type { FaultRule, FaultRules } from '../faults/rules.ts'
import type { RequestInfo } from '../http/deps.ts'
import { record } from '../http/record.ts'
import type { Journal } from '../journal/journal.ts'
import type { Applications } from '../namespaces/applications.ts'
import type { Namespaces } from '../namespaces/namespaces.ts'
import type { Selection } from '../payment/options.ts'
import type { PayerRefusal } from '../payment/payer.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { type Destinations, follow, type MerchantResponse } from './follow.ts'

export interface PayerDeps {
  readonly store: Store
  readonly namespaces: Namespaces
  readonly journal: Journal
  readonly faults: FaultRules
  readonly applications: Applications
  /** Web domains for keys without an application of their own. */
  readonly domains: readonly string[] | null
  /** Hosts beyond the payment's own to which redirects may lead. */
  readonly followHosts: readonly string[]
  /** Epoch ms of the system's clock. */
  readonly now: () => number
}

/** Clock, ids and settings of the key that prepared the payment: a payer has no key of its own. */
export const payerContext = ({ store, namespaces }: Pick<PayerDeps, 'store' | 'namespaces'>, payment: Payment) => {
  const namespace = namespaces.named(payment.namespace)
  const context: PayerContext = { store, ids: namespace.ids, now: namespace.now(), settings: namespace.settings }
  return context
}

export interface Acted {
  readonly result: PayerResult | PayerRefusal
  /** What the merchant answered the first time, where a `repeat-redirect` rule matched. */
  readonly repeated: MerchantResponse | undefined
}

/**
 * Carries out an action of the payer and journals it, for the page, the control API and the automatic mode. Undefined where the payment
 * no longer exists.
 */
export const actAndRecord = async (
  deps: PayerDeps,
  info: RequestInfo,
  payment: Payment,
  action: PayerAction,
  selection: Selection = {},
): Promise<Acted | undefined> => {
  const result = await act(action, selection, payment, payerContext(deps, payment))
  if (!result) return undefined
  const rule = action === 'approve' ? await matchingRule(deps.faults, payment, result) : undefined
  const url = isRefusal(result) ? null : result.redirect_url
  const repeated = rule && url !== null ? await follow(url, destinationsOf(deps, payment)) : undefined
  recordPayerAction(deps, info, payment, { action, ...selection }, result, rule)
  return { result, repeated }
}

/** The origins that the payment states, and the domains that its application registers. */
export const destinationsOf = (
  { applications, domains, followHosts }: PayerDeps,
  { namespace, approval_url, cancel_url, fail_url }: Payment,
): Destinations => {
  const application = applications.list().find((registered) => registered.namespace === namespace)
  const registered = application?.domains ?? domains ?? []
  const stated = new Set(
    [approval_url, cancel_url, fail_url].flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : [])),
  )
  return {
    isOwn: (url) => stated.has(new URL(url).origin) || isRegistered(url, registered),
    hosts: followHosts,
  }
}

/** Only a payer who has authenticated is sent to approval_url, so only then is it called twice. */
const matchingRule = (faults: FaultRules, payment: Payment, result: PayerResult | PayerRefusal) =>
  !faults.armed || isRefusal(result) || result.pg_token === null
    ? undefined
    : faults.claim({
        namespace: payment.namespace,
        call: 'payer',
        cid: payment.cid,
        tid: payment.tid,
        order_id: payment.partner_order_id,
        amount: payment.amount.total,
      })

const recordPayerAction = (
  deps: PayerDeps,
  info: RequestInfo,
  payment: Payment,
  request: object,
  result: PayerResult | PayerRefusal,
  rule: FaultRule | undefined,
) => {
  const { namespaces } = deps
  const refusal = isRefusal(result) ? result : null
  const clock = namespaces.find(payment.namespace)?.clock ?? namespaces.start.clock
  const answer = isRefusal(result) ? result : { redirect_url: result.redirect_url, status: result.payment.status }
  const reply = { status: refusal ? 409 : 200, headers: {}, body: JSON.stringify(answer) }
  const outcome = { reply, refusal, delivered: true, money_moved: false, tid: payment.tid }
  record(deps, 'payer', info, { name: payment.namespace, clock }, JSON.stringify(request), outcome, rule)
}

/** The refusal of an action as a sentence that says what is allowed. */
export const payerSentence = ({ refused: name, params = {} }: Refusal<PayerRefusal['refused']>): string => {
  if (name === 'choice-not-allowed')
    return `${params['field']} ${String(params['value']).slice(0, 80)} is not allowed by ready: ${params['allowed']}.`
  if (name === 'payment-over') return `the payment is over: it is ${params['status']}. prepare a new one with ready.`
  return 'the payer has authenticated already, and the browser was sent on. only approve or expire is left.'
}

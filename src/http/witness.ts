import type { Call } from '../control/journal/entry.ts'
import type { Journal } from '../control/journal/journal.ts'
import type { Scenario, Scenarios } from '../control/scenarios.ts'
import type { Outcome, PayerAction } from '../endpoints/payer.ts'
import type { PayerRefusal, Wish } from '../payment/payer.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Later } from '../store/later.ts'
import { follow, type Merchant } from './follow.ts'
import type { PayerParts } from './payer.ts'
import type { Arrival } from './record.ts'

export interface WitnessParts extends PayerParts {
  readonly journal: Journal
  readonly scenarios: Scenarios
  /** Epoch ms of the system's clock. */
  readonly now: () => number
}

/**
 * Puts what the payer did into the journal, whether by page, control API or by itself. Where a `repeat-redirect` scenario meets it,
 * approval_url is called once in the browser's place, before the browser itself goes there, and what the merchant said is given back.
 */
export const witness = (
  arrival: Arrival,
  parts: WitnessParts,
  payment: Payment,
  action: PayerAction,
  wish: Wish,
  result: Outcome | PayerRefusal,
): Later<Merchant | undefined> => {
  const { journal, scenarios } = parts
  const scenario = scenarios.armed && action === 'approve' ? claimed(scenarios, payment, result) : undefined
  if (!scenario) {
    if (journal.on) journal.record(callOf(arrival, parts, payment, action, wish, result, null))
    return undefined
  }
  const redirect_url = isRefusal(result) ? null : result.redirect_url
  const repeated = redirect_url === null ? Promise.resolve(undefined) : follow(redirect_url)
  return repeated.then((merchant) => {
    const met = { scenario: scenario.id, fault: scenario.do.fault, money_moved: false }
    const entry = journal.record(callOf(arrival, parts, payment, action, wish, result, met))
    scenarios.fired(scenario, {
      at: arrival.at,
      journal: entry ? journal.idOf(entry) : null,
      call: 'payer',
      tid: payment.tid,
      money_moved: false,
    })
    return merchant
  })
}

/** Only a payer who has authenticated is sent to approval_url. */
const claimed = (scenarios: Scenarios, payment: Payment, result: Outcome | PayerRefusal): Scenario | undefined =>
  isRefusal(result) || result.pg_token === null
    ? undefined
    : scenarios.claim({
        namespace: payment.namespace,
        call: 'payer',
        cid: payment.cid,
        tid: payment.tid,
        order_id: payment.partner_order_id,
        amount: payment.amount.total,
      })

const callOf = (
  arrival: Arrival,
  { namespaces }: WitnessParts,
  payment: Payment,
  action: PayerAction,
  wish: Wish,
  result: Outcome | PayerRefusal,
  met: Call['met'],
): Call => {
  const refusal = isRefusal(result) ? result : null
  return {
    at: arrival.at,
    clock: namespaces.find(payment.namespace)?.clock ?? namespaces.start.clock,
    namespace: payment.namespace,
    call: 'payer',
    method: arrival.method,
    path: arrival.path,
    headers: arrival.headers,
    body: JSON.stringify({ action, ...wish }),
    status: refusal ? 409 : 200,
    response: JSON.stringify(
      isRefusal(result) ? result : { redirect_url: result.redirect_url, status: result.payment.status },
    ),
    told: true,
    duration_ms: performance.now() - arrival.started,
    refusal,
    met,
    tid: payment.tid,
  }
}

import type { Context } from 'hono'
import type { Entry } from '../control/journal/entry.ts'
import type { Journal } from '../control/journal/journal.ts'
import type { Scenarios } from '../control/scenarios.ts'
import type { Outcome, PayerAction } from '../endpoints/payer.ts'
import type { PayerRefusal, Wish } from '../payment/payer.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Bindings } from './api.ts'
import { follow, type Merchant } from './follow.ts'
import type { PayerParts } from './payer.ts'

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
export const witness = async (
  c: Context<{ Bindings: Bindings }>,
  { journal, scenarios, namespaces, now }: WitnessParts,
  payment: Payment,
  action: PayerAction,
  wish: Wish,
  result: Outcome | PayerRefusal,
): Promise<Merchant | undefined> => {
  const at = now()
  const started = performance.now()
  const done = isRefusal(result) ? undefined : result
  const authenticated = done !== undefined && done.pg_token !== null && action === 'approve'
  const scenario =
    authenticated && scenarios.armed
      ? scenarios.claim({
          namespace: payment.namespace,
          call: 'payer',
          cid: payment.cid,
          tid: payment.tid,
          order_id: payment.partner_order_id,
          amount: payment.amount.total,
        })
      : undefined
  const repeated = scenario && done?.redirect_url ? await follow(done.redirect_url) : undefined
  if (!journal.on && !scenario) return repeated
  const entry: Entry = {
    id: '',
    found: undefined,
    at,
    clock: namespaces.find(payment.namespace)?.clock ?? namespaces.start.clock,
    namespace: payment.namespace,
    call: 'payer',
    method: c.req.method,
    path: c.env?.incoming?.url ?? c.req.path,
    headers: c.env?.incoming?.rawHeaders ?? c.req.raw.headers,
    body: JSON.stringify({ action, ...wish }),
    status: done ? 200 : 409,
    response: JSON.stringify(done ? { redirect_url: done.redirect_url, status: done.payment.status } : result),
    told: true,
    duration_ms: performance.now() - started,
    refusal: isRefusal(result) ? result : null,
    met: scenario ? { scenario: scenario.id, fault: scenario.do.fault, money_moved: false } : null,
    tid: payment.tid,
  }
  journal.record(entry)
  if (scenario)
    scenarios.fired(scenario, {
      at,
      journal: journal.on ? journal.idOf(entry) : null,
      call: 'payer',
      tid: payment.tid,
      money_moved: false,
    })
  return repeated
}

import { movesMoney } from '../../contracts/index.ts'
import { effectOf } from '../faults/fault-types.ts'
import { inject, type Reply } from '../faults/inject.ts'
import type { FaultRule } from '../faults/rules.ts'
import { failApproval } from '../payment/approve.ts'
import { isRefusal, refuse } from '../payment/refusal.ts'
import { createDryRunStore } from '../store/dry-run.ts'
import type { Store } from '../store/store.ts'
import { type ApiDeps, type Caller, ownerOf } from './deps.ts'
import { JSON_TYPE, serialize } from './errors.ts'
import type { Outcome } from './outcome.ts'
import type { Client } from './send.ts'

/** The fields of a request body that fault rules match. */
interface MatchedFields {
  readonly cid?: string
  readonly tid?: string
  readonly partner_order_id?: string
  readonly total_amount?: number
  readonly cancel_amount?: number
}

/** The rule whose turn it is. The bodies of cancel and order lack order id and amount: they are read from the payment. */
export const matchingFault = async (
  { name: call, body, caller }: FaultedCall,
  { faults, store }: ApiDeps,
): Promise<FaultRule | undefined> => {
  const { cid, tid, partner_order_id, total_amount, cancel_amount }: MatchedFields = body
  const found = tid === undefined ? undefined : await store.find(tid)
  const payment = found?.owner === ownerOf(caller) ? found : undefined
  return faults.claim({
    namespace: caller.namespace.name,
    call,
    cid,
    tid,
    order_id: partner_order_id ?? payment?.partner_order_id,
    amount: total_amount ?? cancel_amount ?? payment?.amount.total,
  })
}

interface FaultedCall {
  readonly name: string
  readonly body: object
  readonly caller: Caller
  readonly run: (body: object, caller: Caller, store: Store) => Promise<object>
  readonly client: Client
}

/** Carries a call out with the fault of a rule. */
export const injectFault = async (
  rule: FaultRule,
  { name, body, caller, run, client }: FaultedCall,
  { store, random }: ApiDeps,
): Promise<Outcome> => {
  let result: object | undefined
  const runOn = async (on: Store): Promise<Reply> => {
    result = await run(body, caller, on)
    return { ...serialize(result), headers: JSON_TYPE }
  }
  const injected = await inject(effectOf(rule.do), {
    name,
    commit: () => runOn(store),
    check: () => runOn(createDryRunStore(store)),
    wait: client.wait,
    random: () => Number.parseInt(random.hex(4), 16) / 0x1_0000_0000,
  })
  const { committed, forced, reply, pieces } = injected
  const { tid } = body as MatchedFields
  const { namespace } = caller
  if (forced === 'approval-failure' && !committed && namespace.settings.failedApprove === 'fail' && tid !== undefined)
    await store.change(tid, (p) => (p.owner === ownerOf(caller) ? failApproval(p, namespace.now()) : p))
  const refusal = forced === undefined ? (result && isRefusal(result) ? result : null) : refuse(forced, 'fault')
  const answered = (result as { tid?: string } | undefined)?.tid
  return {
    reply,
    ...(pieces ? { pieces } : {}),
    refusal: reply === null ? null : refusal,
    delivered: injected.delivered && !client.gone(),
    money_moved: committed?.status === 200 && movesMoney.has(name),
    tid: tid ?? (committed ? answered : undefined),
  }
}

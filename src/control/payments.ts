import { follow } from '../checkout/follow.ts'
import { actAndRecord, destinationsOf, payerSentence } from '../checkout/payer.ts'
import { toJson } from '../journal/json.ts'
import { minus, NOTHING } from '../payment/amount.ts'
import { iso, ledgerOf } from '../payment/ledger.ts'
import { isExpired, type Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

const at = (epochMs: number | null) => (epochMs === null ? null : iso(epochMs))

export const summaryOf = (p: Payment, now: number) => ({
  tid: p.tid,
  namespace: p.namespace,
  cid: p.cid,
  partner_order_id: p.partner_order_id,
  partner_user_id: p.partner_user_id,
  item_name: p.item_name,
  status: p.status,
  expired: isExpired(p, now),
  total: p.amount.total,
  canceled: p.canceled.total,
  created_at: iso(p.created_at),
  expires_at: iso(p.expires_at),
  approved_at: at(p.approved_at),
  canceled_at: at(p.canceled_at),
})

/** The payer's page on this server, also where ready answered with the real hosts' URLs. */
const pageOf = (base: string, { subscription, hash }: Payment) =>
  `${base}/mockup/bridge/pc/pg/${subscription ? 'subscription/payment-issue' : 'one-time/payment'}/${hash}`

const HASH = /^[0-9a-f]{64}$/

export const paymentHandlers = (deps: ControlDeps): Pick<ControlHandlers, 'payments' | 'payment' | 'payer'> => {
  const { store, namespaces, journal, publicUrl, now } = deps
  /** By the clock of the payment's own namespace, without making one. */
  const clockOf = (namespace: string) => namespaces.find(namespace)?.now() ?? now()

  return {
    async payments({ query, namespace }) {
      const all = await store.list(namespace === undefined ? {} : { namespace })
      const found = all.filter(
        (p) =>
          (query.status === undefined || p.status === query.status) &&
          (query.order_id === undefined || p.partner_order_id === query.order_id),
      )
      return {
        payments: found.slice(0, query.limit).map((p) => summaryOf(p, clockOf(p.namespace))),
        total: found.length,
      }
    },
    async payment({ params: { tid = '' }, namespace }) {
      const p = await store.find(tid)
      if (!p || (namespace !== undefined && p.namespace !== namespace))
        return problem(404, `there is no payment ${tid.slice(0, 80)}. GET /_mock/payments lists them.`)
      const timeline = journal.on ? [...journal.query({ tid })].reverse() : []
      return {
        ...summaryOf(p, clockOf(p.namespace)),
        sid: p.sid,
        item_code: p.item_code,
        quantity: p.quantity,
        amount: { ...p.amount },
        canceled_amount: { ...p.canceled },
        cancel_available_amount: p.approved_at === null ? { ...NOTHING } : minus(p.amount, p.canceled),
        pg_token: p.pg_token,
        choice: p.choice && { ...p.choice },
        approval_url: p.approval_url,
        cancel_url: p.cancel_url,
        fail_url: p.fail_url,
        redirect_url: pageOf(publicUrl(), p),
        actions: p.actions.map((a) => ({ ...a, amount: { ...a.amount }, approved_at: iso(a.approved_at) })),
        ledger: ledgerOf(p),
        timeline: timeline.map((entry) => toJson(entry, entry.id)),
      }
    },
    async payer({ params: { tid: wanted = '' }, body: { action, follow: follows, ...selection }, info }) {
      const payment = HASH.test(wanted) ? await store.findByHash(wanted) : await store.find(wanted)
      const acted = payment && (await actAndRecord(deps, info, payment, action, selection))
      if (!acted) return problem(404, `there is no payment ${wanted.slice(0, 80)}. send the tid that ready answered.`)
      const { result, repeated } = acted
      if (isRefusal(result)) return problem(result.refused === 'choice-not-allowed' ? 400 : 409, payerSentence(result))
      const { redirect_url, pg_token, payment: after } = result
      const merchant =
        follows && redirect_url !== null ? await follow(redirect_url, destinationsOf(deps, payment)) : undefined
      return {
        redirect_url,
        ...(pg_token === null ? {} : { pg_token }),
        status: after.status,
        ...(merchant ? { merchant } : {}),
        ...(repeated ? { repeated } : {}),
      }
    },
  }
}

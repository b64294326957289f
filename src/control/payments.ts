import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { statuses } from '../../contracts/answer.ts'
import { toJson } from '../journal/json.ts'
import { entryJson } from '../journal/schema.ts'
import { minus, NOTHING } from '../payment/amount.ts'
import { iso, ledgerOf } from '../payment/ledger.ts'
import { isExpired, type Payment } from '../payment/payment.ts'
import { answerInSlices, list } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { amount, answers, count, fields, headers, inNamespace, instant, namespaceName, scope } from './fields.ts'
import { orders, searched } from './payment-search.ts'
import { problem } from './problem.ts'

const summary = z
  .object({
    tid: z.string(),
    namespace: namespaceName,
    cid: z.string(),
    partner_order_id: z.string(),
    partner_user_id: z.string(),
    item_name: z.string(),
    status: z.string(),
    expired: z.boolean(),
    total: z.int(),
    canceled: z.int(),
    created_at: instant,
    expires_at: instant,
    approved_at: instant.nullable(),
    canceled_at: instant.nullable(),
  })
  .openapi('PaymentSummary')

const family = z.object({ total: z.int(), tax_free: z.int(), vat: z.int() })

/** What moved, what is left after it, and how the VAT comes about. Amounts in KRW. */
export const ledgerLine = z.object({
  at: instant,
  aid: z.string().nullable(),
  type: z.enum(['ORDER', 'PAYMENT', 'CANCEL', 'ISSUED_SID']),
  moved: family,
  left: family.meta({ description: 'What can still be cancelled after this line' }),
  vat: z.string().meta({ description: 'How the VAT comes about: vat 200 = (2200 − 0) / 11, rounded' }),
})

const action = z.object({
  aid: z.string(),
  payment_action_type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']),
  amount,
  approved_at: instant,
  payload: z.string().nullable(),
})

const detail = z
  .object({
    ...summary.shape,
    sid: z.string().nullable(),
    item_code: z.string().nullable(),
    quantity: z.int(),
    amount,
    canceled_amount: amount,
    cancel_available_amount: amount,
    pg_token: z.string().nullable(),
    choice: z
      .object({
        payment_method_type: z.enum(['CARD', 'MONEY']),
        card: z.string().nullable(),
        card_type: z.enum(['CREDIT', 'CHECK']).nullable(),
        install_month: z.int(),
        interest_free_install: z.enum(['Y', 'N']),
        point: z.int(),
        discount: z.int(),
      })
      .nullable(),
    available_cards: z.array(z.string()).nullable(),
    payment_method_type: z.enum(['CARD', 'MONEY']).nullable(),
    install_month: z.int().nullable(),
    use_share_installment: z.boolean(),
    custom_json: z.record(z.string(), z.string()).nullable().meta({ description: 'As sent to ready' }),
    redirect_scheme_url: z.string().nullable(),
    approval_url: z.string(),
    cancel_url: z.string(),
    fail_url: z.string(),
    redirect_url: z.string().meta({ description: 'The payer’s page' }),
    actions: z.array(action),
    ledger: z.array(ledgerLine),
    timeline: z
      .array(entryJson)
      .meta({ description: 'Every call that touched it, oldest first, as far as the journal goes' }),
  })
  .openapi('Payment')

const tags = ['payments']

const listRoute = createRoute({
  method: 'get',
  path: '/_mock/payments',
  operationId: 'payments',
  tags,
  summary: 'Lists payments',
  request: {
    headers,
    query: fields({
      ...inNamespace,
      status: z.enum(statuses).optional(),
      expired: z.enum(['true', 'false']).optional(),
      order_id: z.string().optional(),
      sid: z.string().optional(),
      text: z.string().max(200).optional().meta({ description: 'A text in tid, order, user, item or cid' }),
      order: z.enum(orders).default('newest'),
      limit: count(1, 10_000, 100),
    }),
  },
  responses: answers(z.object({ payments: z.array(summary), total: z.int().meta({ description: 'How many match' }) })),
})

const show = createRoute({
  method: 'get',
  path: '/_mock/payments/{tid}',
  operationId: 'payment',
  tags,
  summary: 'Shows one payment with its ledger and every call that touched it',
  request: { headers, params: z.object({ tid: z.string() }), query: scope },
  responses: answers(detail),
})

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

const detailOf = (p: Payment, base: string) => ({
  sid: p.sid,
  item_code: p.item_code,
  quantity: p.quantity,
  amount: { ...p.amount },
  canceled_amount: { ...p.canceled },
  cancel_available_amount: p.approved_at === null ? { ...NOTHING } : minus(p.amount, p.canceled),
  pg_token: p.pg_token,
  choice: p.choice && { ...p.choice },
  available_cards: p.available_cards && [...p.available_cards],
  payment_method_type: p.payment_method_type,
  install_month: p.install_month,
  use_share_installment: p.use_share_installment,
  custom_json: p.custom_json && { ...p.custom_json },
  redirect_scheme_url: p.redirect_scheme_url,
  approval_url: p.approval_url,
  cancel_url: p.cancel_url,
  fail_url: p.fail_url,
  redirect_url: pageOf(base, p),
  actions: p.actions.map((a) => ({ ...a, amount: { ...a.amount }, approved_at: iso(a.approved_at) })),
  ledger: ledgerOf(p),
})

/** The payer's page on this server, also where ready answered with the real hosts' URLs. */
const pageOf = (base: string, { subscription, hash }: Payment) =>
  `${base}/mockup/bridge/pc/pg/${subscription ? 'subscription/payment-issue' : 'one-time/payment'}/${hash}`

export const paymentsApp = ({ store, namespaces, journal, secrets, publicUrl, now }: ControlDeps) => {
  /** By the clock of the payment's own namespace, without making one. */
  const nowOf = (namespace: string) => namespaces.find(namespace)?.now() ?? now()

  return new OpenAPIHono<ControlEnv>()
    .openapi(listRoute, async (c) => {
      const { order, limit, ...filter } = c.req.valid('query')
      const { namespace } = c.var
      const all = await store.list(namespace === undefined ? {} : { namespace })
      const found = await searched(all, filter, order, nowOf, secrets.mask)
      const payments = list(found.slice(0, limit), (p) => secrets.maskAll(summaryOf(p, nowOf(p.namespace))))
      return answerInSlices(c, { payments, total: found.length })
    })
    .openapi(show, async (c) => {
      const { tid } = c.req.valid('param')
      const p = await store.find(tid)
      if (!p || (c.var.namespace !== undefined && p.namespace !== c.var.namespace))
        return problem(c, 404, `there is no payment ${tid.slice(0, 80)}. GET /_mock/payments lists them.`)
      const timeline = journal.on ? [...(await journal.query({ tid }))].reverse() : []
      const shown = secrets.maskAll({ ...summaryOf(p, nowOf(p.namespace)), ...detailOf(p, publicUrl()) })
      return answerInSlices(c, { ...shown, timeline: list(timeline, (entry) => toJson(journal.shown(entry))) })
    })
}

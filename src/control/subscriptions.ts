import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { iso } from '../payment/ledger.ts'
import type { Subscription } from '../payment/subscription.ts'
import { answerInSlices, list } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, count, fields, headers, inNamespace, instant, namespaceName } from './fields.ts'

const subscription = z
  .object({
    sid: z.string(),
    namespace: namespaceName,
    cid: z.string(),
    partner_user_id: z.string(),
    item_name: z.string(),
    payment_method_type: z.enum(['CARD', 'MONEY']),
    status: z.enum(['ACTIVE', 'INACTIVE']),
    created_at: instant,
    last_approved_at: instant.nullable(),
    inactivated_at: instant.nullable(),
  })
  .openapi('Subscription')

const listRoute = createRoute({
  method: 'get',
  path: '/_mock/subscriptions',
  operationId: 'subscriptions',
  tags: ['subscriptions'],
  summary: 'Lists subscriptions, newest first; GET /_mock/payments?sid= lists what one has charged',
  request: { headers, query: fields({ ...inNamespace, limit: count(1, 10_000, 100) }) },
  responses: answers(z.object({ subscriptions: z.array(subscription), total: z.int() })),
})

const at = (epochMs: number | null) => (epochMs === null ? null : iso(epochMs))

const toJson = (s: Subscription) => ({
  sid: s.sid,
  namespace: s.namespace,
  cid: s.cid,
  partner_user_id: s.partner_user_id,
  item_name: s.item_name,
  payment_method_type: s.choice.payment_method_type,
  status: s.status,
  created_at: iso(s.created_at),
  last_approved_at: at(s.last_approved_at),
  inactivated_at: at(s.inactivated_at),
})

export const subscriptionsApp = ({ store, secrets }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(listRoute, async (c) => {
    const all = await store.subscriptions.list(c.var.namespace)
    const subscriptions = list(all.slice(0, c.req.valid('query').limit), (s) => secrets.maskAll(toJson(s)))
    return answerInSlices(c, { subscriptions, total: all.length })
  })

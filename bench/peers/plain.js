/**
 * The application that one would write with this stack: @hono/zod-openapi on @hono/node-server. It validates the body of `ready` by its
 * schema and answers the same object as the mock does; it keeps no state and has no journal, no faults and no page.
 */
import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'

const port = Number(process.argv[2] ?? 0)
const origin = `http://127.0.0.1:${port}`

const Ready = z.object({
  cid: z.string().length(10),
  partner_order_id: z.string().max(100),
  partner_user_id: z.string().max(100),
  item_name: z.string().max(100),
  item_code: z.string().max(100).optional(),
  quantity: z.int(),
  total_amount: z.int(),
  tax_free_amount: z.int(),
  vat_amount: z.int().optional(),
  green_deposit: z.int().optional(),
  approval_url: z.string().max(255),
  cancel_url: z.string().max(255),
  fail_url: z.string().max(255),
  available_cards: z.array(z.string()).optional(),
  payment_method_type: z.string().optional(),
  install_month: z.int().optional(),
})
const Prepared = z.object({
  tid: z.string(),
  next_redirect_app_url: z.string(),
  next_redirect_mobile_url: z.string(),
  next_redirect_pc_url: z.string(),
  android_app_scheme: z.string(),
  ios_app_scheme: z.string(),
  created_at: z.string(),
})

const route = createRoute({
  method: 'post',
  path: '/online/v1/payment/ready',
  request: {
    headers: z.object({ authorization: z.string() }),
    body: { required: true, content: { 'application/json': { schema: Ready } } },
  },
  responses: { 200: { description: 'prepared', content: { 'application/json': { schema: Prepared } } } },
})

const KST_OFFSET_MS = 9 * 60 * 60 * 1000
const app = new OpenAPIHono()
app.openapi(route, (c) => {
  c.req.valid('json')
  const hash = randomBytes(32).toString('hex')
  const path = `pg/one-time/payment/${hash}`
  const scheme = `kakaotalk://kakaopay/pg?url=https://online-pay.kakaopay.com/pay/mockup/${hash}`
  return c.json(
    {
      tid: `T${randomBytes(10).toString('hex').slice(1)}`,
      next_redirect_app_url: `${origin}/mockup/bridge/mobile-app/${path}`,
      next_redirect_mobile_url: `${origin}/mockup/bridge/mobile-web/${path}`,
      next_redirect_pc_url: `${origin}/mockup/bridge/pc/${path}`,
      android_app_scheme: scheme,
      ios_app_scheme: scheme,
      created_at: new Date(Date.now() + KST_OFFSET_MS).toISOString().slice(0, 19),
    },
    200,
  )
})
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { follow } from '../checkout/follow.ts'
import { actAndRecord, destinationsOf, payerSentence } from '../checkout/payer.ts'
import { payerActions } from '../endpoints/payer.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, fields, json, nothing } from './fields.ts'
import { problem } from './problem.ts'

const MONTHS = 'must be an integer from 0 to 12'

/** What the merchant answered to the redirect: every hop, and the beginning of the last page. */
const merchantResponse = z.object({
  hops: z.array(z.object({ url: z.string(), status: z.int().nullable(), error: z.string().optional() })),
  body: z.string(),
})

const route = createRoute({
  method: 'post',
  path: '/_mock/payments/{tid}/payer',
  operationId: 'payer',
  tags: ['payments'],
  summary: 'Does what the payer does on the page',
  request: {
    params: z.object({ tid: z.string().meta({ description: 'A tid, or the hash of the payer’s page' }) }),
    query: nothing,
    body: json(
      fields({
        action: z.enum(payerActions),
        method: z.enum(['CARD', 'MONEY']).optional(),
        card: z.string().optional().meta({ description: 'A card code such as SHINHAN, within what ready allowed' }),
        card_type: z.enum(['CREDIT', 'CHECK']).optional(),
        install_month: z.int({ error: MONTHS }).min(0, MONTHS).max(12, MONTHS).optional(),
        interest_free_install: z.enum(['Y', 'N']).optional(),
        point: z.int().min(0).optional().meta({ description: 'Paid with points, in KRW, within the total' }),
        discount: z.int().min(0).optional().meta({ description: 'Discounted, in KRW, within the total' }),
        follow: z.boolean().optional().meta({ description: 'Call the redirect URL as the payer’s browser would' }),
      }),
    ),
  },
  responses: answers(
    z.object({
      redirect_url: z.string().nullable().meta({ description: 'null where the browser stays' }),
      pg_token: z.string().optional(),
      status: z.string(),
      repeated: merchantResponse
        .optional()
        .meta({ description: 'With a repeat-redirect rule: what the merchant answered the first time' }),
      merchant: merchantResponse.optional().meta({ description: 'With follow: what the merchant answered' }),
    }),
  ),
})

const HASH = /^[0-9a-f]{64}$/

/** Carried out by the same function as the page's buttons. */
export const payerApp = (deps: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(route, async (c) => {
    const { tid } = c.req.valid('param')
    const { action, follow: follows, ...selection } = c.req.valid('json')
    const payment = HASH.test(tid) ? await deps.store.findByHash(tid) : await deps.store.find(tid)
    const acted = payment && (await actAndRecord(deps, c.var.info, payment, action, selection))
    if (!acted) return problem(c, 404, `there is no payment ${tid.slice(0, 80)}. send the tid that ready answered.`)
    const { result, repeated } = acted
    if (isRefusal(result)) return problem(c, result.refused === 'choice-not-allowed' ? 400 : 409, payerSentence(result))
    const { redirect_url, pg_token, payment: after } = result
    const merchant =
      follows && redirect_url !== null ? await follow(redirect_url, destinationsOf(deps, payment)) : undefined
    return c.json(
      {
        redirect_url,
        ...(pg_token === null ? {} : { pg_token }),
        status: after.status,
        ...(merchant ? { merchant } : {}),
        ...(repeated ? { repeated } : {}),
      },
      200,
    )
  })

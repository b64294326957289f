import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { refusalBody } from '../http/errors.ts'
import { cancel } from '../payment/cancel.ts'
import { ledgerOf } from '../payment/ledger.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, fields, json, nothing } from './fields.ts'
import { ledgerLine } from './payments.ts'
import { problem } from './problem.ts'

const route = createRoute({
  method: 'post',
  path: '/_mock/payments/{tid}/cancel-preview',
  operationId: 'previewCancel',
  tags: ['payments'],
  summary: 'Says what a cancel would do to the ledger, or why it would be refused, without sending it',
  request: {
    params: z.object({ tid: z.string() }),
    query: nothing,
    body: json(
      fields({
        cancel_amount: z.int().min(0),
        cancel_tax_free_amount: z.int().min(0).default(0),
        cancel_vat_amount: z.int().min(0).optional(),
      }),
    ),
  },
  responses: answers(
    z.object({
      line: ledgerLine.nullable().meta({ description: 'The line that the cancel would add' }),
      refusal: z
        .object({ name: z.string(), error_code: z.int(), error_message: z.string() })
        .nullable()
        .meta({ description: 'What cancel would answer' }),
    }),
  ),
})

export const cancelPreviewApp = ({ store, namespaces, rulesOff, now }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(route, async (c) => {
    const { tid } = c.req.valid('param')
    const payment = await store.find(tid)
    if (!payment) return problem(c, 404, `there is no payment ${tid.slice(0, 80)}. GET /_mock/payments lists them.`)
    const namespace = namespaces.find(payment.namespace)
    const { vatRemainder } = (namespace ?? namespaces.start).settings
    const amounts = c.req.valid('json')
    const result = cancel(payment, { ...amounts, aid: '', now: namespace?.now() ?? now(), vatRemainder }, rulesOff)
    if (!isRefusal(result)) return c.json({ line: ledgerOf(result).at(-1) ?? null, refusal: null }, 200)
    const { error_code, error_message } = refusalBody(result)
    return c.json({ line: null, refusal: { name: result.refused, error_code, error_message } }, 200)
  })

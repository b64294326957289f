import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { iso } from '../payment/ledger.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, headers, instant, nothing } from './fields.ts'

const deviation = z.object({
  call: z.string(),
  rule: z.string().meta({ description: 'The rule or requirement of the contract' }),
  evidence: z.enum(['documented', 'observed', 'inferred']),
  source: z.string(),
  at: z.string().meta({ description: 'Where in the exchange' }),
  expected: z.string(),
  actual: z.string(),
  first_at: instant,
  last_at: instant,
  count: z.int(),
})

const route = createRoute({
  method: 'get',
  path: '/_mock/deviations',
  operationId: 'deviations',
  tags: ['relay'],
  summary: 'Lists where the server behind --relay behaves otherwise than the contract',
  request: { headers, query: nothing },
  responses: answers(
    z.object({
      relay: z.boolean().meta({ description: 'Whether calls are passed on' }),
      deviations: z.array(deviation),
      dropped: z.int().meta({ description: 'Different ones beyond the limit, which are not kept' }),
    }),
  ),
})

export const deviationsApp = ({ deviations, relay, secrets }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(route, (c) =>
    c.json(
      {
        relay: relay !== undefined,
        deviations: deviations
          .list()
          .map((seen) => secrets.maskAll({ ...seen, first_at: iso(seen.first_at), last_at: iso(seen.last_at) })),
        dropped: deviations.dropped,
      },
      200,
    ),
  )

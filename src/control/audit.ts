import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { auditOf } from '../journal/audit.ts'
import { auditText } from '../journal/audit-text.ts'
import type { Entry } from '../journal/entry.ts'
import { identifiersOf } from '../journal/entry.ts'
import { audit } from '../journal/schema.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { count, fields, headers, inNamespace, refused } from './fields.ts'

const query = fields({
  ...inNamespace,
  as: z.enum(['json', 'text']).default('json'),
  limit: count(1, 100_000, 10_000).meta({ description: 'Findings in the answer; all payments are judged and counted' }),
})

const route = createRoute({
  method: 'get',
  path: '/_mock/audit',
  operationId: 'audit',
  tags: ['audit'],
  summary: 'Says for each payment what moved, which answers reached the merchant and what it asked afterwards',
  request: { query, headers },
  responses: {
    200: {
      description: 'Done.',
      content: { 'application/json': { schema: audit }, 'text/plain': { schema: z.string() } },
    },
    ...refused,
  },
})

export const auditApp = ({ store, journal, faults }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>().openapi(route, async (c) => {
    const { as, limit } = c.req.valid('query')
    const { namespace } = c.var
    const payments = (await store.list(namespace === undefined ? {} : { namespace })).toReversed()
    const calls = new Map<string, Entry[]>()
    const entries = journal.on ? journal.query({ namespace }).toReversed() : []
    for (const entry of entries) {
      const { tid } = identifiersOf(entry)
      if (tid === null) continue
      const same = calls.get(tid)
      if (same) same.push(entry)
      else calls.set(tid, [entry])
    }
    const result = {
      ...auditOf(payments, calls, limit),
      unfired: faults.list(namespace).flatMap((s) => (s.fired === 0 ? [s.id] : [])),
      journal: journal.on,
      calls_forgotten: journal.dropped,
    }
    return as === 'json' ? c.json(result, 200) : c.text(auditText(result), 200)
  })

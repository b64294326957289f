import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { Findings } from '../journal/audit.ts'
import { auditText } from '../journal/audit-text.ts'
import type { Entry } from '../journal/entry.ts'
import { identifiersOf } from '../journal/entry.ts'
import { audit } from '../journal/schema.ts'
import { forEachInSlices } from '../journal/slice.ts'
import type { Payment } from '../payment/payment.ts'
import { answerInSlices, list, textInSlices } from './answer.ts'
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

export const auditApp = ({ store, journal, faults, secrets }: ControlDeps) => {
  /** The calls of each payment, oldest first, as far as the journal holds them. */
  const callsByTid = async (namespace: string | undefined) => {
    const calls = new Map<string, Entry[]>()
    const entries = journal.on ? await journal.query({ namespace }) : []
    await forEachInSlices(entries.toReversed(), (entry) => {
      const { tid } = identifiersOf(entry)
      if (tid === null) return
      const same = calls.get(tid)
      if (same) same.push(entry)
      else calls.set(tid, [entry])
    })
    return calls
  }

  return new OpenAPIHono<ControlEnv>().openapi(route, async (c) => {
    const { as, limit } = c.req.valid('query')
    const { namespace } = c.var
    const payments = await store.list(namespace === undefined ? {} : { namespace })
    const findings = new Findings(await callsByTid(namespace))
    await forEachInSlices(payments.toReversed(), (payment) => findings.add(payment))
    const { unsettled, unknown } = findings
    const shown = findings.worstFirst().slice(0, limit)
    const toJson = (payment: Payment) => secrets.maskAll(findings.finding(payment))
    const summary = {
      payments: payments.length,
      unsettled,
      unknown,
      unfired: faults.list(namespace).flatMap((s) => (s.fired === 0 ? [s.id] : [])),
      journal: journal.on,
      calls_forgotten: journal.dropped,
    }
    if (as === 'text') return textInSlices(c, auditText(summary, each(shown, toJson), payments.length - shown.length))
    return answerInSlices(c, { settled: unsettled + unknown === 0, ...summary, findings: list(shown, toJson) })
  })
}

function* each<T, U>(items: Iterable<T>, map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item)
}

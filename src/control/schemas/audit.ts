import * as z from 'zod'
import { audit } from '../../journal/schema.ts'
import { controlEndpoint } from './endpoint.ts'
import { count, inNamespace } from './fields.ts'

export const auditQuery = z.strictObject({
  ...inNamespace,
  as: z.enum(['json', 'text']).default('json'),
  limit: count(1, 100_000, 10_000).meta({ description: 'Findings in the answer; all payments are judged and counted' }),
})

const scope = z.strictObject(inNamespace)

export const auditCalls = {
  audit: controlEndpoint({
    name: 'audit',
    method: 'GET',
    path: '/_mock/audit',
    summary: 'Says for each payment what moved, which answers reached the merchant and what it asked afterwards',
    query: auditQuery,
    response: audit,
  }),
  events: controlEndpoint({
    name: 'events',
    method: 'GET',
    path: '/_mock/events',
    summary: 'Server-sent events: call, payment, rule, clock, namespace, application, reset',
    query: scope,
    response: z.string(),
    media: 'text/event-stream',
  }),
} as const

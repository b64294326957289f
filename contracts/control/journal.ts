import * as z from 'zod'
import { endpoints } from '../index.ts'
import { controlEndpoint } from './endpoint.ts'
import { refusalName } from './faults.ts'
import { count, duration, inNamespace, instant, instantInput, namespaceName, removed } from './words.ts'

export const entry = z.object({
  id: z.string().meta({ description: 'ULID' }),
  time: instant.meta({ description: 'When it came in, by the system’s clock' }),
  kst: z.string().meta({ description: 'The same by the namespace’s clock, as KakaoPay writes instants' }),
  namespace: namespaceName.nullable(),
  call: z.string().nullable().meta({ description: 'ready, approve, …, or payer; null where the path is none' }),
  method: z.string(),
  path: z.string(),
  tid: z.string().nullable(),
  order_id: z.string().nullable(),
  request: z.object({
    headers: z.array(z.tuple([z.string(), z.string()])).meta({ description: 'As sent; the key is masked' }),
    body: z.string().nullable(),
    body_cut: z.boolean(),
  }),
  response: z.object({
    status: z.int().nullable().meta({ description: 'null where the connection was closed without one' }),
    body: z.string().nullable(),
    told: z.boolean().meta({ description: 'Whether the client got the whole answer that the payment gave' }),
  }),
  duration_ms: z.number(),
  refusal: z
    .object({ name: z.string(), rule: z.string(), error_code: z.int(), evidence: z.string() })
    .nullable()
    .meta({ description: 'What refused: the refusal and the rule that was broken' }),
  fault: z.object({ scenario: z.string(), fault: z.string(), money_moved: z.boolean() }).nullable(),
  unread: z
    .array(z.object({ field: z.string(), did_you_mean: z.string().nullable(), message: z.string() }))
    .meta({ description: 'Fields that nobody reads, with the nearest known one' }),
})

export const filters = {
  ...inNamespace,
  tid: z.string().optional(),
  order_id: z.string().optional(),
  call: z
    .enum([...Object.keys(endpoints), 'payer'], {
      error: `must be one of ${[...Object.keys(endpoints), 'payer'].join(', ')}`,
    })
    .optional(),
  status: z.coerce.number({ error: 'must be an HTTP status, such as 400' }).int().optional(),
  refusal: refusalName.optional(),
  text: z.string().max(200).optional().meta({ description: 'A text in the path, the request or the answer' }),
  since: z.union([instantInput, z.coerce.number().int()]).optional(),
  until: z.union([instantInput, z.coerce.number().int()]).optional(),
  after: z.string().optional().meta({ description: 'Only entries newer than this ULID' }),
}

export const query = z.strictObject({ ...filters, limit: count(1, 10_000, 100) })
export const countQuery = z.strictObject(filters)
export const waitQuery = z.strictObject({
  ...filters,
  count: count(1, 10_000, 1),
  timeout: duration.default('5s').meta({ description: 'At most 60 s' }),
})
export const entryQuery = z.strictObject({
  as: z.enum(['json', 'curl', 'har', 'fixture']).default('json'),
})

export const page = z.object({
  entries: z.array(entry).meta({ description: 'Newest first' }),
  total: z.int().meta({ description: 'How many match' }),
  kept: z.int(),
  dropped: z.int().meta({ description: 'How many were pushed out by newer ones' }),
})

const scope = z.strictObject(inNamespace)

export const journalCalls = {
  journal: controlEndpoint({
    name: 'journal',
    method: 'GET',
    path: '/_mock/journal',
    summary: 'Lists calls as they were sent and answered, newest first',
    query: query,
    response: page,
  }),
  countJournal: controlEndpoint({
    name: 'countJournal',
    method: 'GET',
    path: '/_mock/journal/count',
    summary: 'Counts the calls that match',
    query: countQuery,
    response: z.object({ count: z.int() }),
  }),
  waitJournal: controlEndpoint({
    name: 'waitJournal',
    method: 'GET',
    path: '/_mock/journal/wait',
    summary: 'Answers as soon as `count` calls match; 408 after `timeout`, with what nearly matched',
    query: waitQuery,
    response: z.object({ entries: z.array(entry) }),
  }),
  journalEntry: controlEndpoint({
    name: 'journalEntry',
    method: 'GET',
    path: '/_mock/journal/{id}',
    summary: 'Shows one call; `as` writes it as curl, HAR or a fixture, with the key masked',
    query: entryQuery,
    response: entry,
  }),
  clearJournal: controlEndpoint({
    name: 'clearJournal',
    method: 'DELETE',
    path: '/_mock/journal',
    summary: 'Forgets the calls',
    query: scope,
    response: removed,
  }),
} as const

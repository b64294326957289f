import * as z from 'zod'
import { endpoints } from '../../../contracts/index.ts'
import { refusalName } from '../../faults/fault-types.ts'
import { entryJson } from '../../journal/schema.ts'
import { controlEndpoint } from './endpoint.ts'
import { count, duration, inNamespace, instantInput, removed } from './fields.ts'

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
  entries: z.array(entryJson).meta({ description: 'Newest first' }),
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
    response: z.object({ entries: z.array(entryJson) }),
  }),
  journalEntry: controlEndpoint({
    name: 'journalEntry',
    method: 'GET',
    path: '/_mock/journal/{id}',
    summary: 'Shows one call; `as` writes it as curl, HAR or a fixture, with the key masked',
    query: entryQuery,
    response: entryJson,
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

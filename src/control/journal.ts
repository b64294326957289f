import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { prettyJSON } from 'hono/pretty-json'
import { endpoints } from '../../contracts/index.ts'
import { refusalName } from '../faults/fault-types.ts'
import { curlOf } from '../journal/curl.ts'
import type { Filter } from '../journal/filter.ts'
import { fixtureOf } from '../journal/fixture.ts'
import { harOf } from '../journal/har.ts'
import { toJson } from '../journal/json.ts'
import { entryJson } from '../journal/schema.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import {
  answers,
  count,
  duration,
  durationMs,
  fields,
  headers,
  inNamespace,
  instantInput,
  msOf,
  refused,
  removed,
  scope,
} from './fields.ts'
import { controlError, problem, problemBody } from './problem.ts'

/** The longest that a call waits for a match, in ms. */
export const MAX_TIMEOUT_MS = 60_000

const calls = [...Object.keys(endpoints), 'payer']

const filter = {
  ...inNamespace,
  tid: z.string().optional(),
  order_id: z.string().optional(),
  call: z.enum(calls).optional(),
  status: z.coerce.number({ error: 'must be an HTTP status, such as 400' }).int().optional(),
  refusal: refusalName.optional(),
  text: z.string().max(200).optional().meta({ description: 'A text in the path, the request or the answer' }),
  since: z.union([instantInput, z.coerce.number().int()]).optional(),
  until: z.union([instantInput, z.coerce.number().int()]).optional(),
  after: z.string().optional().meta({ description: 'Only entries newer than this ULID' }),
}

const tags = ['journal']
const entries = z.array(entryJson)

const list = createRoute({
  method: 'get',
  path: '/_mock/journal',
  operationId: 'journal',
  tags,
  summary:
    'Lists calls as they were sent and answered, newest first; `as=har` writes them as one HAR, with keys masked',
  request: {
    headers,
    query: fields({ ...filter, as: z.enum(['json', 'har']).default('json'), limit: count(1, 10_000, 100) }),
  },
  responses: answers(
    z.object({
      entries: entries.meta({ description: 'Newest first' }),
      total: z.int().meta({ description: 'How many match' }),
      kept: z.int(),
      dropped: z.int().meta({ description: 'How many were pushed out by newer ones' }),
    }),
  ),
})

const countRoute = createRoute({
  method: 'get',
  path: '/_mock/journal/count',
  operationId: 'countJournal',
  tags,
  summary: 'Counts the calls that match',
  request: { headers, query: fields(filter) },
  responses: answers(z.object({ count: z.int() })),
})

const near = z.array(z.object({ differs: z.string(), entry: entryJson }))

const wait = createRoute({
  method: 'get',
  path: '/_mock/journal/wait',
  operationId: 'waitJournal',
  tags,
  summary: 'Answers as soon as `count` calls match; 408 after `timeout`, with what nearly matched',
  request: {
    headers,
    query: fields({
      ...filter,
      count: count(1, 10_000, 1),
      timeout: duration.default('5s').meta({ description: 'At most 60 s' }),
    }),
  },
  responses: {
    ...answers(z.object({ entries })),
    408: {
      description: 'Too few calls matched in time.',
      content: { 'application/json': { schema: z.object({ ...controlError.shape, near }) } },
    },
    503: { description: 'Too many calls wait.', content: { 'application/json': { schema: controlError } } },
  },
})

const show = createRoute({
  method: 'get',
  path: '/_mock/journal/{id}',
  operationId: 'journalEntry',
  tags,
  summary: 'Shows one call; `as` writes it as curl, HAR or a fixture, with the key masked',
  request: {
    params: z.object({ id: z.string() }),
    query: fields({ as: z.enum(['json', 'curl', 'har', 'fixture']).default('json') }),
  },
  responses: {
    200: {
      description: 'Done.',
      content: { 'application/json': { schema: entryJson }, 'text/plain': { schema: z.string() } },
    },
    ...refused,
  },
  // An exported fixture is read and edited by people.
  middleware: prettyJSON({ force: true }),
})

const clear = createRoute({
  method: 'delete',
  path: '/_mock/journal',
  operationId: 'clearJournal',
  tags,
  summary: 'Forgets the calls',
  request: { headers, query: scope },
  responses: answers(removed),
})

type Query = z.output<z.ZodObject<typeof filter>>

const filterOf = (query: Query, namespace: string | undefined): Filter => ({
  namespace,
  tid: query.tid,
  order_id: query.order_id,
  call: query.call,
  status: query.status,
  refusal: query.refusal,
  text: query.text,
  since: query.since === undefined ? undefined : msOf(query.since),
  until: query.until === undefined ? undefined : msOf(query.until),
  after: query.after,
})

const off = (c: Context) => problem(c, 409, 'the journal is off. start the mock without --no-journal.')

export const journalApp = ({ journal, publicUrl, version }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>()
    .openapi(list, (c) => {
      if (!journal.on) return off(c)
      const query = c.req.valid('query')
      const all = journal.query(filterOf(query, c.var.namespace))
      if (query.as === 'har')
        return c.json(harOf(all.slice(0, query.limit).reverse(), publicUrl(), version) as never, 200)
      const { size: kept, dropped } = journal
      return c.json({ entries: all.slice(0, query.limit).map(toJson), total: all.length, kept, dropped }, 200)
    })
    .openapi(countRoute, (c) =>
      journal.on ? c.json({ count: journal.count(filterOf(c.req.valid('query'), c.var.namespace)) }, 200) : off(c),
    )
    .openapi(wait, async (c) => {
      if (!journal.on) return off(c)
      const query = c.req.valid('query')
      const ms = durationMs(query.timeout) ?? 0
      if (ms < 0 || ms > MAX_TIMEOUT_MS) return problem(c, 400, `timeout must be from 0 to ${MAX_TIMEOUT_MS} ms.`)
      const filter = filterOf(query, c.var.namespace)
      const found = await journal.wait(filter, query.count, ms, c.req.raw.signal)
      if (found === 'too-many') return problem(c, 503, 'too many calls are waiting already.')
      if (found) return c.json({ entries: found.map(toJson) }, 200)
      const near = journal.near(filter).map(({ entry, differs }) => ({ differs, entry: toJson(entry) }))
      const nearly = near.length === 0 ? '' : ` ${near.length} nearly matched: see near.`
      const message = `${journal.count(filter)} of ${query.count} calls matched within ${ms} ms.${nearly}`
      return c.json({ ...problemBody(408, message), near }, 408)
    })
    .openapi(show, (c) => {
      if (!journal.on) return off(c)
      const { id } = c.req.valid('param')
      const { as } = c.req.valid('query')
      const entry = journal.find(id)
      if (!entry)
        return problem(c, 404, `there is no entry ${id.slice(0, 80)} in the journal, or newer ones pushed it out.`)
      if (as === 'json') return c.json(toJson(entry), 200)
      if (as === 'curl') return c.text(curlOf(entry, publicUrl()), 200)
      if (as === 'har') return c.json(harOf([entry], publicUrl(), version) as never, 200)
      const { tid } = toJson(entry)
      const sameTid = tid === null ? [] : [...journal.query({ tid })].reverse()
      return c.json(fixtureOf(entry, sameTid) as never, 200)
    })
    .openapi(clear, async (c) => c.json({ removed: await journal.clear(c.var.namespace) }, 200))

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { prettyJSON } from 'hono/pretty-json'
import { curlOf } from '../journal/curl.ts'
import type { Entry } from '../journal/entry.ts'
import { fixtureOf } from '../journal/fixture.ts'
import { harEntry, harHead } from '../journal/har.ts'
import { toJson } from '../journal/json.ts'
import { entryJson } from '../journal/schema.ts'
import { answerInSlices, list } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, count, duration, durationMs, fields, headers, refused, removed, scope } from './fields.ts'
import { filter, filterOf } from './journal-filter.ts'
import { controlError, problem, problemBody } from './problem.ts'

/** The longest that a call waits for a match, in ms. */
export const MAX_TIMEOUT_MS = 60_000

const tags = ['journal']
const entries = z.array(entryJson)

const listRoute = createRoute({
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

const off = (c: Context) => problem(c, 409, 'the journal is off. start the mock without --no-journal.')

export const journalApp = ({ journal, publicUrl, version }: ControlDeps) => {
  const harOf = (entries: readonly Entry[]) => ({
    log: { ...harHead(version), entries: list(entries, (entry) => harEntry(journal.shown(entry), publicUrl())) },
  })
  const shownJson = (entry: Entry) => toJson(journal.shown(entry))
  return new OpenAPIHono<ControlEnv>()
    .openapi(listRoute, async (c) => {
      if (!journal.on) return off(c)
      const query = c.req.valid('query')
      const all = await journal.query(filterOf(query, c.var.namespace))
      if (query.as === 'har') return answerInSlices(c, harOf(all.slice(0, query.limit).reverse())) as never
      const { size: kept, dropped } = journal
      const entries = list(all.slice(0, query.limit), shownJson)
      return answerInSlices(c, { entries, total: all.length, kept, dropped })
    })
    .openapi(countRoute, async (c) =>
      journal.on
        ? c.json({ count: await journal.count(filterOf(c.req.valid('query'), c.var.namespace)) }, 200)
        : off(c),
    )
    .openapi(wait, async (c) => {
      if (!journal.on) return off(c)
      const query = c.req.valid('query')
      const ms = durationMs(query.timeout) ?? 0
      if (ms < 0 || ms > MAX_TIMEOUT_MS) return problem(c, 400, `timeout must be from 0 to ${MAX_TIMEOUT_MS} ms.`)
      const filter = filterOf(query, c.var.namespace)
      const found = await journal.wait(filter, query.count, ms, c.req.raw.signal)
      if (found === 'too-many') return problem(c, 503, 'too many calls are waiting already.')
      if (found) return answerInSlices(c, { entries: list(found, shownJson) })
      const near = (await journal.near(filter)).map(({ entry, differs }) => ({ differs, entry: shownJson(entry) }))
      const nearly = near.length === 0 ? '' : ` ${near.length} nearly matched: see near.`
      const message = `${await journal.count(filter)} of ${query.count} calls matched within ${ms} ms.${nearly}`
      return c.json({ ...problemBody(408, message), near }, 408)
    })
    .openapi(show, async (c) => {
      if (!journal.on) return off(c)
      const { id } = c.req.valid('param')
      const { as } = c.req.valid('query')
      const found = journal.find(id)
      if (!found)
        return problem(c, 404, `there is no entry ${id.slice(0, 80)} in the journal, or newer ones pushed it out.`)
      const entry = journal.shown(found)
      if (as === 'json') return c.json(toJson(entry), 200)
      if (as === 'curl') return c.text(curlOf(entry, publicUrl()), 200)
      if (as === 'har') return answerInSlices(c, harOf([found])) as never
      const { tid } = toJson(entry)
      const sameTid =
        tid === null
          ? []
          : (await journal.query({ tid }))
              .filter((other) => other !== found)
              .map(journal.shown)
              .reverse()
      return c.json(fixtureOf(entry, sameTid) as never, 200)
    })
    .openapi(clear, async (c) => c.json({ removed: await journal.clear(c.var.namespace) }, 200))
}

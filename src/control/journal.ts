import type * as z from 'zod'
import { JSON_TYPE } from '../http/errors.ts'
import { curlOf } from '../journal/curl.ts'
import type { Entry } from '../journal/entry.ts'
import type { Filter } from '../journal/filter.ts'
import { fixtureOf } from '../journal/fixture.ts'
import { harOf } from '../journal/har.ts'
import { toJson } from '../journal/json.ts'
import { msOf } from './clock.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { Ask, ControlHandlers } from './router.ts'
import { durationMs } from './schemas/fields.ts'
import type { countQuery } from './schemas/journal.ts'

/** The longest that a call waits for a match, in ms. */
export const MAX_TIMEOUT_MS = 60_000

type Names = 'journal' | 'countJournal' | 'waitJournal' | 'journalEntry' | 'clearJournal'

export const journalHandlers = ({ journal, publicUrl, version }: ControlDeps): Pick<ControlHandlers, Names> => {
  const shown = (entry: Entry) => toJson(entry, entry.id)
  const off = () => problem(409, 'the journal is off. start the mock without --no-journal.')

  return {
    journal(ask) {
      if (!journal.on) return off()
      const all = journal.query(filterOf(ask))
      const { size, dropped } = journal
      return { entries: all.slice(0, ask.query.limit).map(shown), total: all.length, kept: size, dropped }
    },
    countJournal: (ask) => (journal.on ? { count: journal.count(filterOf(ask)) } : off()),
    async waitJournal(ask) {
      if (!journal.on) return off()
      const ms = durationMs(ask.query.timeout) ?? 0
      if (ms < 0 || ms > MAX_TIMEOUT_MS) return problem(400, `timeout must be from 0 to ${MAX_TIMEOUT_MS} ms.`)
      const filter = filterOf(ask)
      const { count } = ask.query
      const found = await journal.wait(filter, count, ms, ask.request.signal)
      if (found === 'too-many') return problem(503, 'too many calls are waiting already.')
      if (found) return { entries: found.map(shown) }
      const near = journal.near(filter).map(({ entry, differs }) => ({ differs, entry: shown(entry) }))
      const nearly = near.length === 0 ? '' : ` ${near.length} nearly matched: see near.`
      return problem(408, `${journal.count(filter)} of ${count} calls matched within ${ms} ms.${nearly}`, { near })
    },
    journalEntry({ params: { id = '' }, query: { as } }) {
      if (!journal.on) return off()
      const entry = journal.find(id)
      if (!entry)
        return problem(404, `there is no entry ${id.slice(0, 80)} in the journal, or newer ones pushed it out.`)
      if (as === 'json') return shown(entry)
      if (as === 'curl')
        return new Response(curlOf(entry, publicUrl()), { headers: { 'content-type': 'text/plain;charset=UTF-8' } })
      if (as === 'har') return json(harOf([entry], publicUrl(), version))
      const { tid } = shown(entry)
      return json(fixtureOf(entry, id, tid === null ? [] : [...journal.query({ tid })].reverse()))
    },
    clearJournal: ({ namespace }) => ({ removed: journal.clear(namespace) }),
  }
}

const json = (value: object) => new Response(JSON.stringify(value, null, 2), { headers: JSON_TYPE })

const filterOf = ({
  query,
  namespace,
}: Pick<Ask<'countJournal'>, 'namespace'> & { query: z.output<typeof countQuery> }): Filter => ({
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

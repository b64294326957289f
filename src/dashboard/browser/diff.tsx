import type { Entry } from './api.ts'
import { Tick, useFields } from './fields.tsx'
import { Untrusted } from './marks.tsx'
import { t } from './page-data.ts'

type Values = ReadonlyMap<string, string>
type Row = readonly [name: string, a: string | undefined, b: string | undefined]

/** Two calls, field by field: what JSON means is compared, not how it was written. */
export const Difference = ({ a, b }: { a: Entry; b: Entry }) => {
  const { values, of } = useFields({ all: false as boolean })
  const groups: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    [t('diff.line'), rowsOf(lineOf(a), lineOf(b))],
    [t('call.request'), rowsOf(flat(a.request.body), flat(b.request.body))],
    [t('diff.headers'), rowsOf(new Map(a.request.headers), new Map(b.request.headers))],
    [t('call.answer'), rowsOf(answerOf(a), answerOf(b))],
  ]
  const n = groups.flatMap(([, rows]) => rows.filter(isDifferent)).length
  return (
    <>
      <p class="note" data-testid="diff-count">
        {n === 0 ? t('diff.same') : t('diff.count', { n })}
      </p>
      <Tick {...of('all')} label={t('diff.all')} />
      <section class="scrolls" tabIndex={0} aria-label={t('diff.title')}>
        <table class="diff" data-testid="diff">
          <thead>
            <tr>
              <th scope="col">{t('diff.field')}</th>
              {[a, b].map((entry) => (
                <th key={entry.id} scope="col">
                  {entry.kst.slice(11)} <Untrusted>{entry.call ?? entry.path}</Untrusted>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(([title, rows]) => (
            <Group key={title} title={title} rows={values.all ? rows : rows.filter(isDifferent)} />
          ))}
        </table>
      </section>
    </>
  )
}

const lineOf = (entry: Entry): Values =>
  new Map([
    ['method', entry.method],
    ['path', entry.path],
  ])

const answerOf = (entry: Entry): Values =>
  new Map([['HTTP', String(entry.response.status ?? t('noAnswer'))], ...flat(entry.response.body)])

const isDifferent = ([, a, b]: Row) => a !== b

const rowsOf = (a: Values, b: Values): readonly Row[] =>
  [...new Set([...a.keys(), ...b.keys()])].map((name) => [name, a.get(name), b.get(name)])

const Group = ({ title, rows }: { title: string; rows: readonly Row[] }) =>
  rows.length === 0 ? null : (
    <tbody>
      <tr class="group">
        <th colSpan={3} scope="rowgroup">
          {title}
        </th>
      </tr>
      {rows.map((row) => {
        const [name, a, b] = row
        return (
          <tr key={name} class={isDifferent(row) ? 'changed' : ''}>
            <th scope="row">
              <Untrusted>{name}</Untrusted>
            </th>
            <td class={isDifferent(row) ? 'gone' : ''}>
              <Value of={a} />
            </td>
            <td class={isDifferent(row) ? 'came' : ''}>
              <Value of={b} />
            </td>
          </tr>
        )
      })}
    </tbody>
  )

const Value = ({ of }: { of: string | undefined }) =>
  of === undefined ? <i>{t('diff.absent')}</i> : <Untrusted>{of}</Untrusted>

/** Every value by its path: `amount.total`, `items[0]`. A text that is no JSON is compared line by line. */
const flat = (body: string | null): Values => {
  const found = new Map<string, string>()
  if (body === null) return found
  const walk = (value: unknown, path: string): void => {
    if (value !== null && typeof value === 'object' && Object.keys(value).length > 0)
      for (const [name, inner] of Object.entries(value))
        walk(inner, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`)
    else found.set(path === '' ? t('diff.body') : path, JSON.stringify(value))
  }
  try {
    walk(JSON.parse(body), '')
  } catch {
    for (const [i, text] of body.split('\n').entries()) found.set(t('diff.lineN', { n: i + 1 }), text)
  }
  return found
}

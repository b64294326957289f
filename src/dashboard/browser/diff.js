import { draft, tick } from './acts.js'
import { t } from './api.js'
import { foreign, h } from './dom.js'

// Two calls, field by field: what JSON means is compared, not how it was written.
export const difference = (a, b) => {
  const settings = draft('diff', { all: false })
  const groups = [
    ['diff.line', lineOf(a), lineOf(b)],
    ['call.request', flat(a.request.body), flat(b.request.body)],
    ['diff.headers', new Map(a.request.headers), new Map(b.request.headers)],
    ['call.answer', answerOf(a), answerOf(b)],
  ]
  const different = groups.reduce((n, [, x, y]) => n + rowsOf(x, y).filter(isDifferent).length, 0)
  return [
    h(
      'p',
      { class: 'note', 'data-testid': 'diff-count' },
      t(different === 0 ? 'diff.same' : 'diff.count', { n: different }),
    ),
    tick(settings, 'all', t('diff.all')),
    h(
      'div',
      { class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': t('diff.title') },
      h(
        'table',
        { class: 'diff', 'data-testid': 'diff' },
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, t('diff.field')),
            [a, b].map((entry) =>
              h('th', { scope: 'col' }, `${entry.kst.slice(11)} `, foreign(entry.call ?? entry.path)),
            ),
          ),
        ),
        groups.map(([title, x, y]) => group(t(title), rowsOf(x, y), settings.all)),
      ),
    ),
  ]
}

const lineOf = (entry) =>
  new Map([
    ['method', entry.method],
    ['path', entry.path],
  ])

const answerOf = (entry) =>
  new Map([['HTTP', String(entry.response.status ?? t('noAnswer'))], ...flat(entry.response.body)])

const isDifferent = ([, x, y]) => x !== y

const rowsOf = (x, y) => [...new Set([...x.keys(), ...y.keys()])].map((name) => [name, x.get(name), y.get(name)])

const group = (title, rows, all) => {
  const shown = all ? rows : rows.filter(isDifferent)
  if (shown.length === 0) return null
  return h(
    'tbody',
    { 'data-key': title },
    h('tr', { class: 'group' }, h('th', { colspan: 3, scope: 'rowgroup' }, title)),
    shown.map(([name, x, y]) =>
      h(
        'tr',
        { class: x === y ? '' : 'changed', 'data-key': name },
        h('th', { scope: 'row' }, foreign(name)),
        cell(x, x !== y && 'gone'),
        cell(y, x !== y && 'came'),
      ),
    ),
  )
}

const cell = (value, tone) =>
  h('td', { class: tone || undefined }, value === undefined ? h('i', null, t('diff.absent')) : foreign(value))

// Every value by its path: `amount.total`, `items[0]`. A text that is no JSON is compared line by line.
const flat = (body) => {
  const found = new Map()
  if (body === null) return found
  const walk = (value, path) => {
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

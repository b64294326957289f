import { acts } from './acts.js'
import { catalogue, get, scope, t } from './api.js'
import { callBody, line, took } from './calls.js'
import { difference } from './diff.js'
import { foreign, h } from './dom.js'
import { empty } from './format.js'
import { currentRoute, searchBox, setQuery } from './search.js'

const filters = ['text', 'call', 'status', 'tid', 'order_id', 'refusal']
const one = (id) => get(`/_mock/journal/${encodeURIComponent(id)}`).catch((error) => ({ error }))

// Every call as it was sent and answered; two of them side by side.
export const journal = {
  watch: ['call', 'reset', 'namespace'],
  async load({ ids, query }) {
    const asked = Object.fromEntries(filters.map((name) => [name, query.get(name) ?? undefined]))
    const [page, known, ...chosen] = await Promise.all([
      get('/_mock/journal', { ...scope(), ...asked, limit: 200 }),
      catalogue('/_mock/calls'),
      ...ids.slice(0, 2).map(one),
    ])
    return { page, calls: known.calls, chosen }
  },
  view: ({ page, calls, chosen }, route) =>
    h(
      'div',
      { class: `panes ${chosen.length > 0 ? 'has-detail' : ''}` },
      h('section', { class: 'list', 'aria-labelledby': 'list-title' }, listOf(page, calls, route)),
      h('section', { class: 'detail', 'aria-label': t('journal.one') }, detailOf(chosen, route)),
    ),
}

const listOf = ({ entries, total, kept, dropped }, calls, { ids, query }) => [
  h('h1', { id: 'list-title', tabindex: -1 }, t('nav.journal'), h('span', { class: 'count' }, String(total))),
  h(
    'div',
    { class: 'filters three-filters', role: 'search' },
    searchBox('text', t('journal.search')),
    h(
      'select',
      { 'aria-label': t('journal.call'), onchange: (event) => setQuery('call', event.target.value) },
      h('option', { value: '' }, t('journal.anyCall')),
      [...calls.map(({ name }) => name), 'payer'].map((name) =>
        h('option', { value: name, selected: query.get('call') === name }, name),
      ),
    ),
    h(
      'select',
      { 'aria-label': t('journal.status'), onchange: (event) => setQuery('status', event.target.value) },
      h('option', { value: '' }, t('journal.anyStatus')),
      ['200', '302', '400', '401', '403', '404', '429', '500', '503'].map((code) =>
        h('option', { value: code, selected: query.get('status') === code }, code),
      ),
    ),
    ['tid', 'order_id', 'refusal']
      .filter((name) => query.has(name))
      .map((name) =>
        h(
          'button',
          { type: 'button', class: 'chip', 'data-key': name, onclick: () => setQuery(name, '') },
          `${name}: `,
          foreign(query.get(name)),
          h('span', { 'aria-hidden': 'true' }, ' ×'),
          h('span', { class: 'unseen' }, ` ${t('remove')}`),
        ),
      ),
  ),
  entries.length === 0 && empty(t(kept === 0 ? 'journal.empty' : 'nothingFound')),
  h(
    'ol',
    { class: 'rows entries', 'data-testid': 'journal' },
    entries.map((entry) => row(entry, ids)),
  ),
  h('p', { class: 'note' }, t('journal.kept', { shown: entries.length, kept, dropped })),
  acts('journal', [
    {
      id: 'clear-journal',
      label: t('journal.clear'),
      tone: 'danger',
      confirm: t('journal.clearSure'),
      request: { method: 'DELETE', path: '/_mock/journal', query: scope() },
    },
  ]),
]

const addressOf = (...ids) => {
  const { query } = currentRoute()
  return `#/journal/${ids.join('/')}${query.size > 0 ? `?${query}` : ''}`
}

const row = (entry, ids) =>
  h(
    'li',
    { 'data-key': entry.id },
    h('a', { href: addressOf(entry.id), 'aria-current': ids.includes(entry.id) ? 'true' : undefined }, [
      h('span', { class: 'row-top' }, line(entry)),
      h(
        'span',
        { class: 'row-bottom' },
        foreign(entry.order_id ?? (entry.tid || entry.path), { class: 'order' }),
        took(entry),
      ),
    ]),
    ids[0] &&
      ids[0] !== entry.id &&
      h('a', { class: 'compare', href: addressOf(ids[0], entry.id), 'data-testid': 'compare' }, t('journal.compare')),
  )

const detailOf = ([first, second], { ids }) => {
  const missing = [first, second].find((entry) => entry?.error)
  const back = h('a', { class: 'back', href: addressOf() }, t('journal.back'))
  if (missing) return [back, empty(t('journal.gone'), missing.error.message)]
  if (!first) return empty(t('journal.none'), t('journal.noneHint'))
  if (second)
    return [
      back,
      h('h2', { tabindex: -1, 'data-focus': true }, t('diff.title')),
      difference(first, second),
      h('p', { class: 'links' }, h('a', { href: addressOf(ids[0]) }, t('diff.close'))),
    ]
  return [
    back,
    h('h2', { tabindex: -1, 'data-focus': true, class: 'entry-title' }, line(first), took(first)),
    h('p', { class: 'note' }, `${first.id} · ${first.namespace ?? '–'}`),
    h('div', { class: 'call-body' }, callBody(first)),
    h('p', { class: 'note' }, t('journal.compareHint')),
  ]
}

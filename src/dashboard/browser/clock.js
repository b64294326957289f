import { actForm, acts, draft, field } from './acts.js'
import { get, namespace, scope, t } from './api.js'
import { foreign, h } from './dom.js'
import { empty, fullTime, paymentLink, span } from './format.js'

const SHOWN = 100

let due = []
const remember = (answer) => {
  due = answer.due
}

// The clocks, and what became due when one was moved.
export const clock = {
  watch: ['clock', 'namespace', 'reset'],
  load: () => get('/_mock/clock', scope()),
  view: ({ clocks }) => {
    const values = draft('clock', { by: '15m', offset: '0s', at: '' })
    return h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.clock')),
      h('p', { class: 'lead' }, t(namespace() === '' ? 'clock.leadAll' : 'clock.leadOne', { name: namespace() })),
      h(
        'div',
        { class: 'columns' },
        h('section', { 'aria-label': t('clock.move') }, forms(values)),
        h(
          'section',
          { 'aria-label': t('clock.clocks') },
          h('h2', null, t('clock.clocks')),
          table(clocks.slice(0, SHOWN)),
          clocks.length > SHOWN &&
            h('p', { class: 'note' }, t('namespaces.more', { shown: SHOWN, total: clocks.length })),
          h('h2', null, t('clock.due'), due.length > 0 && h('span', { class: 'count' }, String(due.length))),
          due.length === 0 ? empty(t('clock.nothingDue')) : dueList(),
        ),
      ),
    )
  },
}

const move = (id, path, body, more = {}) => ({
  id,
  label: t(`clock.${id}`),
  request: { method: 'POST', path: `/_mock/clock/${path}`, body: { ...body, ...scope() } },
  after: remember,
  ...more,
})

const forms = (values) => [
  acts('clock', [
    move('minute', 'advance', { by: '1m' }),
    move('quarter', 'advance', { by: '15m' }, { tone: 'primary' }),
    move('day', 'advance', { by: '1d' }),
    move('freeze', 'freeze', {}),
    move('resume', 'resume', {}),
  ]),
  actForm('advance', move('advance', 'advance', { by: values.by }), field(values, 'by', t('clock.by'), hint)),
  actForm(
    'offset',
    move('offset', 'offset', { by: values.offset }),
    field(values, 'offset', t('clock.fromSystem'), hint),
  ),
  actForm(
    'to',
    move('to', 'to', { at: values.at ? `${values.at.length === 16 ? `${values.at}:00` : values.at}+09:00` : '' }),
    field(values, 'at', t('clock.at'), { type: 'datetime-local', step: 1, required: true }),
  ),
]
const hint = { placeholder: '30s, 15m, -2h, 1d' }

const table = (clocks) =>
  h(
    'div',
    { class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': t('clock.clocks') },
    h(
      'table',
      { 'data-testid': 'clocks' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['clock.namespace', 'clock.shows', 'clock.state'].map((key) => h('th', { scope: 'col' }, t(key))),
        ),
      ),
      h(
        'tbody',
        null,
        clocks.map((shown) =>
          h(
            'tr',
            { 'data-key': shown.namespace ?? 'new' },
            h('th', { scope: 'row' }, shown.namespace ? h('code', null, shown.namespace) : t('clock.new')),
            h('td', { class: 'mono' }, shown.kst.replace('T', ' ')),
            h('td', null, stateOf(shown)),
          ),
        ),
      ),
    ),
  )

const stateOf = ({ frozen, offset_ms }) => {
  if (frozen) return h('span', { class: 'flag' }, t('clock.frozen'))
  if (offset_ms === 0) return t('clock.system')
  return h('span', { class: 'flag' }, `${offset_ms > 0 ? '+' : ''}${span(offset_ms)}`)
}

const dueList = () =>
  h(
    'ul',
    { class: 'plain-list', 'data-testid': 'due' },
    due
      .slice(0, SHOWN)
      .map(({ tid, at }) =>
        h('li', { 'data-key': tid }, t('clock.expired'), ' ', paymentLink(tid), ' ', foreign(`${fullTime(at)} KST`)),
      ),
  )

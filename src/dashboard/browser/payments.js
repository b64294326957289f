import { copyButton } from './acts.js'
import { get, scope, t } from './api.js'
import { foreign, h } from './dom.js'
import { empty, state, stateWord, time, won } from './format.js'
import { paymentPanel } from './payment.js'
import { searchBox, setQuery } from './search.js'

const SHOWN = 200
const SEARCHED = 2000
const states = [
  'READY',
  'OPEN_PAYMENT',
  'SELECT_METHOD',
  'AUTH_PASSWORD',
  'ISSUED_SID',
  'SUCCESS_PAYMENT',
  'PART_CANCEL_PAYMENT',
  'CANCEL_PAYMENT',
  'QUIT_PAYMENT',
  'FAIL_AUTH_PASSWORD',
  'FAIL_PAYMENT',
]

// The list, and beside it the payment that is looked at. A search looks further back than the list shows.
export const payments = {
  watch: ['payment', 'call', 'clock', 'namespace', 'reset'],
  async load({ ids, query }) {
    const limit = query.get('text') ? SEARCHED : SHOWN
    const [list, detail] = await Promise.all([
      get('/_mock/payments', { ...scope(), status: query.get('status'), limit }),
      ids[0] ? get(`/_mock/payments/${encodeURIComponent(ids[0])}`).catch((error) => ({ error })) : null,
    ])
    return { list, detail }
  },
  view: ({ list, detail }, route) =>
    h(
      'div',
      { class: `panes ${route.ids[0] ? 'has-detail' : ''}` },
      h('section', { class: 'list', 'aria-labelledby': 'list-title' }, listOf(list, route)),
      h(
        'section',
        { class: 'detail', 'aria-label': t('payment.one') },
        detail === null && empty(t('payment.none'), t('payment.noneHint')),
        detail?.error && empty(t('payment.gone'), detail.error.message),
        detail && !detail.error && paymentPanel(detail),
      ),
    ),
}

const matches = (payment, text) =>
  [payment.tid, payment.partner_order_id, payment.partner_user_id, payment.item_name, payment.cid, payment.status]
    .join('\n')
    .toLowerCase()
    .includes(text.toLowerCase())

const listOf = ({ payments: all, total }, { ids, query }) => {
  const text = query.get('text') ?? ''
  const found = all.filter((payment) => matches(payment, text)).slice(0, SHOWN)
  const filtered = text !== '' || query.has('status')
  return [
    h('h1', { id: 'list-title', tabindex: -1 }, t('nav.payments'), h('span', { class: 'count' }, String(total))),
    h(
      'div',
      { class: 'filters', role: 'search' },
      searchBox('text', t('payments.search')),
      h(
        'select',
        { 'aria-label': t('payments.state'), onchange: (event) => setQuery('status', event.target.value) },
        h('option', { value: '' }, t('payments.anyState')),
        states.map((name) => h('option', { value: name, selected: query.get('status') === name }, stateWord(name))),
      ),
    ),
    found.length === 0 && (filtered ? empty(t('nothingFound')) : firstSteps()),
    h(
      'ul',
      { class: 'rows', 'data-testid': 'payments', onkeydown: moveInList },
      found.map((payment) => row(payment, payment.tid === ids[0], query)),
    ),
    found.length < total && found.length > 0 && h('p', { class: 'note' }, t('shownOf', { n: found.length, total })),
  ]
}

const row = (payment, chosen, query) =>
  h(
    'li',
    { 'data-key': payment.tid },
    h(
      'a',
      {
        href: `#/payments/${payment.tid}${query.size > 0 ? `?${query}` : ''}`,
        'aria-current': chosen ? 'true' : undefined,
      },
      h('span', { class: 'row-top' }, foreign(payment.item_name, { class: 'item' }), h('b', null, won(payment.total))),
      h(
        'span',
        { class: 'row-bottom' },
        state(payment),
        foreign(payment.partner_order_id, { class: 'order' }),
        time(payment.created_at),
      ),
    ),
  )

const READY = `curl ${location.origin}/online/v1/payment/ready \\
  -H 'Authorization: SECRET_KEY DEV_ANY_TEXT' -H 'content-type: application/json' \\
  -d '{"cid":"TC0ONETIME","partner_order_id":"1","partner_user_id":"1","item_name":"초코파이","quantity":1,
       "total_amount":2200,"tax_free_amount":0,"approval_url":"http://localhost/success",
       "cancel_url":"http://localhost/cancel","fail_url":"http://localhost/fail"}'`

const firstSteps = () =>
  h(
    'div',
    { class: 'first' },
    empty(t('payments.empty'), t('payments.emptyHint')),
    h('pre', { class: 'code', tabindex: 0, role: 'group', 'aria-label': 'curl' }, READY),
    copyButton(READY),
  )

// Arrow keys walk the list; Tab leaves it as it leaves any other.
const moveInList = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const next = links[links.indexOf(document.activeElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

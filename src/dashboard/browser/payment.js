import { acts, choice, code, copyButton, draft, tick } from './acts.js'
import { t } from './api.js'
import { callList } from './calls.js'
import { foreign, h } from './dom.js'
import { fullTime, state, stateWord, won } from './format.js'
import { ledger } from './ledger.js'

const unpaid = ['READY', 'SEND_TMS', 'OPEN_PAYMENT', 'SELECT_METHOD', 'ARS_WAITING', 'AUTH_PASSWORD']

// One payment: what it is, what its payer can do, the sum, and every call that touched it.
export const paymentPanel = (payment) => [
  h('a', { class: 'back', href: '#/payments' }, t('payment.back')),
  h(
    'header',
    { class: 'payment-head' },
    h('h2', { tabindex: -1, 'data-focus': true }, foreign(payment.item_name, { 'data-testid': 'item-name' })),
    h('p', { class: 'sum-total', 'data-testid': 'total' }, won(payment.total)),
    h(
      'p',
      { class: 'payment-state' },
      state(payment),
      h('code', { 'data-testid': 'status' }, payment.status),
      payment.canceled > 0 && h('span', null, t('payment.canceled', { won: won(payment.canceled) })),
    ),
  ),
  walk(payment),
  payerActs(payment),
  nextCall(payment),
  ledger(payment.ledger),
  h(
    'section',
    { class: 'block', 'aria-labelledby': 'timeline-title' },
    h('h3', { id: 'timeline-title' }, t('payment.timeline'), h('span', { class: 'count' }, payment.timeline.length)),
    payment.timeline.length === 0
      ? h('p', { class: 'note' }, t('payment.noCalls'))
      : callList(payment.timeline, 'timeline'),
  ),
  facts(payment),
]

const path = ['READY', 'OPEN_PAYMENT', 'SELECT_METHOD', 'AUTH_PASSWORD']

// The states a payment walks through. Where it ended early, the ones it never saw stay pale.
const walk = (payment) => {
  const at = payment.status === 'SEND_TMS' ? 0 : path.indexOf(payment.status)
  const ending = at < 0 ? payment.status : 'SUCCESS_PAYMENT'
  const paid = at < 0 && !/^(QUIT|FAIL)/.test(payment.status)
  return h(
    'ol',
    { class: 'walk', 'aria-label': t('payment.walk') },
    [...path, ending].map((name, i) => {
      const isNow = name === payment.status || (i === 0 && payment.status === 'SEND_TMS')
      const passed = paid || i < at
      return h(
        'li',
        { class: isNow ? 'now' : passed ? 'passed' : '', 'aria-current': isNow ? 'step' : undefined },
        stateWord(isNow ? payment.status : name),
      )
    }),
  )
}

const cards = ['SHINHAN', 'KB', 'HYUNDAI', 'LOTTE', 'SAMSUNG', 'NH', 'BC', 'HANA', 'CITI', 'KAKAOBANK', 'KAKAOPAY']

const payerActs = (payment) => {
  const over = payment.expired || !unpaid.includes(payment.status)
  const wish = draft('payer', { method: '', card: '', months: '', follow: false })
  const act = (id, action, more = {}) => ({
    id,
    label: t(`payer.${id}`),
    request: { method: 'POST', path: `/_mock/payments/${payment.tid}/payer`, body: { action, ...extra(action, wish) } },
    disabled: over,
    ...more,
  })
  return h(
    'section',
    { class: 'block', 'aria-labelledby': 'payer-title' },
    h('h3', { id: 'payer-title' }, t('payer.title')),
    over
      ? h('p', { class: 'note' }, t('payer.over'))
      : h(
          'div',
          { class: 'fields' },
          choice(wish, 'method', t('payer.method'), [
            ['', t('payer.asAllowed')],
            ['MONEY', t('payer.MONEY')],
            ['CARD', t('payer.CARD')],
          ]),
          wish.method === 'CARD' &&
            choice(wish, 'card', t('payer.card'), [['', t('payer.asAllowed')], ...cards.map((name) => [name, name])]),
          wish.method === 'CARD' &&
            choice(wish, 'months', t('payer.months'), [
              ['', t('payer.asAllowed')],
              ...Array.from({ length: 13 }, (_, n) => [String(n), String(n)]),
            ]),
          tick(wish, 'follow', t('payer.follow')),
        ),
    !over &&
      acts('payer', [
        act('pay', 'approve', { tone: 'primary' }),
        act('quit', 'cancel'),
        act('fail', 'fail'),
        act('expire', 'expire'),
      ]),
    !over &&
      h(
        'details',
        { 'data-key': 'steps' },
        h('summary', null, t('payer.steps')),
        acts('steps', [act('message', 'send_message'), act('open', 'open'), act('select', 'select_method')]),
      ),
    h(
      'p',
      { class: 'links' },
      /^https?:/.test(payment.redirect_url) &&
        h('a', { href: payment.redirect_url, target: '_blank', rel: 'noopener noreferrer' }, t('payer.page')),
      h('a', { href: `#/faults?tid=${payment.tid}` }, t('payer.arm')),
      h('a', { href: `#/journal?tid=${payment.tid}` }, t('payer.journal')),
    ),
  )
}

const choosing = ['approve', 'select_method']

const extra = (action, { method, card, months, follow }) => ({
  ...(choosing.includes(action) && method ? { method } : {}),
  ...(choosing.includes(action) && method === 'CARD' && card ? { card } : {}),
  ...(choosing.includes(action) && method === 'CARD' && months ? { install_month: Number(months) } : {}),
  ...(follow ? { follow: true } : {}),
})

// What the merchant's server would send next. It takes the merchant's key, so it is a command to copy and no button.
const nextCall = (payment) => {
  const next = merchantCall(payment)
  if (!next) return null
  const [name, body] = next
  const key = '-H "Authorization: SECRET_KEY $SECRET_KEY" -H "content-type: application/json"'
  const json = JSON.stringify(body).replaceAll("'", "'\\''")
  const text = `curl ${location.origin}/online/v1/payment/${name} \\\n  ${key} \\\n  -d '${json}'`
  return h(
    'details',
    { class: 'block', 'data-key': 'next' },
    h('summary', null, t(`next.${name}`)),
    h('div', { class: 'command' }, code(text, 'next-call', t(`next.${name}`)), copyButton(text)),
  )
}

const merchantCall = (payment) => {
  const { cid, tid, partner_order_id, partner_user_id, pg_token, cancel_available_amount: left } = payment
  if (payment.status === 'AUTH_PASSWORD' && !payment.expired)
    return ['approve', { cid, tid, partner_order_id, partner_user_id, pg_token }]
  if (payment.status === 'SUCCESS_PAYMENT' || payment.status === 'PART_CANCEL_PAYMENT')
    return ['cancel', { cid, tid, cancel_amount: left.total, cancel_tax_free_amount: left.tax_free }]
  return null
}

const facts = (payment) =>
  h(
    'section',
    { class: 'block', 'aria-labelledby': 'facts-title' },
    h('h3', { id: 'facts-title' }, t('payment.facts')),
    h(
      'dl',
      { class: 'facts' },
      [
        ['tid', payment.tid],
        ['partner_order_id', payment.partner_order_id],
        ['partner_user_id', payment.partner_user_id],
        ['cid', payment.cid],
        ['sid', payment.sid],
        ['item_code', payment.item_code],
        ['quantity', payment.quantity],
        ['pg_token', payment.pg_token],
        ['payment_method', methodOf(payment)],
        ['created_at', `${fullTime(payment.created_at)} KST`],
        ['expires_at', `${fullTime(payment.expires_at)} KST`],
        ['approved_at', payment.approved_at && `${fullTime(payment.approved_at)} KST`],
        ['canceled_at', payment.canceled_at && `${fullTime(payment.canceled_at)} KST`],
        ['namespace', payment.namespace],
        ['approval_url', payment.approval_url],
        ['cancel_url', payment.cancel_url],
        ['fail_url', payment.fail_url],
        ['redirect_url', payment.redirect_url],
      ]
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, foreign(value)))),
    ),
  )

const methodOf = ({ choice: chosen }) =>
  chosen &&
  [chosen.payment_method_type, chosen.card, chosen.card && `${chosen.install_month}`].filter(Boolean).join(' · ')

import { get, has, scope, t } from './api.js'
import { foreign, h } from './dom.js'
import { clockTime, empty, httpStatus, paymentLink, state, won } from './format.js'

const SHOWN = 100

// What the merchant should believe of each payment, the unsettled ones first.
export const audit = {
  watch: ['payment', 'call', 'fault', 'clock', 'reset'],
  load: () => get('/_mock/audit', { ...scope(), limit: SHOWN }),
  view: ({ settled, payments, unsettled, unknown, findings, unfired, journal, calls_forgotten }) =>
    h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.audit')),
      h(
        'p',
        { class: `verdict ${settled ? 'good' : unsettled > 0 ? 'bad' : 'unknown'}`, 'data-testid': 'verdict' },
        settled && t('audit.settled', { payments }),
        unsettled > 0 && t('audit.unsettled', { payments, unsettled }),
        unknown > 0 && ` ${t('audit.unknown', { payments, unknown })}`,
      ),
      !journal && h('p', { class: 'note warning' }, t('audit.noJournal')),
      calls_forgotten > 0 && h('p', { class: 'note warning' }, t('audit.forgotten', { n: calls_forgotten })),
      unfired.length > 0 &&
        h(
          'p',
          { class: 'note' },
          t('audit.unfired', { n: unfired.length }),
          ' ',
          h('a', { href: '#/faults' }, t('nav.faults')),
        ),
      payments > findings.length && h('p', { class: 'note' }, t('audit.more', { shown: findings.length, payments })),
      findings.length === 0 && empty(t('audit.empty')),
      h(
        'ul',
        { class: 'cards wide' },
        findings.map((finding) =>
          h(
            'li',
            { class: `card ${finding.settled ? '' : finding.verdicts[0].level}`, 'data-key': finding.tid },
            card(finding),
          ),
        ),
      ),
    ),
}

const card = (finding) => [
  h('h3', null, paymentLink(finding.tid), foreign(finding.partner_order_id), state(finding)),
  h(
    'ul',
    { class: 'verdicts' },
    finding.verdicts.map(({ name, level, text }) =>
      h('li', { class: level }, has(`verdict.${name}`) ? t(`verdict.${name}`) : text, ' ', h('code', null, name)),
    ),
  ),
  h(
    'div',
    { class: 'three' },
    column(
      t('audit.moved'),
      finding.moved.map(({ at, type, total }) => [`${clockTime(at)} ${t(`ledger.${type}`)} ${won(total)}`]),
    ),
    column(
      t('audit.told'),
      finding.answers.map(({ journal, call, status, delivered }) => [
        h('a', { href: `#/journal/${journal}` }, call),
        ' ',
        httpStatus(status),
        ' ',
        !delivered && h('span', { class: 'flag fault' }, t('call.notToldShort')),
      ]),
    ),
    column(
      t('audit.asked'),
      finding.asked_afterwards.map((call) => [call]),
    ),
  ),
]

const column = (title, items) =>
  h(
    'div',
    null,
    h('h4', null, title),
    items.length === 0
      ? h('p', { class: 'note' }, '–')
      : h(
          'ul',
          { class: 'plain-list' },
          items.map((item) => h('li', null, item)),
        ),
  )

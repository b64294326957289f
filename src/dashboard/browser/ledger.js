import { t } from './api.js'
import { h } from './dom.js'
import { grouped, time, won } from './format.js'

// The sum of one payment, line by line, with the arithmetic written out so that a reader can check it with a pencil.
export const ledger = (lines) =>
  h(
    'section',
    { class: 'block', 'aria-labelledby': 'ledger-title' },
    h('h3', { id: 'ledger-title' }, t('ledger.title'), h('span', { class: 'count' }, t('ledger.unit'))),
    h(
      'div',
      { class: 'scrolls', tabindex: 0, role: 'region', 'aria-labelledby': 'ledger-title' },
      h(
        'table',
        { class: 'ledger', 'data-testid': 'ledger' },
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            ['ledger.what', 'ledger.total', 'ledger.taxFree', 'ledger.vat', 'ledger.left'].map((key, i) =>
              h('th', { scope: 'col', class: i > 0 ? 'number' : '' }, t(key)),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          lines.map((line, i) => rows(line, before(lines, i), i)),
        ),
      ),
    ),
  )

// In won; the unit stands in the heading, so that five columns have room on a phone.
const amountCell = (n, attributes) =>
  h('td', { class: 'number', ...attributes }, n < 0 ? `−${grouped(-n)}` : grouped(n))

// What could be given back before this line: after the order nothing has moved yet, so the payment is what the first cancel takes from.
const before = (lines, i) => (i === 0 ? null : (lines[i - 1]?.left ?? null))

const rows = (line, left, i) => [
  h(
    'tr',
    { 'data-key': `line-${i}`, class: line.type === 'CANCEL' ? 'gives-back' : '' },
    h('th', { scope: 'row' }, t(`ledger.${line.type}`), ' ', h('small', null, time(line.at))),
    amountCell(signed(line, 'total')),
    amountCell(signed(line, 'tax_free')),
    amountCell(signed(line, 'vat')),
    line.type === 'ORDER' ? h('td', { class: 'number' }, '–') : amountCell(line.left.total, { class: 'number left' }),
  ),
  h(
    'tr',
    { class: 'sum', 'data-key': `sum-${i}` },
    h(
      'td',
      { colspan: 5 },
      vatSum(line),
      line.type === 'CANCEL' && left !== null && h('span', { class: 'step' }, leftSum(line, left)),
    ),
  ),
]

const signed = ({ type, moved }, name) => (type === 'CANCEL' ? -moved[name] : moved[name])

const fixed = (n) => {
  const [whole, fraction] = n.toFixed(2).split('.')
  return fraction === '00' ? grouped(Number(whole)) : `${grouped(Number(whole))}.${fraction}`
}

const vatSum = (line) => {
  const { total, tax_free, vat } = line.moved
  const exact = (total - tax_free) / 11
  const usual = Math.round(exact)
  const sum = `(${grouped(total)} − ${grouped(tax_free)}) ÷ 11 = ${fixed(exact)}`
  const rounded = Number.isInteger(exact) ? '' : ` → ${grouped(usual)}`
  return h(
    'span',
    { class: 'step', title: line.vat },
    h('b', null, `${t('ledger.vat')} ${won(vat)}`),
    ' ',
    h('span', { class: 'mono' }, sum + rounded),
    vat !== usual && h('em', null, ` ${t(takesRest(line) ? 'ledger.restVat' : 'ledger.statedVat', { vat: won(vat) })}`),
  )
}

// Whoever takes all that is left takes the rest of the VAT too, whatever the division says.
const takesRest = ({ type, left }) => type === 'CANCEL' && left.total === 0

const leftSum = ({ moved, left }, was) => [
  h('b', null, t('ledger.leftAfter')),
  ' ',
  h(
    'span',
    { class: 'mono' },
    [
      ['ledger.total', 'total'],
      ['ledger.taxFree', 'tax_free'],
      ['ledger.vat', 'vat'],
    ]
      .map(([word, name]) => `${t(word)} ${grouped(was[name])} − ${grouped(moved[name])} = ${grouped(left[name])}`)
      .join(' · '),
  ),
]

import { actForm, acts, choice, draft, field, forget } from './acts.js'
import { catalogue, get, has, scope, t } from './api.js'
import { foreign, h } from './dom.js'
import { empty, evidence, fullTime, httpStatus, paymentLink, wordingOf } from './format.js'

const blank = {
  fault: 'refuse',
  when: 'next',
  n: '3',
  call: '',
  cid: '',
  order_id: '',
  tid: '',
  amount: '',
  name: '',
  refusal: 'approval-failure',
  method_result_code: '',
  method_result_message: '',
  ms: '',
  bytes: '',
  fixed: '',
  from: '',
  to: '',
  mean: '',
  deviation: '',
}

// What is armed, and the form that arms: which calls it meets, when, and what it does to them.
export const faults = {
  watch: ['fault', 'call', 'reset', 'namespace'],
  async load() {
    const [armed, faults, refusals, calls] = await Promise.all([
      get('/_mock/faults', scope()),
      catalogue('/_mock/fault-types'),
      catalogue('/_mock/refusals'),
      catalogue('/_mock/calls'),
    ])
    return { armed: armed.faults, faults: faults.fault_types, refusals: refusals.refusals, calls: calls.calls }
  },
  view: (data, route) =>
    h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.faults'), h('span', { class: 'count' }, data.armed.length)),
      h('p', { class: 'lead' }, t('faults.lead')),
      h(
        'div',
        { class: 'columns' },
        h('section', { 'aria-label': t('faults.arm') }, armForm(data, route)),
        h('section', { 'aria-label': t('faults.list') }, listOf(data)),
      ),
    ),
}

const armForm = ({ faults, refusals, calls }, route) => {
  const values = draft('rule', { ...blank, tid: route.query.get('tid') ?? '' })
  const fault = faults.find(({ name }) => name === values.fault) ?? faults[0]
  const params = paramsOf(fault)
  return actForm(
    'arm',
    {
      id: 'arm',
      label: t('faults.arm'),
      tone: 'primary',
      request: { method: 'POST', path: '/_mock/faults', body: bodyOf(values, params) },
      after: () => forget('rule'),
    },
    h('h2', null, t('faults.what')),
    choice(
      values,
      'fault',
      t('faults.fault'),
      faults.map(({ name }) => [name, name]),
    ),
    h(
      'p',
      { class: 'note' },
      has(`fault.${fault.name}`) ? t(`fault.${fault.name}`) : fault.summary,
      ' ',
      h('b', null, t(`money.${fault.money}`)),
    ),
    params.includes('refusal') && refusalField(values, refusals, fault.name),
    h(
      'div',
      { class: 'fields' },
      params.flatMap((name) => paramFields(values, name)),
    ),
    h('h2', null, t('faults.when')),
    h(
      'div',
      { class: 'fields' },
      choice(
        values,
        'when',
        t('faults.howOften'),
        ['next', 'nextN', 'every', 'always'].map((name) => [name, t(`when.${name}`)]),
      ),
      (values.when === 'nextN' || values.when === 'every') &&
        field(values, 'n', 'n', { type: 'number', min: 1, inputmode: 'numeric' }),
    ),
    h('h2', null, t('faults.which')),
    h(
      'div',
      { class: 'fields' },
      choice(values, 'call', t('journal.call'), [
        ['', t('journal.anyCall')],
        ...[...calls.map(({ name }) => name), 'payer'].map((name) => [name, name]),
      ]),
      field(values, 'order_id', 'partner_order_id', { placeholder: 'order-*' }),
      field(values, 'tid', 'tid'),
      field(values, 'cid', 'cid'),
      field(values, 'amount', t('faults.amount'), { type: 'number', min: 0 }),
      field(values, 'name', t('faults.name')),
    ),
  )
}

const paramsOf = ({ params }) => Object.keys(params?.properties ?? {}).filter((name) => name !== 'fault')

const paramFields = (values, name) => {
  if (name === 'refusal') return []
  if (name === 'uniform')
    return [field(values, 'from', t('param.from'), hint), field(values, 'to', t('param.to'), hint)]
  if (name === 'normal')
    return [field(values, 'mean', t('param.mean'), hint), field(values, 'deviation', t('param.deviation'), hint)]
  if (name === 'ms' || name === 'fixed') return [field(values, name, t(`param.${name}`), hint)]
  return [field(values, name, name)]
}
const hint = { placeholder: '500ms, 3s, 1m' }

const refusalField = (values, refusals, fault) => {
  const found = refusals.find(({ name }) => name === values.refusal)
  const optional = fault === 'refuse' ? [] : [['', t('faults.usualRefusal')]]
  return [
    choice(values, 'refusal', t('faults.refusal'), [
      ...optional,
      ...refusals.map(({ name, error_code }) => [name, `${error_code}  ${name}`]),
    ]),
    found &&
      h(
        'p',
        { class: 'preview', 'data-testid': 'refusal-preview' },
        httpStatus(found.status),
        ' ',
        h('code', null, String(found.error_code)),
        ' ',
        h('q', null, found.error_message),
        ' ',
        evidence(found.evidence),
        ' ',
        wordingOf(found),
      ),
  ]
}

// The body as small as it can be, so that the curl reads as one would write it by hand.
const bodyOf = (values, params) => ({
  ...(values.name ? { name: values.name } : {}),
  ...scope(),
  ...(Object.keys(matchOf(values)).length > 0 ? { match: matchOf(values) } : {}),
  when: whenOf(values),
  do: { fault: values.fault, ...paramValues(values, params) },
})

const matchOf = ({ call, cid, order_id, tid, amount }) => ({
  ...(call ? { call } : {}),
  ...(cid ? { cid } : {}),
  ...(order_id ? { order_id } : {}),
  ...(tid ? { tid } : {}),
  ...(amount ? { amount: Number(amount) } : {}),
})

const whenOf = ({ when, n }) =>
  when === 'nextN' ? { next: Number(n) } : when === 'every' ? { every: Number(n) } : when

const paramValues = (values, params) => {
  const { from, to, mean, deviation } = values
  const given = {}
  for (const name of params) {
    if (name === 'uniform') given[name] = from && to ? [from, to] : undefined
    else if (name === 'normal') given[name] = mean ? { mean, deviation: deviation || '0ms' } : undefined
    else if (name === 'bytes') given[name] = values.bytes ? Number(values.bytes) : undefined
    else given[name] = values[name] || undefined
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const listOf = ({ armed }) => [
  h('h2', null, t('faults.list')),
  armed.length === 0 && empty(t('faults.empty')),
  h(
    'ul',
    { class: 'cards', 'data-testid': 'faults' },
    armed.map((rule) => h('li', { class: 'card', 'data-key': rule.id }, card(rule))),
  ),
  armed.length > 0 &&
    acts('faults', [
      {
        id: 'disarm-all',
        label: t('faults.disarmAll'),
        tone: 'danger',
        request: { method: 'DELETE', path: '/_mock/faults', query: scope() },
      },
    ]),
]

const { stringify } = JSON

const card = (rule) => [
  h(
    'h3',
    null,
    h('span', { class: `dot ${rule.armed ? 'on' : ''}` }),
    rule.do.fault,
    rule.do.refusal && h('code', null, rule.do.refusal),
    rule.name && h('span', { class: 'note' }, foreign(rule.name)),
  ),
  h(
    'p',
    null,
    t(rule.armed ? 'faults.armed' : 'faults.spent'),
    ' · ',
    whenWords(rule.when),
    ' · ',
    foreign(Object.keys(rule.match).length === 0 ? t('faults.anyCall') : stringify(rule.match)),
  ),
  h(
    'p',
    { class: rule.fired === 0 ? 'unfired' : '' },
    t('faults.counts', { matched: rule.matched, fired: rule.fired }),
    rule.namespace && ` · ${rule.namespace}`,
  ),
  rule.last_fired.length > 0 &&
    h(
      'ul',
      { class: 'fired' },
      rule.last_fired
        .slice(-5)
        .map((shot) =>
          h(
            'li',
            null,
            `${fullTime(shot.time).slice(11)} ${shot.call} `,
            shot.tid && paymentLink(shot.tid),
            shot.money_moved && h('span', { class: 'flag' }, t('money.moved')),
            shot.journal && h('a', { href: `#/journal/${shot.journal}` }, t('faults.call')),
          ),
        ),
    ),
  acts(`rule-${rule.id}`, [
    {
      id: 'disarm',
      label: t('faults.disarm'),
      request: { method: 'DELETE', path: `/_mock/faults/${rule.id}` },
    },
  ]),
]

const whenWords = (when) =>
  typeof when === 'string'
    ? t(`when.${when}`)
    : when.next
      ? t('when.nextOf', { n: when.next })
      : t('when.everyOf', { n: when.every })

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
export const scenarios = {
  watch: ['scenario', 'call', 'reset', 'namespace'],
  async load() {
    const [armed, faults, refusals, calls] = await Promise.all([
      get('/_mock/scenarios', scope()),
      catalogue('/_mock/faults'),
      catalogue('/_mock/refusals'),
      catalogue('/_mock/calls'),
    ])
    return { armed: armed.scenarios, faults: faults.faults, refusals: refusals.refusals, calls: calls.calls }
  },
  view: (data, route) =>
    h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.scenarios'), h('span', { class: 'count' }, data.armed.length)),
      h('p', { class: 'lead' }, t('scenarios.lead')),
      h(
        'div',
        { class: 'columns' },
        h('section', { 'aria-label': t('scenarios.arm') }, armForm(data, route)),
        h('section', { 'aria-label': t('scenarios.list') }, listOf(data)),
      ),
    ),
}

const armForm = ({ faults, refusals, calls }, route) => {
  const values = draft('scenario', { ...blank, tid: route.query.get('tid') ?? '' })
  const fault = faults.find(({ name }) => name === values.fault) ?? faults[0]
  const params = paramsOf(fault)
  return actForm(
    'arm',
    {
      id: 'arm',
      label: t('scenarios.arm'),
      tone: 'primary',
      request: { method: 'POST', path: '/_mock/scenarios', body: bodyOf(values, params) },
      after: () => forget('scenario'),
    },
    h('h2', null, t('scenarios.what')),
    choice(
      values,
      'fault',
      t('scenarios.fault'),
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
    h('h2', null, t('scenarios.when')),
    h(
      'div',
      { class: 'fields' },
      choice(
        values,
        'when',
        t('scenarios.howOften'),
        ['next', 'nextN', 'every', 'always'].map((name) => [name, t(`when.${name}`)]),
      ),
      (values.when === 'nextN' || values.when === 'every') &&
        field(values, 'n', 'n', { type: 'number', min: 1, inputmode: 'numeric' }),
    ),
    h('h2', null, t('scenarios.which')),
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
      field(values, 'amount', t('scenarios.amount'), { type: 'number', min: 0 }),
      field(values, 'name', t('scenarios.name')),
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
  const optional = fault === 'refuse' ? [] : [['', t('scenarios.usualRefusal')]]
  return [
    choice(values, 'refusal', t('scenarios.refusal'), [
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
  h('h2', null, t('scenarios.list')),
  armed.length === 0 && empty(t('scenarios.empty')),
  h(
    'ul',
    { class: 'cards', 'data-testid': 'scenarios' },
    armed.map((scenario) => h('li', { class: 'card', 'data-key': scenario.id }, card(scenario))),
  ),
  armed.length > 0 &&
    acts('scenarios', [
      {
        id: 'disarm-all',
        label: t('scenarios.disarmAll'),
        tone: 'danger',
        request: { method: 'DELETE', path: '/_mock/scenarios', query: scope() },
      },
    ]),
]

const { stringify } = JSON

const card = (scenario) => [
  h(
    'h3',
    null,
    h('span', { class: `dot ${scenario.armed ? 'on' : ''}` }),
    scenario.do.fault,
    scenario.do.refusal && h('code', null, scenario.do.refusal),
    scenario.name && h('span', { class: 'note' }, foreign(scenario.name)),
  ),
  h(
    'p',
    null,
    t(scenario.armed ? 'scenarios.armed' : 'scenarios.spent'),
    ' · ',
    whenWords(scenario.when),
    ' · ',
    foreign(Object.keys(scenario.match).length === 0 ? t('scenarios.anyCall') : stringify(scenario.match)),
  ),
  h(
    'p',
    { class: scenario.fired === 0 ? 'unfired' : '' },
    t('scenarios.counts', { matched: scenario.matched, fired: scenario.fired }),
    scenario.namespace && ` · ${scenario.namespace}`,
  ),
  scenario.last_fired.length > 0 &&
    h(
      'ul',
      { class: 'fired' },
      scenario.last_fired
        .slice(-5)
        .map((shot) =>
          h(
            'li',
            null,
            `${fullTime(shot.time).slice(11)} ${shot.call} `,
            shot.tid && paymentLink(shot.tid),
            shot.money_moved && h('span', { class: 'flag' }, t('money.moved')),
            shot.journal && h('a', { href: `#/journal/${shot.journal}` }, t('scenarios.call')),
          ),
        ),
    ),
  acts(`scenario-${scenario.id}`, [
    {
      id: 'disarm',
      label: t('scenarios.disarm'),
      request: { method: 'DELETE', path: `/_mock/scenarios/${scenario.id}` },
    },
  ]),
]

const whenWords = (when) =>
  typeof when === 'string'
    ? t(`when.${when}`)
    : when.next
      ? t('when.nextOf', { n: when.next })
      : t('when.everyOf', { n: when.every })

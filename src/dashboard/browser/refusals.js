import { catalogue, t } from './api.js'
import { h } from './dom.js'
import { empty, evidence, httpStatus, wordingOf } from './format.js'
import { searchBox, setQuery } from './search.js'

const grades = ['documented', 'observed', 'inferred']

// Every refusal and every rule, each with how well it is known.
export const refusals = {
  watch: [],
  async load() {
    const [known, rules] = await Promise.all([catalogue('/_mock/refusals'), catalogue('/_mock/rules')])
    return { all: known.refusals, rules: rules.rules }
  },
  view: ({ all, rules }, { query }) => {
    const text = (query.get('text') ?? '').toLowerCase()
    const grade = query.get('evidence') ?? ''
    const fits = (one) =>
      (grade === '' || one.evidence === grade) && (text === '' || JSON.stringify(one).toLowerCase().includes(text))
    const foundRefusals = all.filter(fits)
    const foundRules = rules.filter(fits)
    return h(
      'div',
      { class: 'page' },
      h(
        'h1',
        { tabindex: -1, id: 'list-title' },
        t('nav.refusals'),
        h('span', { class: 'count' }, foundRefusals.length),
      ),
      h('p', { class: 'lead' }, t('refusals.lead')),
      legend(),
      h(
        'div',
        { class: 'filters', role: 'search' },
        searchBox('text', t('refusals.search')),
        h(
          'select',
          { 'aria-label': t('refusals.grade'), onchange: (event) => setQuery('evidence', event.target.value) },
          h('option', { value: '' }, t('refusals.anyGrade')),
          grades.map((name) => h('option', { value: name, selected: grade === name }, t(`evidence.${name}`))),
        ),
      ),
      foundRefusals.length + foundRules.length === 0 && empty(t('nothingFound')),
      foundRefusals.length > 0 &&
        h('ul', { class: 'catalogue', 'data-testid': 'refusals' }, foundRefusals.map(refusal)),
      foundRules.length > 0 && [
        h('h2', null, t('refusals.rules'), h('span', { class: 'count' }, foundRules.length)),
        h('ul', { class: 'catalogue', 'data-testid': 'rules' }, foundRules.map(rule)),
      ],
    )
  },
}

const legend = () =>
  h(
    'dl',
    { class: 'legend' },
    grades.map((name) => h('div', null, h('dt', null, evidence(name)), h('dd', null, t(`evidence.${name}.long`)))),
    h(
      'div',
      null,
      h('dt', null, h('span', { class: 'evidence ours' }, t('wording.ours'))),
      h('dd', null, t('wording.ours.long')),
    ),
  )

const refusal = (one) =>
  h(
    'li',
    { 'data-key': one.name },
    h('p', { class: 'codes' }, h('b', { class: 'mono' }, one.error_code), httpStatus(one.status)),
    h(
      'div',
      null,
      h('h3', null, one.name),
      h('p', { lang: 'en' }, one.when),
      h('p', null, h('q', null, one.error_message)),
      one.extras && h('p', { class: 'mono small' }, JSON.stringify(one.extras)),
    ),
    h('p', { class: 'grades' }, evidence(one.evidence), wordingOf(one), h('small', null, one.source)),
  )

const rule = (one) =>
  h(
    'li',
    { 'data-key': one.id },
    h('p', { class: 'codes' }, h('b', null, one.level.toUpperCase())),
    h(
      'div',
      null,
      h('h3', null, one.id),
      h('p', { lang: 'en' }, one.sentence),
      h('p', null, h('a', { href: `#/refusals?text=${encodeURIComponent(one.refusal)}` }, one.refusal)),
    ),
    h('p', { class: 'grades' }, evidence(one.evidence), h('small', null, one.source)),
  )

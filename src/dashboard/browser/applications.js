import { actForm, acts, choice, copyButton, draft, field, forget, tick } from './acts.js'
import { get, t } from './api.js'
import { foreign, h } from './dom.js'
import { empty, fullTime } from './format.js'

let issued = null
const show = (answer) => {
  issued = answer
}

const blank = { name: '', checked: 'any', domains: '', schemes: '', payment_api: true }

// What KakaoPay's developer centre does: register, issue anew, switch the API, name the domains.
export const applications = {
  watch: ['application', 'reset'],
  load: () => get('/_mock/applications'),
  view: ({ applications: all, any_key_works }) =>
    h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.applications'), h('span', { class: 'count' }, all.length)),
      h('p', { class: 'lead' }, t(any_key_works ? 'applications.anyKey' : 'applications.theirKeys')),
      issued && secret(issued),
      h(
        'div',
        { class: 'columns' },
        h('section', { 'aria-label': t('applications.register') }, registerForm()),
        h(
          'section',
          { 'aria-label': t('nav.applications') },
          all.length === 0 && empty(t('applications.empty')),
          h(
            'ul',
            { class: 'cards', 'data-testid': 'applications' },
            all.map((one) => h('li', { class: 'card', 'data-key': one.id }, card(one))),
          ),
        ),
      ),
    ),
}

// The key is in no other answer, so it stays on the page until the page is left.
const secret = (application) =>
  h(
    'div',
    { class: 'secret', role: 'status', 'data-testid': 'issued' },
    h('p', null, t('applications.issued'), ' ', foreign(application.name)),
    h('code', { 'data-testid': 'secret-key' }, application.secret_key),
    copyButton(application.secret_key),
  )

const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const domainsOf = ({ checked, domains }) => (checked === 'any' ? null : lines(domains))

const domainFields = (values) => [
  choice(values, 'checked', t('applications.domains'), [
    ['any', t('applications.unchecked')],
    ['listed', t('applications.listed')],
  ]),
  values.checked === 'listed' &&
    field(values, 'domains', t('applications.domainList'), {
      rows: 3,
      placeholder: 'https://shop.example\nhttps://*.shop.example\nhttp://localhost:3000',
    }),
  field(values, 'schemes', t('applications.schemes'), { rows: 2, placeholder: 'myapp://' }),
]

const registerForm = () => {
  const values = draft('register', blank)
  return actForm(
    'register',
    {
      id: 'register',
      label: t('applications.register'),
      tone: 'primary',
      request: {
        method: 'POST',
        path: '/_mock/applications',
        body: {
          name: values.name,
          web_domains: domainsOf(values),
          app_schemes: lines(values.schemes),
          payment_api: values.payment_api,
        },
      },
      after: (answer) => {
        show(answer)
        forget('register')
      },
    },
    h('h2', null, t('applications.register')),
    field(values, 'name', t('applications.name'), { required: true, maxlength: 100 }),
    domainFields(values),
    tick(values, 'payment_api', t('applications.api')),
  )
}

const card = (one) => {
  const path = `/_mock/applications/${one.id}`
  return [
    h(
      'h3',
      null,
      foreign(one.name),
      h('code', null, one.secret_key),
      h(
        'span',
        { class: one.payment_api ? 'flag good' : 'flag fault' },
        t(one.payment_api ? 'applications.on' : 'applications.off'),
      ),
    ),
    h(
      'p',
      null,
      one.namespace,
      ` · ${fullTime(one.created_at)}`,
      one.configured && ` · ${t('applications.configured')}`,
    ),
    h(
      'p',
      { class: 'settings' },
      domainWords(one).map((text) => h('code', null, foreign(text))),
    ),
    acts(`application-${one.id}`, [
      {
        id: 'reissue',
        label: t('applications.reissue'),
        confirm: t('applications.reissueSure'),
        request: { method: 'POST', path: `${path}/reissue`, body: {} },
        after: show,
      },
      {
        id: 'switch-api',
        label: t(one.payment_api ? 'applications.switchOff' : 'applications.switchOn'),
        request: { method: 'PATCH', path, body: { payment_api: !one.payment_api } },
      },
      {
        id: 'remove-application',
        label: t('remove'),
        tone: 'danger',
        confirm: t('applications.removeSure'),
        request: { method: 'DELETE', path },
      },
    ]),
    h('details', null, h('summary', null, t('applications.change')), changeForm(one, path)),
  ]
}

const domainWords = ({ web_domains, app_schemes }) => [
  ...(web_domains === null ? [t('applications.unchecked')] : web_domains),
  ...app_schemes,
]

const changeForm = (one, path) => {
  const values = draft(`application-${one.id}`, {
    name: one.name,
    checked: one.web_domains === null ? 'any' : 'listed',
    domains: (one.web_domains ?? []).join('\n'),
    schemes: one.app_schemes.join('\n'),
  })
  const body = { name: values.name, web_domains: domainsOf(values), app_schemes: lines(values.schemes) }
  return actForm(
    `change-${one.id}`,
    { id: 'save', label: t('save'), tone: 'primary', request: { method: 'PATCH', path, body } },
    field(values, 'name', t('applications.name'), { required: true, maxlength: 100 }),
    domainFields(values),
  )
}

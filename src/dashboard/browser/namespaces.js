import { actForm, acts, choice, draft, field } from './acts.js'
import { chooseNamespace, get, namespace, t } from './api.js'
import { h } from './dom.js'
import { empty, fullTime, span } from './format.js'

const choices = {
  payer: ['manual', 'approve', 'cancel', 'fail', 'expire'],
  redirects: ['local', 'real'],
  emptyKeys: ['null', 'omit'],
  vatRemainder: ['refuse', 'clamp'],
  appSchemes: ['true', 'false'],
}

// A page that draws thousands of forms draws none: the rest are found by the picker or the API.
const SHOWN = 100

// One namespace per secret key; their settings, leases and seeds, and the way back to nothing.
export const namespaces = {
  watch: ['namespace', 'payment', 'clock', 'fault', 'reset'],
  load: () => get('/_mock/namespaces', { limit: SHOWN }),
  view: ({ namespaces: all, total, limit }) =>
    h(
      'div',
      { class: 'page' },
      h('h1', { tabindex: -1, id: 'list-title' }, t('nav.namespaces'), h('span', { class: 'count' }, String(total))),
      h('p', { class: 'lead' }, t('namespaces.lead', { limit: limit.toLocaleString() })),
      acts('all', [
        {
          id: 'reset-all',
          label: t('namespaces.resetAll'),
          tone: 'danger',
          confirm: t('namespaces.resetAllSure'),
          request: { method: 'POST', path: '/_mock/reset', body: {} },
        },
      ]),
      h(
        'details',
        { class: 'block', 'data-key': 'for-all' },
        h('summary', null, t('namespaces.forAll')),
        settingsForm('all', '/_mock/namespaces', null),
      ),
      all.length === 0 && empty(t('namespaces.empty'), t('namespaces.emptyHint')),
      total > all.length && h('p', { class: 'note' }, t('namespaces.more', { shown: all.length, total })),
      h(
        'ul',
        { class: 'cards wide', 'data-testid': 'namespaces' },
        all.map((one) => h('li', { class: 'card', 'data-key': one.name }, card(one))),
      ),
    ),
}

const card = (one) => [
  h(
    'h3',
    null,
    h('code', null, one.name),
    one.key && h('span', { class: 'note' }, one.key),
    one.name === namespace() && h('span', { class: 'flag' }, t('namespaces.chosen')),
  ),
  h(
    'p',
    null,
    t('namespaces.counts', { payments: one.payments, calls: one.calls, faults: one.faults }),
    ` · ${t('namespaces.used', { at: fullTime(one.last_used) })}`,
    one.lease_ms !== null && ` · ${t('namespaces.lease', { lease: span(one.lease_ms) })}`,
    one.seeded && ` · ${t('namespaces.seeded')}`,
  ),
  h(
    'p',
    { class: 'settings' },
    Object.entries(one.settings).map(([name, value]) => h('code', null, `${name}=${value}`)),
    one.clock.frozen && h('span', { class: 'flag' }, t('clock.frozen')),
    one.clock.offset_ms !== 0 && h('span', { class: 'flag' }, `${t('nav.clock')} ${span(one.clock.offset_ms)}`),
  ),
  h(
    'details',
    null,
    h('summary', null, t('namespaces.change')),
    settingsForm(one.name, `/_mock/namespaces/${one.name}`, one),
  ),
  acts(`namespace-${one.name}`, [
    {
      id: 'reset',
      label: t('namespaces.reset'),
      confirm: t('namespaces.resetSure', { name: one.name }),
      request: { method: 'POST', path: `/_mock/namespaces/${one.name}/reset`, body: {} },
    },
    {
      id: 'remove-namespace',
      label: t('namespaces.remove'),
      tone: 'danger',
      confirm: t('namespaces.removeSure', { name: one.name }),
      request: { method: 'DELETE', path: `/_mock/namespaces/${one.name}` },
      after: () => one.name === namespace() && chooseNamespace(''),
    },
  ]),
]

const settingsForm = (key, path, one) => {
  const initial = Object.fromEntries(Object.keys(choices).map((name) => [name, '']))
  const values = draft(`settings-${key}`, { ...initial, lease: '', seed: '' })
  const keep = (name) => (one ? t('namespaces.keepNow', { value: String(one.settings[name]) }) : t('namespaces.keep'))
  return actForm(
    `settings-${key}`,
    { id: 'save', label: t('save'), tone: 'primary', request: { method: 'PUT', path, body: changeOf(values, one) } },
    h(
      'div',
      { class: 'fields' },
      Object.entries(choices).map(([name, list]) =>
        choice(values, name, t(`setting.${name}`), [['', keep(name)], ...list.map((value) => [value, value])]),
      ),
      field(values, 'lease', t('namespaces.leaseField'), { placeholder: '30m, 1d, never' }),
      one && field(values, 'seed', t('namespaces.seedField')),
    ),
  )
}

// Only what is to be changed: what is left alone stays as it is.
const changeOf = (values, one) => {
  const settings = Object.fromEntries(
    Object.keys(choices)
      .filter((name) => values[name] !== '')
      .map((name) => [name, name === 'appSchemes' ? values[name] === 'true' : values[name]]),
  )
  return {
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
    ...(values.lease ? { lease: values.lease === 'never' ? null : values.lease } : {}),
    ...(one && values.seed ? { seed: values.seed } : {}),
  }
}

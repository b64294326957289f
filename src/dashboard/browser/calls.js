import { code } from './acts.js'
import { call, curl, t } from './api.js'
import { foreign, h } from './dom.js'
import { clockTime, evidence, fullTime, httpStatus, paymentLink, pretty } from './format.js'

// Calls as they happened, each to be unfolded where it stands.
export const callList = (entries, key) =>
  h(
    'ol',
    { class: 'calls', 'data-testid': key },
    entries.map((entry) =>
      h(
        'li',
        { 'data-key': entry.id },
        h(
          'details',
          null,
          h('summary', null, line(entry), took(entry)),
          h('div', { class: 'call-body' }, callBody(entry)),
        ),
      ),
    ),
  )

// KST where the namespace's clock was moved, so that a timeline agrees with the payment's own instants.
export const line = (entry) => [
  h('time', { datetime: entry.time, title: fullTime(entry.time) }, entry.kst?.slice(11, 19) ?? clockTime(entry.time)),
  h('b', { class: 'call-name' }, foreign(entry.call ?? entry.path), actOf(entry)),
  httpStatus(entry.response.status),
  entry.refusal && h('span', { class: 'refusal' }, `${entry.refusal.error_code} ${entry.refusal.name}`),
  entry.fault && h('span', { class: 'flag fault' }, entry.fault.fault),
  entry.unknown_fields.length > 0 && h('span', { class: 'flag' }, t('call.unread', { n: entry.unknown_fields.length })),
]

// A payer has one call for all that it does, so the act is what tells them apart.
const actOf = ({ call: name, request }) => {
  if (name !== 'payer') return null
  try {
    return foreign(` ${JSON.parse(request.body).action}`, { class: 'act' })
  } catch {
    return null
  }
}

export const took = ({ duration_ms: ms }) => h('span', { class: 'took' }, `${ms.toFixed(ms < 10 ? 1 : 0)} ms`)

export const callBody = (entry) => [
  entry.refusal &&
    h(
      'p',
      { class: 'why' },
      t('call.refused'),
      ' ',
      h('a', { href: `#/refusals?text=${encodeURIComponent(entry.refusal.name)}` }, entry.refusal.name),
      ' ',
      h('code', null, entry.refusal.rule),
      ' ',
      evidence(entry.refusal.evidence),
    ),
  entry.fault &&
    h(
      'p',
      { class: 'why' },
      t(entry.fault.money_moved ? 'call.faultMoved' : 'call.fault', { fault: entry.fault.fault }),
    ),
  !entry.response.delivered && h('p', { class: 'why' }, t('call.notTold')),
  entry.unknown_fields.map(({ field, did_you_mean }) =>
    h(
      'p',
      { class: 'why' },
      h('code', null, foreign(field)),
      t(did_you_mean === null ? 'call.notAField' : 'call.didYouMean', { call: entry.call, meant: did_you_mean }),
    ),
  ),
  h('h4', null, t('call.request'), ' ', h('code', null, entry.method, ' ', foreign(entry.path))),
  code(pretty(entry.request.body ?? ''), 'request-body', t('call.request')),
  entry.request.body_cut && h('p', { class: 'note' }, t('call.cut')),
  h(
    'details',
    null,
    h('summary', null, t('call.headers', { n: entry.request.headers.length })),
    h(
      'dl',
      { class: 'facts' },
      entry.request.headers.map(([name, value]) =>
        h('div', null, h('dt', null, foreign(name)), h('dd', null, foreign(value))),
      ),
    ),
  ),
  h('h4', null, t('call.answer'), ' ', httpStatus(entry.response.status)),
  code(pretty(entry.response.body ?? ''), 'response-body', t('call.answer')),
  h(
    'div',
    { class: 'links' },
    entry.tid && paymentLink(entry.tid),
    ['curl', 'har', 'fixture'].map((as) => exportButton(entry, as)),
  ),
]

// The server writes these, so that what is copied here is what a test would get.
const exportButton = (entry, as) => {
  const request = { path: `/_mock/journal/${entry.id}`, query: { as } }
  return h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      title: curl(request),
      onclick: async (event) => {
        const button = event.currentTarget
        const { ok, body } = await call(request)
        const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
        const copied =
          ok &&
          (await navigator.clipboard.writeText(text).then(
            () => true,
            () => false,
          ))
        button.textContent = t(copied ? 'copied' : 'notCopied')
        setTimeout(() => {
          button.textContent = t('call.copyAs', { as })
        }, 1500)
      },
    },
    t('call.copyAs', { as }),
  )
}

import { has, t } from './api.js'
import { h } from './dom.js'

// Not toLocaleString: browsers group and place the sign differently, and a test reads these.
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
export const won = (n) => t('won', { n: n < 0 ? `−${grouped(-n)}` : grouped(n) })

const KST_MS = 9 * 3_600_000
const wall = (instant) => new Date(Date.parse(instant) + KST_MS).toISOString()

// KakaoPay's day is the one in Seoul, wherever the browser stands.
export const clockTime = (instant) => (instant ? wall(instant).slice(11, 19) : '–')
export const fullTime = (instant) => (instant ? wall(instant).slice(0, 19).replace('T', ' ') : '–')
export const time = (instant) => h('time', { datetime: instant, title: `${fullTime(instant)} KST` }, clockTime(instant))

export const span = (ms) => {
  const sign = ms < 0 ? '−' : ''
  const seconds = Math.round(Math.abs(ms) / 1000)
  const [d, hours, m, s] = [86_400, 3600, 60, 1].map((unit, i, all) =>
    Math.floor((i === 0 ? seconds : seconds % (all[i - 1] ?? 1)) / unit),
  )
  const parts = [
    [d, 'd'],
    [hours, 'h'],
    [m, 'm'],
    [s, 's'],
  ].filter(([n]) => n > 0)
  return sign + (parts.map(([n, unit]) => `${n}${unit}`).join(' ') || '0s')
}

// Six tones for thirteen states: what matters is whether the payer is at work, the money has moved, came back, or never will.
const tones = {
  READY: 'open',
  SEND_TMS: 'open',
  OPEN_PAYMENT: 'open',
  SELECT_METHOD: 'open',
  ARS_WAITING: 'open',
  AUTH_PASSWORD: 'ready',
  ISSUED_SID: 'paid',
  SUCCESS_PAYMENT: 'paid',
  PART_CANCEL_PAYMENT: 'part',
  CANCEL_PAYMENT: 'back',
  FAIL_AUTH_PASSWORD: 'failed',
  QUIT_PAYMENT: 'failed',
  FAIL_PAYMENT: 'failed',
}

const stateOf = ({ status, expired }) => (expired && tones[status] !== 'paid' ? 'EXPIRED' : status)

export const state = (payment) => {
  const name = stateOf(payment)
  const tone = name === 'EXPIRED' ? 'failed' : (tones[name] ?? 'open')
  return h('span', { class: `state ${tone}`, title: payment.status }, has(`state.${name}`) ? t(`state.${name}`) : name)
}

export const stateWord = (name) => (has(`state.${name}`) ? t(`state.${name}`) : name)

export const httpStatus = (status) => {
  const tone = status === null ? 'none' : status < 300 ? 'good' : status < 500 ? 'refused' : 'broken'
  return h('span', { class: `http ${tone}` }, status === null ? t('noAnswer') : String(status))
}

export const evidence = (grade) =>
  h('span', { class: `evidence ${grade}`, title: t(`evidence.${grade}.long`) }, t(`evidence.${grade}`))

// A text that nobody has seen at KakaoPay must never look like one of theirs.
export const wordingOf = ({ wording }) =>
  wording.source === 'ours'
    ? h('span', { class: 'evidence ours', title: t('wording.ours.long') }, t('wording.ours'))
    : h(
        'span',
        { class: `evidence ${wording.evidence}`, title: wording.source },
        t('wording', { grade: t(`evidence.${wording.evidence}`) }),
      )

// JSON with air where it is JSON; else as it was sent.
export const pretty = (text) => {
  if (typeof text !== 'string') return JSON.stringify(text, null, 2)
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

export const short = (id) => (id && id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-6)}` : (id ?? '–'))
export const empty = (text, hint) => h('p', { class: 'empty' }, h('b', null, text), hint && h('span', null, hint))
export const paymentLink = (tid) => h('a', { href: `#/payments/${tid}`, class: 'mono', title: tid }, short(tid))

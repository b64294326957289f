import type { ChoiceRefusal } from './options.ts'
import { type Choice, isEnded, isExpired, type Payment } from './payment.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** Refusals of an action of the payer. KakaoPay's API never sends them: only the page and the control API do. */
export type PayerRefusal = Refusal<ChoiceRefusal['refused'] | 'payment-over' | 'already-authenticated'>

/** The message with the payment request goes to the payer's KakaoTalk: READY becomes SEND_TMS. Later states stay as they are. */
export const sendMessage = (payment: Payment, now: number): Payment => {
  if (isExpired(payment, now)) return expire(payment, now)
  return payment.status === 'READY' ? { ...payment, status: 'SEND_TMS' } : payment
}

/** The payer enters the payment screen: OPEN_PAYMENT. A screen opened again changes nothing. */
export const open = (payment: Payment, now: number): Payment => {
  if (isExpired(payment, now)) return expire(payment, now)
  return payment.status === 'READY' || payment.status === 'SEND_TMS' ? { ...payment, status: 'OPEN_PAYMENT' } : payment
}

/** The payer has settled on a method but not authenticated: SELECT_METHOD. */
export const selectMethod = (payment: Payment, choice: Choice, now: number): Payment | PayerRefusal => {
  if (isExpired(payment, now)) return expire(payment, now)
  if (isEnded(payment)) return over(payment)
  return payment.status === 'AUTH_PASSWORD' ? payment : { ...payment, status: 'SELECT_METHOD', choice }
}

/**
 * The payer has authenticated: AUTH_PASSWORD, with the one pg_token that approve will take. Pressed again (a double click, the back
 * button) it changes nothing, so that the browser is sent on with the same token.
 */
export const authenticate = (
  payment: Payment,
  choice: Choice,
  pg_token: string,
  now: number,
): Payment | PayerRefusal => {
  const chosen = selectMethod(open(payment, now), choice, now)
  if (isRefusal(chosen) || isEnded(chosen) || chosen.status === 'AUTH_PASSWORD') return chosen
  return { ...chosen, status: 'AUTH_PASSWORD', pg_token }
}

/** The payer closes the payment: QUIT_PAYMENT (the state's name is documented, that cancelling leads to it is inferred). */
export const quit = (payment: Payment, now: number): Payment | PayerRefusal => leave(payment, 'QUIT_PAYMENT', now)

/** The payer's authentication fails: FAIL_AUTH_PASSWORD (inferred likewise). */
export const fail = (payment: Payment, now: number): Payment | PayerRefusal => leave(payment, 'FAIL_AUTH_PASSWORD', now)

const leave = (payment: Payment, status: 'QUIT_PAYMENT' | 'FAIL_AUTH_PASSWORD', now: number) => {
  if (isExpired(payment, now)) return expire(payment, now)
  if (payment.status === status) return payment
  if (isEnded(payment)) return over(payment)
  if (payment.status === 'AUTH_PASSWORD') return refuse('already-authenticated', 'payer.once')
  return { ...payment, status, ended_at: now }
}

/**
 * The 15 minutes are over, by the clock or because a caller asked for it. FAIL_PAYMENT is inferred: no expired order was ever
 * published. Also after authentication: the token expires with the payment.
 */
export const expire = (payment: Payment, now: number): Payment => {
  if (isEnded(payment)) return payment
  return { ...payment, status: 'FAIL_PAYMENT', expires_at: Math.min(payment.expires_at, now), ended_at: now }
}

const over = ({ status }: Payment): PayerRefusal => refuse('payment-over', 'payer.once', { status })

/**
 * The URL that the payer's browser is redirected to, as a Location header can hold it. Null before the payer has finished, and after
 * approve, because the browser has been redirected by then. Nothing is added to cancel_url and fail_url (inferred: no client reads
 * anything there).
 */
export const redirectUrl = (payment: Payment): string | null => {
  switch (payment.status) {
    case 'AUTH_PASSWORD':
      return ascii(withToken(payment.approval_url, payment.pg_token ?? ''))
    case 'QUIT_PAYMENT':
      return ascii(payment.cancel_url)
    case 'FAIL_AUTH_PASSWORD':
    case 'FAIL_PAYMENT':
      return ascii(payment.fail_url)
    default:
      return null
  }
}

/** Adds `pg_token` to the query, before a fragment. Not with URL: it throws on some URLs and rewrites others. */
export const withToken = (url: string, pg_token: string): string => {
  const hash = url.indexOf('#')
  const head = hash < 0 ? url : url.slice(0, hash)
  const joint = !head.includes('?') ? '?' : /[?&]$/.test(head) ? '' : '&'
  return `${head}${joint}pg_token=${pg_token}${hash < 0 ? '' : url.slice(hash)}`
}

/** A header may hold printable ASCII only: the rest is percent-encoded, a lone surrogate as U+FFFD. */
const ascii = (url: string): string =>
  url.replace(/[^\x21-\x7e]+/gu, (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')))

import { type Choice, isEnded, isExpired, type Method, type Payment } from './payment.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** Refusals of an action of the payer. KakaoPay's API never sends them: only the page and the control API do. */
export type PayerRefusal = Refusal<'choice-not-allowed' | 'payment-over' | 'already-authenticated'>

/** What a payer selects; what is absent gets the value that the page preselects. `install_month` is 0 to 12, amounts are KRW. */
export interface Selection {
  readonly method?: Method | undefined
  readonly card?: string | undefined
  readonly card_type?: 'CREDIT' | 'CHECK' | undefined
  readonly install_month?: number | undefined
  readonly interest_free_install?: 'Y' | 'N' | undefined
  readonly point?: number | undefined
  readonly discount?: number | undefined
}

/** What ready allows the payer: methods, card issuers and instalment months, each in the order of the page. */
export interface PayerOptions {
  readonly methods: readonly Method[]
  readonly cards: readonly string[]
  readonly cardTypes: readonly ('CREDIT' | 'CHECK')[]
  readonly months: readonly number[]
}

/** What the options depend on beside the payment: the card codes of a payment that names none, and how install_month is read. */
export interface OfferSettings {
  readonly issuers: readonly string[]
  readonly installMonth: 'fixed' | 'max'
}

const METHODS: readonly Method[] = ['MONEY', 'CARD']
const MONTHS = Array.from({ length: 13 }, (_, month) => month)

/**
 * An empty list of available_cards restricts nothing (inferred). `install_month` is the only month that the payer may pay in, and check
 * cards cannot pay in instalments (documented by an integrator); read as a maximum it allows every month up to it.
 */
export const payerOptions = (payment: Payment, { issuers, installMonth }: OfferSettings): PayerOptions => {
  const { install_month } = payment
  const isFixed = install_month !== null && installMonth === 'fixed'
  return {
    methods: payment.payment_method_type === null ? METHODS : [payment.payment_method_type],
    cards: payment.available_cards?.length ? payment.available_cards : issuers,
    cardTypes: isFixed && install_month > 0 ? ['CREDIT'] : ['CREDIT', 'CHECK'],
    months: isFixed ? [install_month] : MONTHS.slice(0, (install_month ?? 12) + 1),
  }
}

/**
 * The selection as a choice within the options, or a refusal that names the options. Preselected (ours): the method that ready asked
 * for, CARD where ready restricted cards or months, else MONEY; the first card; a credit card; the months that ready named, else none.
 */
export const choose = (payment: Payment, selection: Selection, settings: OfferSettings): Choice | PayerRefusal => {
  const { methods } = payerOptions(payment, settings)
  const method = selection.method ?? preselected(payment, selection)
  if (!methods.includes(method)) return outside('method', method, methods)
  const { point = 0, discount = 0 } = selection
  const { total } = payment.amount
  if (point > total) return outside('point', point, [`0 to ${total}`])
  if (point + discount > total) return outside('discount', discount, [`0 to ${total - point} beside the points`])
  const chosen = method === 'MONEY' ? withMoney(selection) : withCard(payment, selection, settings)
  return isRefusal(chosen) ? chosen : { ...chosen, point, discount }
}

type Instrument = Omit<Choice, 'point' | 'discount'>

const withMoney = (selection: Selection): Instrument | PayerRefusal => {
  const { card, card_type, install_month, interest_free_install } = selection
  if (card !== undefined) return outside('card', card, ['none with the method MONEY'])
  if (card_type !== undefined) return outside('card_type', card_type, ['none with the method MONEY'])
  if (install_month) return outside('install_month', install_month, ['0 with the method MONEY'])
  if (interest_free_install === 'Y') return outside('interest_free_install', 'Y', ['N with the method MONEY'])
  return {
    payment_method_type: 'MONEY',
    card: null,
    card_type: null,
    install_month: 0,
    interest_free_install: 'N',
  }
}

const withCard = (payment: Payment, selection: Selection, settings: OfferSettings): Instrument | PayerRefusal => {
  const { cards, cardTypes, months } = payerOptions(payment, settings)
  const card = selection.card ?? cards[0] ?? ''
  if (!cards.includes(card)) return outside('card', card, cards)
  const card_type = selection.card_type ?? 'CREDIT'
  if (!cardTypes.includes(card_type)) return outside('card_type', card_type, [`CREDIT with instalments`])
  const month = selection.install_month ?? (card_type === 'CHECK' ? 0 : (payment.install_month ?? 0))
  if (!months.includes(month)) return outside('install_month', month, [monthsAllowed(months)])
  if (card_type === 'CHECK' && month > 0) return outside('install_month', month, ['0 with a check card'])
  return {
    payment_method_type: 'CARD',
    card,
    card_type,
    install_month: month,
    interest_free_install: selection.interest_free_install ?? 'N',
  }
}

const monthsAllowed = (months: readonly number[]) =>
  months.length === 1 ? String(months[0]) : `${months[0]} to ${months.at(-1)}`

const preselected = (payment: Payment, selection: Selection): Method => {
  if (payment.payment_method_type !== null) return payment.payment_method_type
  const { card, card_type, install_month, interest_free_install } = selection
  const ofSelection = card ?? card_type ?? install_month ?? interest_free_install
  const aboutCards = ofSelection ?? payment.install_month ?? payment.available_cards?.[0]
  return aboutCards === undefined ? 'MONEY' : 'CARD'
}

const outside = (field: string, value: string | number, allowed: readonly string[]): PayerRefusal =>
  refuse('choice-not-allowed', 'payer.choice', { field, value, allowed: allowed.join(', ') })

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

import type { Namespaces } from '../control/namespaces.ts'
import { act, type Outcome, type PayerAction, type PayerContext, payerActions } from '../endpoints/payer.ts'
import type { PayerRefusal, Wish } from '../payment/payer.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import { andThen, type Later } from '../store/later.ts'
import type { Store } from '../store/store.ts'
import type { Answer } from './api.ts'
import { follow, type Merchant } from './follow.ts'
import type { Arrival } from './record.ts'
import { type WitnessParts, witness } from './witness.ts'

export interface PayerParts {
  readonly store: Store
  readonly namespaces: Namespaces
  readonly maxBodyBytes: number
}

/** The clock and the ids of the key that prepared the payment: a payer has no key of its own. */
export const payerContext = ({ store, namespaces }: Pick<PayerParts, 'store' | 'namespaces'>, payment: Payment) => {
  const namespace = namespaces.named(payment.namespace)
  const context: PayerContext = { store, ids: namespace.ids, now: namespace.now() }
  return { ...context, settings: namespace.settings }
}

/** `wanted` is a tid, or the 64 hex digits of a redirect URL in its place. */
export type PayerCall = (wanted: string, text: string, arrival: Arrival) => Later<Answer>

/**
 * `POST /_mock/payments/{tid}/payer`: what a payer can do, without a browser. Answers where the browser would be sent; with `follow` it
 * goes there and tells what the merchant answered.
 */
export const createPayerCall = (parts: WitnessParts): PayerCall => {
  const { store } = parts

  const acted = (payment: Payment, { action, wish, follow: follows }: PayerRequest, arrival: Arrival) =>
    andThen(act(action, wish, payment, payerContext(parts, payment)), (result) => {
      if (!result) return unknown(payment.tid)
      return andThen(witness(arrival, parts, payment, action, wish, result), (repeated) => {
        if (isRefusal(result)) return refused(result)
        if (!follows || result.redirect_url === null) return told(result, undefined, repeated)
        return follow(result.redirect_url).then((merchant) => told(result, merchant, repeated))
      })
    })

  return (wanted, text, arrival) => {
    const request = readRequest(text)
    if ('status' in request) return request
    return andThen(HASH.test(wanted) ? store.findByHash(wanted) : store.find(wanted), (payment) =>
      payment ? acted(payment, request, arrival) : unknown(wanted),
    )
  }
}

const HASH = /^[0-9a-f]{64}$/

const unknown = (wanted: string) =>
  wrong(404, `there is no payment ${wanted.slice(0, 80)}. send the tid that ready answered.`)

const told = ({ payment, redirect_url, pg_token }: Outcome, merchant?: Merchant, repeated?: Merchant): Answer => ({
  status: 200,
  body: JSON.stringify({
    redirect_url,
    pg_token: pg_token ?? undefined,
    status: payment.status,
    merchant,
    repeated,
  }),
})

interface PayerRequest {
  readonly action: PayerAction
  readonly wish: Wish
  readonly follow: boolean
}

const readRequest = (text: string): PayerRequest | Answer => {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return wrong(400, 'the body is not well-formed JSON. send {"action":"approve"}.')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return wrong(400, 'the body must be a JSON object. send {"action":"approve"}.')
  return parseRequest(body as Record<string, unknown>)
}

const known = ['action', 'method', 'card', 'install_month', 'follow']

/** Strict, unlike KakaoPay's calls: a misspelt wish that is ignored would make a test prove something else than it says. */
const parseRequest = (body: Record<string, unknown>): PayerRequest | Answer => {
  const { action, method, card, install_month, follow: follows } = body
  const stranger = Object.keys(body).find((name) => !known.includes(name))
  if (stranger !== undefined)
    return wrong(400, `${stranger.slice(0, 80)} is unknown. the fields are ${known.join(', ')}.`)
  if (!payerActions.includes(action as PayerAction))
    return wrong(400, `action must be one of ${payerActions.join(', ')}.`)
  if (method !== undefined && method !== 'CARD' && method !== 'MONEY')
    return wrong(400, 'method must be CARD or MONEY.')
  if (card !== undefined && typeof card !== 'string') return wrong(400, 'card must be a card code such as SHINHAN.')
  if (install_month !== undefined && !isMonth(install_month))
    return wrong(400, 'install_month must be an integer from 0 to 12.')
  if (follows !== undefined && typeof follows !== 'boolean') return wrong(400, 'follow must be true or false.')
  return { action: action as PayerAction, wish: { method, card, install_month }, follow: follows === true }
}

const isMonth = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 12

/** Our own API's refusals: KakaoPay's form, so that a client reads both alike, with the HTTP status as the code. */
const wrong = (status: 400 | 404 | 409, error_message: string): Answer => ({
  status,
  body: JSON.stringify({ error_code: -status, error_message }),
})

const refused = (refusal: PayerRefusal): Answer =>
  wrong(refusal.refused === 'choice-not-allowed' ? 400 : 409, payerSentence(refusal))

/** What the payer's side refuses, as a sentence that says what would be right. */
export const payerSentence = ({ refused: name, params = {} }: Refusal<PayerRefusal['refused']>): string => {
  if (name === 'choice-not-allowed')
    return `${params['field']} ${String(params['value']).slice(0, 80)} is not allowed by ready: ${params['allowed']}.`
  if (name === 'payment-over') return `the payment is over: it is ${params['status']}. prepare a new one with ready.`
  return 'the payer has authenticated already, and the browser was sent on. only approve or expire is left.'
}

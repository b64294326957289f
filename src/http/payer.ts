import { Hono, type Context as HonoContext } from 'hono'
import type { Namespaces } from '../control/namespaces.ts'
import { act, type Outcome, type PayerAction, type PayerContext, payerActions } from '../endpoints/payer.ts'
import type { PayerRefusal, Wish } from '../payment/payer.ts'
import type { Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import type { Bindings } from './api.ts'
import { mediaRefusal, readBody } from './body.ts'
import { JSON_TYPE, refusalResponse } from './errors.ts'
import { follow } from './follow.ts'
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

/**
 * `POST /_mock/payments/{tid}/payer`: what a payer can do, without a browser. In the place of the tid the 64 hex digits of a redirect
 * URL do too. Answers where the browser would be sent; with `follow` it goes there and tells what the merchant answered.
 */
export const createPayer = (parts: WitnessParts) => {
  const app = new Hono<{ Bindings: Bindings }>()
  app.post('/payments/:tid/payer', async (c) => {
    const wanted = c.req.param('tid')
    const request = await readRequest(c, parts.maxBodyBytes)
    if (request instanceof Response) return request
    const payment = await (HASH.test(wanted) ? parts.store.findByHash(wanted) : parts.store.find(wanted))
    const result = payment && (await act(request.action, request.wish, payment.tid, payerContext(parts, payment)))
    if (!result) return wrong(404, `there is no payment ${wanted.slice(0, 80)}. send the tid that ready answered.`)
    const repeated = payment && (await witness(c, parts, payment, request.action, request.wish, result))
    if (isRefusal(result)) return refused(result)
    const { redirect_url } = result
    const merchant = request.follow && redirect_url !== null ? { merchant: await follow(redirect_url) } : {}
    return new Response(JSON.stringify({ ...answer(result), ...merchant, ...(repeated ? { repeated } : {}) }), {
      headers: JSON_TYPE,
    })
  })
  return app
}

const HASH = /^[0-9a-f]{64}$/

const answer = ({ payment, redirect_url, pg_token }: Outcome) => ({
  redirect_url,
  ...(pg_token === null ? {} : { pg_token }),
  status: payment.status,
})

interface PayerRequest {
  readonly action: PayerAction
  readonly wish: Wish
  readonly follow: boolean
}

const readRequest = async (c: HonoContext<{ Bindings: Bindings }>, limit: number): Promise<PayerRequest | Response> => {
  const media = mediaRefusal(c.req.header('content-type') ?? null, c.req.header('content-encoding') ?? null)
  if (media) return refusalResponse(media)
  const text = await readBody(c.req.raw, c.env?.incoming, limit)
  if (typeof text !== 'string') return refusalResponse(text)
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
const parseRequest = (body: Record<string, unknown>): PayerRequest | Response => {
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
const wrong = (status: 400 | 404 | 409, error_message: string): Response =>
  new Response(JSON.stringify({ error_code: -status, error_message }), { status, headers: JSON_TYPE })

const refused = (refusal: PayerRefusal): Response =>
  wrong(refusal.refused === 'choice-not-allowed' ? 400 : 409, payerSentence(refusal))

/** What the payer's side refuses, as a sentence that says what would be right. */
export const payerSentence = ({ refused: name, params = {} }: Refusal<PayerRefusal['refused']>): string => {
  if (name === 'choice-not-allowed')
    return `${params['field']} ${String(params['value']).slice(0, 80)} is not allowed by ready: ${params['allowed']}.`
  if (name === 'payment-over') return `the payment is over: it is ${params['status']}. prepare a new one with ready.`
  return 'the payer has authenticated already, and the browser was sent on. only approve or expire is left.'
}

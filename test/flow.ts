import type { Mock } from '../src/mock.ts'
import { call, order } from './merchant.ts'

type Fields = Record<string, unknown>

/** Prepares a payment of the default order, with other or further fields; gives back its tid. */
export const readied = async (mock: Mock, fields: Fields = {}): Promise<string> => {
  const { status, body } = await call(mock, 'ready', { ...order, ...fields })
  if (status !== 200) throw new Error(`ready was refused: ${JSON.stringify(body)}`)
  return String(body['tid'])
}

/** The payer acts, as the page would have them act. */
export const payer = async (mock: Mock, tid: string, action: string, choice: Fields = {}): Promise<Fields> => {
  const response = await mock.request(`/_mock/payments/${tid}/payer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, ...choice }),
  })
  const body = (await response.json()) as Fields
  if (response.status !== 200) throw new Error(`the payer was refused: ${JSON.stringify(body)}`)
  return body
}

/** The documented request of approve for a payment whose payer has authenticated. */
export const approval = (tid: string, pg_token: unknown, fields: Fields = {}): Fields => ({
  cid: order.cid,
  tid,
  partner_order_id: order.partner_order_id,
  partner_user_id: order.partner_user_id,
  pg_token,
  ...fields,
})

/** A payment as far as approve can take it: prepared, authenticated. */
export const authenticated = async (mock: Mock, fields: Fields = {}, choice: Fields = {}) => {
  const tid = await readied(mock, fields)
  const { pg_token } = await payer(mock, tid, 'approve', choice)
  return { tid, pg_token: String(pg_token) }
}

/** A paid payment: its tid and the body that approve answered. */
export const paid = async (mock: Mock, fields: Fields = {}, choice: Fields = {}) => {
  const { tid, pg_token } = await authenticated(mock, fields, choice)
  const cid = fields['cid'] ?? order.cid
  const { status, body } = await call(mock, 'approve', approval(tid, pg_token, { cid }))
  if (status !== 200) throw new Error(`approve was refused: ${JSON.stringify(body)}`)
  return { tid, body }
}

/** The documented request of cancel. */
export const cancelation = (tid: string, cancel_amount: number, fields: Fields = {}): Fields => ({
  cid: order.cid,
  tid,
  cancel_amount,
  cancel_tax_free_amount: 0,
  ...fields,
})

/** A family of amounts where points, discount and cup deposit play no part. */
export const amounts = (total: number, tax_free: number, vat: number, green_deposit = 0) => ({
  total,
  tax_free,
  vat,
  point: 0,
  discount: 0,
  green_deposit,
})

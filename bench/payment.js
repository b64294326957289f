/** The five calls of a payment, as objects and as bytes. */
import { requestBytes } from './load.js'

export const order = {
  cid: 'TC0ONETIME',
  partner_order_id: 'order-1',
  partner_user_id: 'user-1',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  vat_amount: 200,
  tax_free_amount: 0,
  approval_url: 'http://localhost:3000/approve',
  cancel_url: 'http://localhost:3000/cancel',
  fail_url: 'http://localhost:3000/fail',
}

const ready = () => ['/online/v1/payment/ready', order]
const payer = (tid) => [`/_mock/payments/${tid}/payer`, { action: 'approve' }]
const approve = (tid, pg_token) => [
  '/online/v1/payment/approve',
  { cid: order.cid, tid, partner_order_id: order.partner_order_id, partner_user_id: order.partner_user_id, pg_token },
]
const look = (tid) => ['/online/v1/payment/order', { cid: order.cid, tid }]
const cancel = (tid) => [
  '/online/v1/payment/cancel',
  { cid: order.cid, tid, cancel_amount: 2200, cancel_tax_free_amount: 0 },
]

/** The next call of one payment after another: `[path, body]`, from what the last call answered. */
export const nextCall = (state, answer) => {
  state.step = answer === null ? 0 : (state.step + 1) % 5
  switch (state.step) {
    case 0:
      return ready()
    case 1:
      state.tid = /"tid":"(\w+)"/.exec(answer)[1]
      return payer(state.tid)
    case 2:
      return approve(state.tid, /"pg_token":"([0-9a-f]{20})"/.exec(answer)?.[1])
    case 3:
      return look(state.tid)
    default:
      return cancel(state.tid)
  }
}

/** For the load generator: the same `ready` each time. */
export const readyAgain = (port) => {
  const bytes = requestBytes(port, ...ready())
  return () => bytes
}

/** For the load generator: each connection walks payment after payment. */
export const walk = (port) => (state, answer) =>
  requestBytes(port, ...nextCall(state, answer === null ? null : answer.toString('latin1')))

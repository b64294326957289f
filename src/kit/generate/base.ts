import type { EndpointName } from '../../../contracts/index.ts'
import type { CallStep, Step } from '../fixture.ts'

type Fields = Readonly<Record<string, unknown>>

const ONE_TIME = 'TC0ONETIME'
export const SUBSCRIPTION = 'TCSUBSCRIP'

const order = { partner_order_id: 'order-{{case}}', partner_user_id: 'user-1' }

const urls = {
  approval_url: '{{shop}}/approve',
  cancel_url: '{{shop}}/cancel',
  fail_url: '{{shop}}/fail',
}

/** What each call sends where a flow asks for nothing else. */
export const standard: Readonly<Record<EndpointName, Fields>> = {
  ready: {
    cid: ONE_TIME,
    ...order,
    item_name: '초코파이',
    quantity: 1,
    total_amount: 2200,
    tax_free_amount: 0,
    ...urls,
  },
  approve: { cid: ONE_TIME, tid: '{{tid}}', ...order, pg_token: '{{pg_token}}' },
  order: { cid: ONE_TIME, tid: '{{tid}}' },
  cancel: { cid: ONE_TIME, tid: '{{tid}}', cancel_amount: 2200, cancel_tax_free_amount: 0 },
  subscription: { cid: SUBSCRIPTION, sid: '{{sid}}', ...order, quantity: 1, total_amount: 9900, tax_free_amount: 0 },
  inactive: { cid: SUBSCRIPTION, sid: '{{sid}}' },
  status: { cid: SUBSCRIPTION, sid: '{{sid}}' },
}

const keeps: Readonly<Partial<Record<EndpointName, Readonly<Record<string, string>>>>> = {
  ready: { tid: '/tid' },
}

/** An accepted call. */
export const accepted = (call: EndpointName, changes: Fields = {}, more: Partial<CallStep> = {}): CallStep => ({
  call,
  send: { ...standard[call], ...changes },
  expect: { status: 200 },
  ...(keeps[call] ? { keep: keeps[call] } : {}),
  ...more,
})

const pays = (method?: 'CARD' | 'MONEY'): Step => ({
  payer: 'approve',
  ...(method ? { method } : {}),
  keep: { pg_token: 'pg_token' },
})

/** The steps before a call: what must have happened so that it can be accepted. `ready`: changed fields of the ready. */
export const stepsBefore = (
  call: EndpointName,
  ready: Fields = {},
  approve: Fields = {},
  method: 'CARD' | 'MONEY' = 'MONEY',
): readonly Step[] => {
  switch (call) {
    case 'ready':
      return []
    case 'order':
      return [accepted('ready', ready)]
    case 'approve':
      return [accepted('ready', ready), pays(method)]
    case 'cancel':
      return [accepted('ready', ready), pays(method), accepted('approve', approve)]
    default:
      return [
        accepted('ready', { cid: SUBSCRIPTION, ...ready }),
        pays(method),
        accepted('approve', { cid: SUBSCRIPTION, ...approve }, { keep: { sid: '/sid' } }),
      ]
  }
}

/** The steps after an accepted ready that pay it and give it back, so that the ledger sees every amount and echo in every answer. */
export const payment = (approve: Fields = {}, total = 2200, taxFree = 0): readonly Step[] => [
  pays('MONEY'),
  accepted('approve', approve),
  accepted('order', 'cid' in approve ? { cid: approve['cid'] } : {}),
  accepted('cancel', { cancel_amount: total, cancel_tax_free_amount: taxFree }),
]

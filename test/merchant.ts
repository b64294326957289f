import { endpoints } from '../contracts/index.ts'
import type { Mock } from '../src/mock.ts'

/** The documented request of ready, as a merchant's server sends it. */
export const order = {
  cid: 'TC0ONETIME',
  partner_order_id: 'partner_order_id',
  partner_user_id: 'partner_user_id',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  vat_amount: 200,
  tax_free_amount: 0,
  approval_url: 'https://developers.kakao.com/success',
  cancel_url: 'https://developers.kakao.com/cancel',
  fail_url: 'https://developers.kakao.com/fail',
}

export const KEY = 'DEV0123456789ABCDEF0123456789ABCDEF01234'

export type Call = keyof typeof endpoints

/** 2023-07-15T21:18:22 on a KST wall clock. */
export const INSTANT = Date.UTC(2023, 6, 15, 12, 18, 22)

/** Sends a body as it is, with the headers of a documented call unless others are given. */
export const send = (
  mock: Mock,
  call: Call,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  mock.request(endpoints[call].path, {
    method: 'POST',
    headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json', ...headers },
    body,
  })

/** Sends a call and gives back status and parsed body. */
export const call = async (mock: Mock, name: Call, body: unknown, headers: Record<string, string> = {}) => {
  const response = await send(mock, name, JSON.stringify(body), headers)
  return { status: response.status, body: JSON.parse(await response.text()) as Record<string, unknown> }
}

import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { amounts, approval, authenticated, cancelation, paid, payer } from '../flow.ts'
import { call, INSTANT, KEY, order, send } from '../merchant.ts'

/** What public client code was seen to send, one test for each habit: what is accepted, and what is refused in which words. */

const mocked = () => createMock({ seed: 'clients' }, { now: () => INSTANT })
type Mock = ReturnType<typeof mocked>
type Body = Record<string, unknown>

const refused = (error_code: number, error_message: string, status = 400) => ({
  status,
  body: { error_code, error_message },
})

/** Sends ready as given, demands the whole documented answer, and gives back what order then says. */
const accepted = async (mock: Mock, body: Body | string, headers: Record<string, string> = {}): Promise<Body> => {
  const response = await send(mock, 'ready', typeof body === 'string' ? body : JSON.stringify(body), headers)
  const answer = (await response.json()) as Body
  const hash = String(answer['next_redirect_pc_url']).slice(-64)
  const page = (device: string) => `http://127.0.0.1:8585/mockup/bridge/${device}/pg/one-time/payment/${hash}`
  const scheme = `kakaotalk://kakaopay/pg?url=https://online-pay.kakaopay.com/pay/mockup/${hash}`
  expect([response.status, response.headers.get('content-type'), answer]).toEqual([
    200,
    'application/json;charset=UTF-8',
    {
      tid: expect.stringMatching(/^T[0-9a-f]{19}$/),
      next_redirect_app_url: page('mobile-app'),
      next_redirect_mobile_url: page('mobile-web'),
      next_redirect_pc_url: page('pc'),
      android_app_scheme: scheme,
      ios_app_scheme: scheme,
      created_at: '2023-07-15T21:18:22',
    },
  ])
  return (await call(mock, 'order', { cid: order.cid, tid: answer['tid'] })).body
}

const approved = { status: 'SUCCESS_PAYMENT', amount: amounts(2200, 0, 200) }

describe('clients put their amounts', () => {
  test('as JSON numbers: accepted', async () => {
    expect(await accepted(mocked(), order)).toMatchObject({ quantity: 1, amount: amounts(2200, 0, 200) })
  })

  test('as strings of digits, or mixed in one body: accepted, and answered as numbers', async () => {
    const strings = { quantity: '1', total_amount: '2200', tax_free_amount: '0', vat_amount: '200' }
    const expected = { quantity: 1, amount: amounts(2200, 0, 200) }
    expect(await accepted(mocked(), { ...order, ...strings })).toMatchObject(expected)
    expect(await accepted(mocked(), { ...order, total_amount: '2200' })).toMatchObject(expected)
    expect(await call(mocked(), 'ready', { ...order, total_amount: '2,200' })).toEqual(
      refused(-2, 'invalid param(total_amount must be an integer)'),
    )
  })

  test('as a float: accepted where it is whole, refused where it is not', async () => {
    const raw = (total: string) => JSON.stringify(order).replace('"total_amount":2200', `"total_amount":${total}`)
    expect(await accepted(mocked(), raw('5500.0'))).toMatchObject({ amount: { total: 5500 } })
    expect(await call(mocked(), 'ready', { ...order, total_amount: 5500.5 })).toEqual(
      refused(-2, 'invalid param(total_amount must be an integer)'),
    )
  })

  test('with a VAT of their own, of whatever rounding: accepted up to the taxable amount, worked out where absent or null', async () => {
    const vat = async (vat_amount: unknown) => {
      const { amount } = await accepted(mocked(), { ...order, total_amount: 10_001, vat_amount })
      return (amount as Body)['vat']
    }
    expect(await vat(0)).toBe(0)
    expect(await vat(909)).toBe(909)
    expect(await vat('1000')).toBe(1000)
    expect(await vat(10_001)).toBe(10_001)
    expect(await vat(undefined)).toBe(909)
    expect(await vat(null)).toBe(909)
    expect(await call(mocked(), 'ready', { ...order, tax_free_amount: 200, vat_amount: 2001 })).toEqual(
      refused(
        -722,
        'amount information is wrong! vat_amount(2001) must not be more than total_amount - tax_free_amount(2000).',
      ),
    )
  })

  test('of a cancel as strings, with the VAT in them: accepted', async () => {
    const mock = mocked()
    const { tid } = await paid(mock)
    const strings = { cancel_amount: '1100', cancel_tax_free_amount: '0', cancel_vat_amount: '100' }
    expect(await call(mock, 'cancel', { ...cancelation(tid, 0), ...strings })).toMatchObject({
      status: 200,
      body: { status: 'PART_CANCEL_PAYMENT', approved_cancel_amount: amounts(1100, 0, 100) },
    })
  })
})

describe('clients put their other fields', () => {
  test('ids as JSON numbers: accepted, digit for digit, and answered as strings', async () => {
    const mock = mocked()
    const sent = { ...order, partner_order_id: 'LONG', partner_user_id: 42 }
    const text = JSON.stringify(sent).replace('"LONG"', '1234567890123456789')
    const before = await accepted(mock, text)
    expect(before).toMatchObject({ partner_order_id: '1234567890123456789', partner_user_id: '42' })
    const tid = String(before['tid'])
    const { pg_token } = await payer(mock, tid, 'approve')
    const ids = { partner_order_id: '1234567890123456789', partner_user_id: 42 }
    expect(await call(mock, 'approve', approval(tid, pg_token, ids))).toMatchObject({
      status: 200,
      body: { partner_order_id: '1234567890123456789', partner_user_id: '42' },
    })
  })

  test('as null where they are optional: the same as absent', async () => {
    const nulls = ['cid_secret', 'item_code', 'vat_amount', 'green_deposit', 'available_cards', 'payment_method_type']
    const more = ['install_month', 'use_share_installment', 'custom_json', 'redirect_scheme_url']
    const body = { ...order, ...Object.fromEntries([...nulls, ...more].map((name) => [name, null])) }
    const { item_code, amount } = await accepted(mocked(), body)
    expect([item_code, amount]).toEqual([undefined, amounts(2200, 0, 200)])
    const mock = mocked()
    const { tid, pg_token } = await authenticated(mock)
    const empty = { cid_secret: null, payload: null, total_amount: null }
    expect((await call(mock, 'approve', approval(tid, pg_token, empty))).status).toBe(200)
    const rest = { cid_secret: null, payload: null, cancel_vat_amount: null, cancel_available_amount: null }
    expect((await call(mock, 'cancel', cancelation(tid, 2200, rest))).status).toBe(200)
  })

  test('item_code, and read it back from approve, cancel and order', async () => {
    const mock = mocked()
    const { tid, body } = await paid(mock, { item_code: 'choco-1' })
    const canceled = await call(mock, 'cancel', cancelation(tid, 100))
    const asked = await call(mock, 'order', { cid: order.cid, tid })
    expect([body, canceled.body, asked.body].map((answer) => answer['item_code'])).toEqual(
      Array.from({ length: 3 }, () => 'choco-1'),
    )
  })

  test('cid_secret, 24 digits and lower-case letters: accepted in this form alone', async () => {
    await accepted(mocked(), { ...order, cid_secret: '0123456789abcdefghijklmn' })
    expect(await call(mocked(), 'ready', { ...order, cid_secret: '0123456789abcdefghijklm' })).toEqual(
      refused(-2, 'invalid param(cid_secret must be exactly 24 characters)'),
    )
    expect(await call(mocked(), 'ready', { ...order, cid_secret: '0123456789ABCDEFGHIJKLMN' })).toEqual(
      refused(-2, 'invalid param(cid_secret must have only digits and lower-case letters)'),
    )
  })

  test.each(['CARD', 'MONEY'])('payment_method_type %s in ready: approve answers that method', async (method) => {
    const { body } = await paid(mocked(), { payment_method_type: method })
    expect(body['payment_method_type']).toBe(method)
    expect(body['card_info'] === null).toBe(method === 'MONEY')
  })

  test('that nobody documented: ignored, and never echoed', async () => {
    const mock = mocked()
    const body = await accepted(mock, { ...order, auto_approve: true, open_type: 'popup' })
    const { pg_token } = await payer(mock, String(body['tid']), 'approve')
    const tid = String(body['tid'])
    expect(await call(mock, 'approve', approval(tid, pg_token, { auto_approve: 'Y' }))).toMatchObject({ status: 200 })
    const canceled = await call(mock, 'cancel', cancelation(tid, 100, { cancel_reason: '변심', item_name: {} }))
    expect(canceled.status).toBe(200)
    expect(canceled.body).not.toHaveProperty('cancel_reason')
  })

  test('total_amount in approve: compared', async () => {
    const mock = mocked()
    const { tid, pg_token } = await authenticated(mock)
    expect(await call(mock, 'approve', approval(tid, pg_token, { total_amount: 2201 }))).toEqual(
      refused(-725, 'total amount is different when you ordered!'),
    )
    expect(await call(mock, 'approve', approval(tid, pg_token, { total_amount: '2200' }))).toMatchObject({
      status: 200,
      body: { amount: approved.amount },
    })
  })

  test('cancel_available_amount in cancel: compared', async () => {
    const mock = mocked()
    const { tid } = await paid(mock)
    expect(await call(mock, 'cancel', cancelation(tid, 100, { cancel_available_amount: 2100 }))).toEqual(
      refused(
        -722,
        'amount information is wrong! cancel_available_amount is 2100; left: total 2200, tax_free 0, vat 200. send cancel_available_amount 2200, or leave it out.',
      ),
    )
    expect(await call(mock, 'cancel', cancelation(tid, 100, { cancel_available_amount: 2200 }))).toMatchObject({
      status: 200,
      body: { cancel_available_amount: amounts(2100, 0, 191) },
    })
  })

  test('without a cid: refused by name', async () => {
    const { cid, ...rest } = order
    expect(await call(mocked(), 'ready', rest)).toEqual(refused(-2, "cid can't be null."))
  })

  test.each([
    ['raw', '초코파이 "2+1" <한정>/할인'],
    ['escaped', '\\ucd08\\ucf54\\ud30c\\uc774 \\"2+1\\" \\u003c\\ud55c\\uc815\\u003e\\/\\ud560\\uc778'],
  ])('in every way that JSON can be written (%s): read before it is measured and echoed', async (_, item_name) => {
    const plain = '초코파이 "2+1" <한정>/할인'
    const url = 'https:\\/\\/shop.example\\/paid?a\\u003d1\\u0026b=2'
    const body = JSON.stringify(order)
      .replace('"초코파이"', `"${item_name.includes('\\') ? item_name : item_name.replaceAll('"', '\\"')}"`)
      .replace('"https://developers.kakao.com/success"', `"${url}"`)
    const mock = mocked()
    const seen = await accepted(mock, body)
    expect(seen['item_name']).toBe(plain)
    expect((await payer(mock, String(seen['tid']), 'approve'))['redirect_url']).toMatch(
      /^https:\/\/shop\.example\/paid\?a=1&b=2&pg_token=[0-9a-f]{20}$/,
    )
    const hundred = JSON.stringify(order).replace('초코파이', '\\ucd08'.repeat(100))
    await accepted(mocked(), hundred)
    expect(await call(mocked(), 'ready', { ...order, item_name: '초'.repeat(101) })).toEqual(
      refused(-2, 'invalid param(item_name must be at most 100 characters)'),
    )
  })

  test.each([
    ['http://localhost:8080/paid', 'http://localhost:8080/paid?pg_token='],
    ['http://192.168.0.7:3000/paid', 'http://192.168.0.7:3000/paid?pg_token='],
    ['myapp://paid', 'myapp://paid?pg_token='],
    ['https://shop.example/paid?order=7', 'https://shop.example/paid?order=7&pg_token='],
  ])('callback URLs such as %s: accepted, pg_token behind a query that is there', async (approval_url, begins) => {
    const mock = mocked()
    const { tid } = await accepted(mock, { ...order, approval_url })
    const { redirect_url, pg_token } = await payer(mock, String(tid), 'approve')
    expect(redirect_url).toBe(`${begins}${String(pg_token)}`)
  })
})

describe('clients send their headers', () => {
  test('Content-Type application/json: accepted', async () => {
    await accepted(mocked(), order, { 'content-type': 'application/json' })
  })

  test.each(['application/json;charset=UTF-8', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'Content-Type %s, the name in any case: accepted',
    async (value) => {
      const headers = { Authorization: `SECRET_KEY ${KEY}`, 'CONTENT-TYPE': value }
      const mock = mocked()
      const init = { method: 'POST', headers, body: JSON.stringify(order) }
      expect((await mock.request('/online/v1/payment/ready', init)).status).toBe(200)
    },
  )

  test('a form, or everything in the query string: refused as JSON that names the mistake', async () => {
    const form = new URLSearchParams(
      Object.entries(order).map(([name, value]): [string, string] => [name, String(value)]),
    )
    const formed = await send(mocked(), 'ready', form.toString(), {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    })
    expect([formed.status, formed.headers.get('content-type'), await formed.json()]).toEqual([
      400,
      'application/json;charset=UTF-8',
      {
        error_code: -2,
        error_message:
          'invalid param(body has Content-Type application/x-www-form-urlencoded;charset=utf-8. send JSON with Content-Type: application/json)',
      },
    ])
    const headers = { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' }
    const queried = await mocked().request(`/online/v1/payment/ready?${form}`, { method: 'POST', headers })
    expect([queried.status, await queried.json()]).toEqual([
      400,
      { error_code: -2, error_message: 'invalid param(body is not well-formed JSON. it is empty)' },
    ])
  })

  test.each(['SECRET_KEY', 'DEV_SECRET_KEY'])('Authorization: %s and a dev key: accepted', async (scheme) => {
    await accepted(mocked(), order, { authorization: `${scheme} ${KEY}` })
  })

  test.each([
    [
      `KakaoAK ${KEY}`,
      'secret key is not valid! KakaoAK is the retired kapi.kakao.com. send `Authorization: SECRET_KEY <your secret key>`.',
    ],
    [
      `SECRET_KEY${KEY}`,
      'secret key is not valid! send `Authorization: SECRET_KEY <your secret key>`, with exactly one space before the key and nothing after it.',
    ],
  ])('Authorization of the retired host, or without its space: HTTP 401, −401', async (authorization, message) => {
    const response = await send(mocked(), 'ready', JSON.stringify(order), { authorization })
    expect(response.headers.get('www-authenticate')).toBeNull()
    expect({ status: response.status, body: await response.json() }).toEqual(refused(-401, message, 401))
  })

  test('a Host of their own choice: never looked at', async () => {
    await accepted(mocked(), order, { host: 'open-api.kakaopay.com' })
  })

  test.each(['*/*', 'text/html, image/gif, image/jpeg, */*; q=.2', 'text/html', 'application/xml'])(
    'Accept: %s: JSON all the same',
    async (accept) => {
      await accepted(mocked(), order, { accept })
    },
  )
})

describe('clients call', () => {
  test('order by POST with JSON: answered; by GET: no such call', async () => {
    const mock = mocked()
    const { tid } = await paid(mock)
    expect(await call(mock, 'order', { cid: order.cid, tid })).toMatchObject({ status: 200, body: approved })
    const headers = { authorization: `SECRET_KEY ${KEY}` }
    const got = await mock.request(`/online/v1/payment/order?cid=${order.cid}&tid=${tid}`, { headers })
    expect({ status: got.status, body: await got.json() }).toEqual(
      refused(
        -404,
        'no such API: GET /online/v1/payment/order. every call is a POST with JSON to /online/v1/payment/….',
        404,
      ),
    )
  })

  test('approve with a subscription cid, then subscription, status and inactive by its sid', async () => {
    const mock = mocked()
    const cid = 'TCSUBSCRIP'
    const { body } = await paid(mock, { cid })
    const { sid } = body
    expect(sid).toMatch(/^S[0-9a-f]{19}$/)
    const charged = await call(mock, 'subscription', { ...order, cid, sid })
    expect(charged).toMatchObject({ status: 200, body: { cid, sid, amount: approved.amount } })
    const status = { available: true, status: 'ACTIVE' }
    expect(await call(mock, 'status', { cid, sid })).toMatchObject({ status: 200, body: status })
    expect(await call(mock, 'inactive', { cid, sid })).toMatchObject({ status: 200, body: { status: 'INACTIVE' } })
  })

  test.each([
    '/v1/payment/ready',
    '/online/v1/payment/pay',
    '/%20/online/v1/payment/ready',
    '/online/v1/payment/ready/',
  ])('the invented path %s: a 404 in JSON', async (path) => {
    const headers = { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' }
    const response = await mocked().request(path, { method: 'POST', headers, body: JSON.stringify(order) })
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8')
    expect({ status: response.status, body: await response.json() }).toEqual(
      refused(-404, `no such API: POST ${path}. every call is a POST with JSON to /online/v1/payment/….`, 404),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { createMock } from '../../src/mock.ts'
import { call, KEY, order, send } from '../merchant.ts'

const READY = endpoints.ready.path
const refused = async (response: Promise<Response>) => {
  const answer = await response
  expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8')
  expect(answer.headers.get('www-authenticate')).toBeNull()
  return { status: answer.status, text: await answer.text() }
}
const body = (error_code: number, error_message: string) => JSON.stringify({ error_code, error_message })
const post = (headers: Record<string, string>, mock = createMock()) =>
  refused(
    mock.request(READY, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(order),
    }),
  )

describe('a text of the client’s own in a message', () => {
  const long = 'x'.repeat(2000)
  const cut = `${'x'.repeat(300)}…`

  test.each([
    [
      { authorization: `SECRET_KEY ${KEY}`, 'content-type': long },
      `has Content-Type ${cut}. send JSON with Content-Type: application/json`,
    ],
    [
      { authorization: `SECRET_KEY ${KEY}`, 'content-encoding': long },
      `has Content-Encoding ${cut}. send it uncompressed`,
    ],
  ])('is cut, and what to send instead is not', async (headers, reason) => {
    expect(await post(headers)).toEqual({ status: 400, text: body(-2, `invalid param(body ${reason})`) })
  })

  test('is cut in a path and in the name of a field, never through the middle of a character', async () => {
    const mock = createMock({ strict: true })
    const nowhere = await refused(mock.request(`/${long}`, { method: 'POST' }))
    expect(nowhere.text).toContain(`no such API: POST /${'x'.repeat(299)}…. every call is a POST`)
    const emojis = '😀'.repeat(200)
    const { text } = await refused(send(mock, 'ready', JSON.stringify({ ...order, [`x${emojis}`]: 1 })))
    expect(text).toBe(body(-2, `invalid param(x${'😀'.repeat(149)}… is not a documented field)`))
  })
})

describe('who calls', () => {
  test('a call without Authorization is refused with −400', async () => {
    expect(await post({})).toEqual({
      status: 400,
      text: body(-400, 'Authorization header is missing! send `Authorization: SECRET_KEY <your secret key>`.'),
    })
  })

  test.each([
    ['KakaoAK abc', 'KakaoAK is the retired kapi.kakao.com. send `Authorization: SECRET_KEY <your secret key>`.'],
    ['Bearer abc', 'the scheme must be SECRET_KEY. send `Authorization: SECRET_KEY <your secret key>`.'],
    ['SECRET_KEY', 'the key is empty. send `Authorization: SECRET_KEY <your secret key>`.'],
    [
      'SECRET_KEYabc',
      'send `Authorization: SECRET_KEY <your secret key>`, with exactly one space before the key and nothing after it.',
    ],
    [
      'SECRET_KEY  abc',
      'send `Authorization: SECRET_KEY <your secret key>`, with exactly one space before the key and nothing after it.',
    ],
    [
      'SECRET_KEY abc def',
      'send `Authorization: SECRET_KEY <your secret key>`, with exactly one space before the key and nothing after it.',
    ],
    ['DEV_SECRET_KEY PRDabc', 'DEV_SECRET_KEY takes a Secret key(dev), which starts with DEV.'],
  ])('`%s` is refused with −401 and no challenge', async (authorization, why) => {
    expect(await post({ authorization })).toEqual({ status: 401, text: body(-401, `secret key is not valid! ${why}`) })
  })

  test.each([`SECRET_KEY ${KEY}`, `DEV_SECRET_KEY ${KEY}`, 'SECRET_KEY anything'])(
    '`%s` is accepted',
    async (authorization) => {
      expect((await post({ authorization })).status).toBe(200)
    },
  )

  test('where keys are configured another one is refused with −401', async () => {
    const mock = createMock({ keys: ['DEV_A'] })
    expect((await post({ authorization: 'SECRET_KEY DEV_A' }, mock)).status).toBe(200)
    expect(await post({ authorization: 'SECRET_KEY DEV_B' }, mock)).toEqual({
      status: 401,
      text: body(
        -401,
        'secret key is not valid! it belongs to no registered application, or was replaced by a newer key.',
      ),
    })
  })

  test('an application without the payment API is refused with the observed −403, or −401 where so configured', async () => {
    const applications = [{ name: 'shop', secret_key: 'DEV_SHOP', payment_api: false }]
    const authorization = 'SECRET_KEY DEV_SHOP'
    expect(await post({ authorization }, createMock({ applications }))).toEqual({
      status: 403,
      text: body(-403, '접근 금지됨'),
    })
    expect(await post({ authorization }, createMock({ applications, missingApi: '401' }))).toEqual({
      status: 401,
      text: body(-401, 'secret key is not valid! the application does not use the payment API.'),
    })
  })
})

describe('where to', () => {
  test.each([
    ['GET', READY],
    ['PUT', READY],
    ['DELETE', READY],
    ['POST', '/'],
    ['POST', `${READY}/`],
    ['POST', '/online/v1/payment/reedy'],
    ['POST', '//online/v1/payment/ready'],
    ['POST', '/online//v1/payment/ready'],
    ['POST', '/%6fnline/v1/payment/ready'],
    ['POST', '/online/v1/payment/%72eady'],
    ['POST', '/%20online/v1/payment/ready'],
    ['POST', '/v1/payment/ready'],
    ['GET', '/online/v1/payment/order?cid=TC0ONETIME&tid=T1234567890123456789'],
  ])('%s %s is refused with −404', async (method, path) => {
    const answer = await refused(createMock().request(path, { method }))
    expect(answer).toEqual({
      status: 404,
      text: body(
        -404,
        `no such API: ${method} ${path.replace(/\?.*/, '')}. every call is a POST with JSON to /online/v1/payment/….`,
      ),
    })
  })

  test('a query string on a call is ignored', async () => {
    const mock = createMock()
    const response = await mock.request(`${READY}?pg_token=x`, {
      method: 'POST',
      headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    expect(response.status).toBe(200)
  })
})

describe('the body', () => {
  const bad = (text: string, headers: Record<string, string> = {}) =>
    refused(send(createMock(), 'ready', text, headers))

  test.each([
    ['', 'is not well-formed JSON. it is empty'],
    ['null', 'must be a JSON object'],
    ['[]', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
    ['1', 'must be a JSON object'],
  ])('%j is refused with −2', async (text, reason) => {
    expect(await bad(text)).toEqual({ status: 400, text: body(-2, `invalid param(body ${reason})`) })
  })

  test('malformed JSON is refused with −2 and says where', async () => {
    const { status, text } = await bad('{"cid":')
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({
      error_code: -2,
      error_message: expect.stringMatching(/^invalid param\(body is not well-formed JSON\. /),
    })
  })

  test.each([
    [
      'application/x-www-form-urlencoded',
      'has Content-Type application/x-www-form-urlencoded. send JSON with Content-Type: application/json',
    ],
    ['text/plain', 'has Content-Type text/plain. send JSON with Content-Type: application/json'],
    ['application/json;charset=euc-kr', 'has Content-Type application/json;charset=euc-kr. send JSON in UTF-8'],
  ])('as %s is refused with −2', async (type, reason) => {
    expect(await bad(JSON.stringify(order), { 'content-type': type })).toEqual({
      status: 400,
      text: body(-2, `invalid param(body ${reason})`),
    })
  })

  test.each([
    'application/json',
    'application/json;charset=UTF-8',
    'application/json; charset=utf-8',
    'Application/JSON',
  ])('as %s is read', async (type) => {
    expect((await send(createMock(), 'ready', JSON.stringify(order), { 'content-type': type })).status).toBe(200)
  })

  test('compressed or not UTF-8 is refused with −2', async () => {
    expect(await bad('x', { 'content-encoding': 'gzip' })).toEqual({
      status: 400,
      text: body(-2, 'invalid param(body has Content-Encoding gzip. send it uncompressed)'),
    })
    const latin1 = Buffer.from(JSON.stringify({ ...order, item_name: 'é' }), 'latin1')
    expect(await refused(send(createMock(), 'ready', latin1))).toEqual({
      status: 400,
      text: body(-2, 'invalid param(body is not UTF-8)'),
    })
  })

  test('of exactly the limit is read, one byte more is refused with −2 and 413', async () => {
    const mock = createMock({ maxBodyBytes: 2000 })
    const padded = JSON.stringify({ ...order, padding: '' })
    const bytes = Buffer.byteLength(padded)
    const sized = (n: number) => JSON.stringify({ ...order, padding: 'x'.repeat(n - bytes) })
    expect((await send(mock, 'ready', sized(2000))).status).toBe(200)
    expect(await refused(send(mock, 'ready', sized(2001)))).toEqual({
      status: 413,
      text: body(-2, 'invalid param(body is larger than 2000 bytes)'),
    })
  })
})

describe('the merchant', () => {
  const cids = [{ cid: 'CMERCHANT1', secret: 'a1b2c3d4e5f6a1b2c3d4e5f6' }, { cid: 'TC0ONETIME' }]

  test('where cids are configured another one is refused with −731', async () => {
    expect((await call(createMock({ cids }), 'ready', order)).status).toBe(200)
    expect(await call(createMock({ cids }), 'ready', { ...order, cid: 'CUNKNOWN01' })).toEqual({
      status: 400,
      body: { error_code: -731, error_message: 'cid is wrong!' },
    })
  })

  test.each([undefined, 'ffffffffffffffffffffffff'])(
    'cid_secret %s is refused with −733 where another is configured',
    async (cid_secret) => {
      expect(await call(createMock({ cids }), 'ready', { ...order, cid: 'CMERCHANT1', cid_secret })).toEqual({
        status: 400,
        body: { error_code: -733, error_message: 'cid_secret is wrong!' },
      })
    },
  )

  test('a cid without a configured secret takes any, or none', async () => {
    const mock = createMock({ cids: [{ cid: 'CMERCHANT2' }] })
    for (const secret of [{}, { cid_secret: 'a1b2c3d4e5f6a1b2c3d4e5f6' }])
      expect((await call(mock, 'ready', { ...order, cid: 'CMERCHANT2', ...secret })).status).toBe(200)
  })

  test('the right cid_secret is accepted', async () => {
    const secret = { cid: 'CMERCHANT1', cid_secret: 'a1b2c3d4e5f6a1b2c3d4e5f6' }
    expect((await call(createMock({ cids }), 'ready', { ...order, ...secret })).status).toBe(200)
  })

  test.each([
    ['approval_url', 'approve_url', 'http://localhost:8081/'],
    ['cancel_url', 'cancel_url', 'http://developers.kakao.com/cancel'],
    ['fail_url', 'fail_url', 'https://developers.kakao.com:8443/fail'],
    ['approval_url', 'approve_url', 'https://developers.kakao.com.evil.example/'],
    ['approval_url', 'approve_url', 'https://developers.kakao.com@evil.example/'],
  ])('%s outside the registered domains is refused with −799 in the observed words', async (field, named, url) => {
    const mock = createMock({ domains: ['https://developers.kakao.com'] })
    expect(await call(mock, 'ready', { ...order, [field]: url })).toEqual({
      status: 400,
      body: { error_code: -799, error_message: `${named}(${url}) does not match registered website domain.` },
    })
  })

  test('registered domains take wildcards, default ports and app schemes', async () => {
    const mock = createMock({ domains: ['https://*.shop.example', 'http://localhost:3000', 'myapp://'] })
    const urls = {
      approval_url: 'https://m.shop.example:443/ok?a=b',
      cancel_url: 'http://LOCALHOST:3000/no',
      fail_url: 'myapp://failed',
    }
    expect((await call(mock, 'ready', { ...order, ...urls })).status).toBe(200)
    expect(
      (await call(mock, 'ready', { ...order, ...urls, fail_url: 'https://shop.example/' })).body['error_code'],
    ).toBe(-799)
  })
})

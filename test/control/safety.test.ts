import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { control } from './control.ts'

const ask = (mock: ReturnType<typeof createMock>, headers: Record<string, string>, method = 'GET', path = 'payments') =>
  mock.request(`/_mock/${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) })

describe('the control API answers to allowed Host names only', () => {
  test.each(['localhost', 'localhost:8585', 'LOCALHOST', 'shop.localhost', '127.0.0.1:1', '127.1.2.3', '[::1]:8585'])(
    '%s',
    async (host) => {
      expect((await ask(createMock(), { host })).status).toBe(200)
    },
  )

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.0.7', 'kakaopay-mock'])(
    'not to %s',
    async (host) => {
      const response = await ask(createMock(), { host })
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual({
        error_code: -403,
        error_message: `host ${host} is not allowed here. start the mock with --allowed-hosts ${host}.`,
      })
      expect((await ask(createMock(), { host }, 'GET', '')).status).toBe(403)
      expect((await ask(createMock(), { host }, 'POST', 'payments/T/payer')).status).toBe(403)
    },
  )

  test('to more names where the config says so: allowedHosts, publicUrl, host', async () => {
    const status = async (config: object, host: string) => (await ask(createMock(config), { host })).status
    expect(await status({ allowedHosts: ['kakaopay-mock'] }, 'kakaopay-mock:8585')).toBe(200)
    expect(await status({ publicUrl: 'https://pay.dev.example/x' }, 'pay.dev.example')).toBe(200)
    expect(await status({ host: '192.168.0.7' }, '192.168.0.7:8585')).toBe(200)
    expect(await status({ host: '0.0.0.0' }, '172.17.0.2:8585')).toBe(200)
    expect(await status({ host: '0.0.0.0' }, 'evil.example')).toBe(403)
  })

  test('but health, which tells nothing, to any', async () => {
    expect((await ask(createMock({ controlToken: 't' }), { host: 'kakaopay-mock' }, 'GET', 'health')).status).toBe(200)
  })

  test('and leaves KakaoPay’s own calls alone: a client may send any Host', async () => {
    const response = await createMock().request('/online/v1/payment/ready', {
      method: 'POST',
      headers: { host: 'open-api.kakaopay.com' },
    })
    expect(response.status).toBe(400)
  })
})

describe('a page of another origin', () => {
  const host = 'localhost:8585'
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:3000' }],
    [{ origin: 'null' }],
  ])('may write nothing: %j', async (headers) => {
    const response = await ask(createMock(), { host, ...headers }, 'POST', 'reset')
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({
      error_code: -403,
      error_message: 'a page of another origin may not change anything here.',
    })
  })

  test.each([
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8585' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ origin: 'http://localhost:8585' }],
    [{}],
  ])('the dashboard’s own page and what is no browser may: %j', async (headers) => {
    expect((await ask(createMock(), { host, ...headers }, 'POST', 'reset')).status).toBe(200)
  })

  test.each(['events', 'journal/wait?timeout=60s'])('may keep no place: %s', async (path) => {
    const response = await ask(createMock(), { host, 'sec-fetch-site': 'cross-site' }, 'GET', path)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({
      error_code: -403,
      error_message: 'a page of another origin may not watch or wait here.',
    })
  })

  test.each(['payments', 'journal', 'audit?as=text', 'nothing', 'events'])(
    'can neither embed an answer nor have it taken for a script: %s',
    async (path) => {
      const response = await ask(createMock(), { host, 'sec-fetch-site': 'cross-site' }, 'GET', path)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      await response.body?.cancel()
    },
  )

  test('is given no leave to read: no answer names an allowed origin', async () => {
    const response = await ask(createMock(), { host, origin: 'https://evil.example' })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('with a control token', () => {
  const mock = createMock({ controlToken: 'open sesame ü' })

  test('every call needs it', async () => {
    const response = await ask(mock, {})
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBeNull()
    expect(await response.json()).toEqual({
      error_code: -401,
      error_message: 'send the control token: `Authorization: Bearer <token>` or `x-kakaopay-mock-token: <token>`.',
    })
    for (const path of ['journal', 'openapi.yaml', 'events'])
      expect((await ask(mock, {}, 'GET', path)).status).toBe(401)
    expect((await ask(mock, {}, 'POST', 'payments/T/payer')).status).toBe(401)
  })

  test.each([['authorization'], ['x-kakaopay-mock-token']])('which %s carries', async (name) => {
    const plain = createMock({ controlToken: 'secret' })
    const header = (token: string) => ({ [name]: name === 'authorization' ? `Bearer ${token}` : token })
    expect((await ask(plain, header('secret'))).status).toBe(200)
    expect((await ask(plain, header('secret2'))).status).toBe(401)
  })

  test('a browser gets a field for it, and then a cookie that scripts cannot read', async () => {
    const page = await ask(mock, { accept: 'text/html' }, 'GET', 'payments')
    expect(page.status).toBe(401)
    expect(await page.text()).toContain('<input type="password" name="token"')
    const form = {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    }
    const wrong = await mock.request('/_mock/session', { ...form, body: 'token=wrong' })
    expect(wrong.status).toBe(401)
    const right = await mock.request('/_mock/session', {
      ...form,
      body: new URLSearchParams({ token: 'open sesame ü' }).toString(),
    })
    expect(right.status).toBe(303)
    expect(right.headers.get('location')).toBe('/_mock/')
    const cookie = right.headers.get('set-cookie') ?? ''
    expect(cookie).toBe('kakaopay_mock_token=open%20sesame%20%C3%BC; Path=/_mock; HttpOnly; SameSite=Strict')
    expect((await ask(mock, { cookie: `a=b; ${cookie.split(';')[0]}` })).status).toBe(200)
    expect((await ask(mock, { cookie: 'kakaopay_mock_token=%zz' })).status).toBe(401)
  })

  test('where there is none, none can be kept', async () => {
    expect((await control(createMock()).post('session', { token: '' })).status).toBe(401)
  })
})

describe('bad input', () => {
  test('a state that there is not lists nothing in silence no longer', async () => {
    const response = await ask(createMock(), { host: 'localhost:8585' }, 'GET', 'payments?status=PAID')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error_code: -400,
      error_message: expect.stringMatching(/^query: status: must be one of READY, SEND_TMS, /),
    })
  })

  test.each([
    ['POST', 'faults', '{', 400, 'the body is not well-formed JSON.'],
    ['POST', 'faults', 'x'.repeat(300_000), 413, 'the body is larger than 262144 bytes or not UTF-8.'],
    ['POST', 'faults', '[]', 400, 'body: must be a JSON object'],
    [
      'GET',
      'nothing',
      undefined,
      404,
      'there is no control call GET /_mock/nothing. GET /_mock/openapi.yaml lists them.',
    ],
    ['PUT', 'journal', '{}', 404, 'there is no control call PUT /_mock/journal. GET /_mock/openapi.yaml lists them.'],
    ['GET', 'payments/%E0%A4%A', undefined, 404, 'there is no payment %E0%A4%A. GET /_mock/payments lists them.'],
  ])('%s %s', async (method, path, body, status, message) => {
    const response = await createMock().request(`/_mock/${path}`, { method, ...(body ? { body } : {}) })
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error_code: -status, error_message: message })
  })
})

import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { as, control } from '../control/control.ts'
import { call, order } from '../merchant.ts'

const KEY_FORM = /^DEV[0-9A-F]{37}$/
const localOrder = {
  ...order,
  approval_url: 'http://localhost:3000/a',
  cancel_url: 'http://localhost:3000/c',
  fail_url: 'http://localhost:3000/f',
}

describe('an application', () => {
  test('gets a secret key of its own, shown whole this once; from then on other keys answer −401', async () => {
    const mock = createMock()
    const api = control(mock)
    expect((await api.get('applications')).body).toEqual({ applications: [], any_key_works: true })
    expect((await call(mock, 'ready', order, as('ANY'))).status).toBe(200)

    const { status, body } = await api.post('applications', { name: 'shop' })
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.stringMatching(/^app_[0-9a-f]{12}$/),
      name: 'shop',
      web_domains: null,
      app_schemes: [],
      payment_api: true,
      secret_key: expect.stringMatching(KEY_FORM),
      namespace: expect.stringMatching(/^ns_[0-9a-f]{12}$/),
      configured: false,
      created_at: expect.any(String),
    })
    const listed = JSON.stringify((await api.get('applications')).body)
    expect(listed).not.toContain(body.secret_key)
    expect((await api.get(`applications/${body.id}`)).body.secret_key).toBe(`DEV…${body.secret_key.slice(-4)}`)

    expect((await call(mock, 'ready', order, as(body.secret_key))).status).toBe(200)
    const refused = await call(mock, 'ready', order, as('ANY'))
    expect(refused).toEqual({
      status: 401,
      body: {
        error_code: -401,
        error_message:
          'secret key is not valid! it belongs to no registered application, or was replaced by a newer key.',
      },
    })
  })

  test('whose key is issued anew answers −401 to the old one', async () => {
    const mock = createMock()
    const api = control(mock)
    const first = (await api.post('applications', { name: 'shop' })).body
    const second = (await api.post(`applications/${first.id}/reissue`)).body
    expect(second.id).toBe(first.id)
    expect(second.secret_key).toMatch(KEY_FORM)
    expect(second.secret_key).not.toBe(first.secret_key)
    expect((await call(mock, 'ready', order, as(first.secret_key))).body['error_code']).toBe(-401)
    expect((await call(mock, 'ready', order, as(second.secret_key))).status).toBe(200)
  })

  test('that does not use the payment API answers −403 in the observed words', async () => {
    const mock = createMock()
    const api = control(mock)
    const { id, secret_key } = (await api.post('applications', { name: 'shop', payment_api: false })).body
    expect(await call(mock, 'ready', order, as(secret_key))).toEqual({
      status: 403,
      body: { error_code: -403, error_message: '접근 금지됨' },
    })
    expect((await api.patch(`applications/${id}`, { payment_api: true })).body.payment_api).toBe(true)
    expect((await call(mock, 'ready', order, as(secret_key))).status).toBe(200)
  })

  test('takes redirect URLs of its domains alone; others answer −799 in the observed words', async () => {
    const mock = createMock()
    const api = control(mock)
    const registered = await api.post('applications', {
      name: 'shop',
      web_domains: ['http://localhost:3000', 'https://*.shop.example'],
      app_schemes: ['myapp://'],
    })
    const headers = as(registered.body.secret_key)
    expect((await call(mock, 'ready', localOrder, headers)).status).toBe(200)
    const mixed = { ...localOrder, approval_url: 'https://www.shop.example/a', cancel_url: 'myapp://cancel' }
    expect((await call(mock, 'ready', mixed, headers)).status).toBe(200)
    const port = await call(mock, 'ready', { ...localOrder, approval_url: 'http://localhost:8081/' }, headers)
    expect(port).toEqual({
      status: 400,
      body: {
        error_code: -799,
        error_message: 'approve_url(http://localhost:8081/) does not match registered website domain.',
      },
    })
    const scheme = await call(mock, 'ready', { ...localOrder, cancel_url: 'https://localhost:3000/c' }, headers)
    expect(scheme.body['error_code']).toBe(-799)
  })

  test('without any domain refuses every redirect URL', async () => {
    const mock = createMock()
    const { secret_key } = (await control(mock).post('applications', { name: 'shop', web_domains: [] })).body
    expect((await call(mock, 'ready', localOrder, as(secret_key))).body['error_code']).toBe(-799)
  })

  test.each([
    [{ name: 'x', web_domains: ['shop.example'] }, /^body: web_domains\.0: must be a scheme and a host/],
    [{ name: 'x', web_domains: ['https://shop.example/path'] }, /^body: web_domains\.0/],
    [{ name: 'x', web_domains: Array.from({ length: 11 }, (_, i) => `https://s${i}.example`) }, /^body: web_domains/],
    [{ name: 'x', web_domains: ['https://shop.example:99999'] }, /^body: web_domains\.0: must be a scheme and a host/],
    [{ name: 'x', app_schemes: ['https://'] }, /http and https are web domains/],
    [{ name: 'x', app_schemes: ['JavaScript://'] }, /^body: app_schemes\.0: is no scheme of an app/],
    [{ name: '' }, /^body: name/],
    [{}, /^body: name/],
    [
      { name: 'x', domains: [] },
      /^body: domains is unknown\. the fields are name, web_domains, app_schemes, payment_api\.$/,
    ],
  ])('%j is refused with a sentence that names the field', async (input, message) => {
    const { status, body } = await control(createMock()).post('applications', input)
    expect(status).toBe(400)
    expect(body.error_code).toBe(-400)
    expect(body.error_message).toMatch(message)
  })

  test('rests in the store like a payment, but for its key: another mock on the same store knows it', async () => {
    const store = createMemoryStore(100, 100)
    const { secret_key } = (await control(createMock({}, { store })).post('applications', { name: 'shop' })).body
    const later = createMock({}, { store })
    expect((await call(later, 'ready', order, as(secret_key))).status).toBe(200)
    expect((await call(later, 'ready', order, as('ANY'))).status).toBe(401)
    expect(JSON.stringify(await store.records.list('application'))).not.toContain(secret_key)
  })

  test('that a slow store holds is known to the first call already', async () => {
    const store = createMemoryStore(100, 100)
    const { secret_key } = (await control(createMock({}, { store })).post('applications', { name: 'shop' })).body
    const list: typeof store.records.list = async (kind) => {
      await Promise.resolve()
      return store.records.list(kind)
    }
    const slow = { ...store, records: { ...store.records, list } }
    const later = createMock({}, { store: slow })
    expect((await call(later, 'ready', order, as('ANY'))).status).toBe(401)
    expect((await call(later, 'ready', order, as(secret_key))).status).toBe(200)
  })

  test('of the config is listed as such; once it is removed every key works again', async () => {
    const mock = createMock({
      applications: [{ name: 'shop', secret_key: 'DEV_CONFIGURED_KEY', domains: ['myapp://'] }],
    })
    const api = control(mock)
    const [shop] = (await api.get('applications')).body.applications
    expect(shop).toMatchObject({ id: 'configured-1', configured: true, web_domains: [], app_schemes: ['myapp://'] })
    expect((await call(mock, 'ready', order, as('ANY'))).status).toBe(401)
    expect((await api.delete('applications/configured-1')).body).toEqual({ removed: 1 })
    expect((await call(mock, 'ready', order, as('ANY'))).status).toBe(200)
    expect((await api.delete('applications/configured-1')).status).toBe(404)
  })

  test('is required by --require-application also while there is none', async () => {
    const mock = createMock({ requireApplication: true })
    expect((await call(mock, 'ready', order)).body['error_code']).toBe(-401)
    const { secret_key } = (await control(mock).post('applications', { name: 'shop' })).body
    expect((await call(mock, 'ready', order, as(secret_key))).status).toBe(200)
  })

  test('number 1,001 is refused', async () => {
    const api = control(createMock())
    for (let i = 0; i < 1000; i++) await api.post('applications', { name: `shop ${i}` })
    const { status, body } = await api.post('applications', { name: 'one more' })
    expect({ status, body }).toEqual({
      status: 409,
      body: { error_code: -409, error_message: 'there are 1000 applications already, which is the limit.' },
    })
  })
})

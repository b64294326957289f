import { describe, expect, test } from 'vitest'
import { defaults } from '../../src/config/config.ts'
import { settingsInForce } from '../../src/config/in-force.ts'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated, paid } from '../flow.ts'
import { call, KEY, order } from '../merchant.ts'
import { as, control } from './control.ts'

describe('a call sent as the merchant', () => {
  test('ready for no namespace has a key of its own, and is journaled as any other', async () => {
    const api = control(createMock())
    const { status, body } = await api.post('merchant/ready', { body: order })
    expect([status, body.tid]).toEqual([200, expect.stringMatching(/^T/)])
    expect((await api.get('journal')).body.entries).toMatchObject([{ call: 'ready', tid: body.tid }])
    expect((await api.get('namespaces')).body.namespaces).toMatchObject([{ key: 'DEV…MENT', payments: 1 }])
  })

  test('approve and cancel need no key from whoever asks, where a call with it has come in', async () => {
    const mock = createMock()
    const api = control(mock)
    const { tid, pg_token } = await authenticated(mock)
    const { namespace } = (await api.get(`payments/${tid}`)).body
    expect((await api.post('merchant/approve', { namespace, body: approval(tid, pg_token) })).status).toBe(200)
    const cancel = { cid: order.cid, tid, cancel_amount: 1000, cancel_tax_free_amount: 0 }
    expect((await api.post('merchant/cancel', { namespace, body: cancel })).body.status).toBe('PART_CANCEL_PAYMENT')
    expect((await api.get('journal?call=cancel')).body.entries[0].request.headers).toContainEqual([
      'authorization',
      expect.stringMatching(/^SECRET_KEY .{1,3}…/),
    ])
  })

  test('a refusal is answered as KakaoPay answers it', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    const body = { cid: order.cid, tid, cancel_amount: 9999, cancel_tax_free_amount: 0 }
    const { status, body: refusal } = await control(mock).post('merchant/cancel', { namespace: KEY, body })
    expect([status, refusal.error_code]).toEqual([400, -711])
  })

  test('of a namespace whose key was never seen it says so', async () => {
    const { status, body } = await control(createMock()).post('merchant/order', {
      namespace: 'ns_000000000000',
      body: {},
    })
    expect([status, body.error_message]).toEqual([409, expect.stringContaining('is not known here')])
  })

  test('that key may be sent with the call, and has to be that of the namespace', async () => {
    const before = createMock()
    const { tid, pg_token } = await authenticated(before)
    const mock = createMock()
    await mock.request('/_mock/state', { method: 'PUT', body: await (await before.request('/_mock/state')).text() })
    const api = control(mock)
    const { namespace } = (await api.get(`payments/${tid}`)).body
    const approve = (key?: string) => api.post('merchant/approve', { namespace, key, body: approval(tid, pg_token) })
    expect((await approve()).status).toBe(409)
    expect(await approve('DEV_ANOTHER_KEY')).toMatchObject({
      status: 400,
      body: { error_code: -400, error_message: `key: it is not the secret key of ${namespace}.` },
    })
    expect((await approve(KEY)).status).toBe(200)
    expect((await api.post('merchant/order', { namespace, body: { cid: order.cid, tid } })).status).toBe(200)
  })

  test('an answer that a fault loses is said to be lost', async () => {
    const api = control(createMock())
    await api.post('faults', { do: { fault: 'commit-then-drop' } })
    expect((await api.post('merchant/ready', { body: order })).status).toBe(503)
    expect((await api.get('payments')).body.total).toBe(1)
  })
})

describe('a cancel, before it is sent', () => {
  test('shows the line that it would add to the ledger, and adds none', async () => {
    const mock = createMock()
    const api = control(mock)
    const { tid } = await paid(mock, { total_amount: 45_300, tax_free_amount: 300, vat_amount: null })
    expect((await api.post(`payments/${tid}/cancel-preview`, { cancel_amount: 10_000 })).body).toEqual({
      refusal: null,
      line: {
        at: expect.any(String),
        aid: '',
        type: 'CANCEL',
        moved: { total: 10_000, tax_free: 0, vat: 909 },
        left: { total: 35_300, tax_free: 300, vat: 3182 },
        vat: expect.any(String),
      },
    })
    expect((await api.get(`payments/${tid}`)).body.canceled).toBe(0)
  })

  test('says why it would be refused', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    expect((await control(mock).post(`payments/${tid}/cancel-preview`, { cancel_amount: 2201 })).body).toEqual({
      line: null,
      refusal: { name: 'cancel-above-approved', error_code: -711, error_message: expect.any(String) },
    })
  })
})

test('subscriptions are listed, with their payments by sid', async () => {
  const mock = createMock()
  const api = control(mock)
  const { body } = await paid(mock, { cid: 'TCSUBSCRIP' })
  const { sid } = body
  const charge = {
    cid: 'TCSUBSCRIP',
    sid,
    partner_order_id: 'second',
    partner_user_id: order.partner_user_id,
    quantity: 1,
    total_amount: 2200,
    tax_free_amount: 0,
  }
  expect((await call(mock, 'subscription', charge)).status).toBe(200)
  expect((await api.get('subscriptions')).body).toMatchObject({ total: 1, subscriptions: [{ sid, status: 'ACTIVE' }] })
  expect(
    (await api.get(`payments?sid=${sid}`)).body.payments.map((p: { partner_order_id: string }) => p.partner_order_id),
  ).toEqual(['second', order.partner_order_id])
  expect((await api.get('subscriptions', as('DEV_ANOTHER'))).body.total).toBe(1)
  expect((await api.get('subscriptions', { 'x-kakaopay-mock-namespace': 'DEV_ANOTHER' })).body.total).toBe(0)
})

test('payments are searched, sorted and told by whether they have expired', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const mock = createMock({}, { now: () => now })
  const api = control(mock)
  const items = async (query: string) =>
    (await api.get(`payments?${query}`)).body.payments.map((p: { item_name: string }) => p.item_name)
  await call(mock, 'ready', { ...order, item_name: 'Milk', total_amount: 3000 })
  now += 16 * 60_000
  await call(mock, 'ready', { ...order, item_name: 'Bread', total_amount: 5000 })
  await call(mock, 'ready', { ...order, item_name: 'milk tea', total_amount: 4000 })
  expect(await items('text=MILK')).toEqual(['milk tea', 'Milk'])
  expect((await api.get('payments?text=milk&limit=1')).body.total).toBe(2)
  expect(await items('order=oldest')).toEqual(['Milk', 'Bread', 'milk tea'])
  expect(await items('order=largest')).toEqual(['Bread', 'milk tea', 'Milk'])
  expect(await items('order=smallest')).toEqual(['Milk', 'milk tea', 'Bread'])
  expect(await items('expired=true')).toEqual(['Milk'])
  expect(await items('expired=false&status=READY')).toEqual(['milk tea', 'Bread'])
})

test('the journal is exported as one HAR, oldest first', async () => {
  const mock = createMock()
  await call(mock, 'ready', { ...order, partner_order_id: 'one' })
  await call(mock, 'ready', { ...order, partner_order_id: 'two' })
  const { body } = await control(mock).get('journal?as=har')
  expect(
    body.log.entries.map(
      (e: { request: { postData: { text: string } } }) => JSON.parse(e.request.postData.text).partner_order_id,
    ),
  ).toEqual(['one', 'two'])
  expect(JSON.stringify(body)).not.toContain(KEY)
})

describe('a label for a namespace', () => {
  test('is set by the control API, and removed', async () => {
    const mock = createMock()
    const api = control(mock)
    await call(mock, 'ready', order)
    expect((await api.put(`namespaces/${KEY}`, { label: 'Cart tests' })).body.label).toBe('Cart tests')
    expect((await api.get('namespaces')).body.namespaces).toMatchObject([{ label: 'Cart tests' }])
    const header = { 'x-kakaopay-mock-namespace': KEY }
    await api.put('namespaces', { label: null }, header)
    expect((await api.get('namespaces')).body.namespaces).toMatchObject([{ label: null }])
    expect((await api.put('namespaces', { label: 'all' })).status).toBe(400)
  })

  test('is set by a header of any call', async () => {
    const mock = createMock()
    await call(mock, 'ready', order, { 'x-kakaopay-mock-label': 'Refund tests' })
    expect((await control(mock).get('namespaces')).body.namespaces).toMatchObject([{ label: 'Refund tests' }])
  })
})

test('settings are listed with their origin, secrets masked', async () => {
  const mock = createMock({ controlToken: '', keys: [KEY], payer: 'approve' })
  const { settings } = (await control(mock).get('settings')).body
  const of = (name: string) => settings.find((s: { name: string }) => s.name === name)
  expect(of('payer')).toMatchObject({ value: 'approve', default: 'manual', origin: 'options', flag: '--payer' })
  expect(of('keys')).toMatchObject({ value: '(masked)', origin: 'options' })
  expect(of('port')).toMatchObject({ origin: 'default', variable: 'KAKAOPAY_MOCK_PORT' })
  expect(JSON.stringify(settings)).not.toContain(KEY)
})

test('a password in the address of the store is not shown', async () => {
  const rows = settingsInForce({ ...defaults(), store: 'redis://user:secret@cache.example/0' }, () => 'flag')
  expect(rows.find(({ name }) => name === 'store')?.value).toBe('redis://…@cache.example/0')
})

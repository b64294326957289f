import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { call, INSTANT, KEY, order, send } from '../merchant.ts'

const now = () => INSTANT
const seeded = () => createMock({ seed: 'answer' }, { now })

describe('the answer of ready', () => {
  test('has the documented keys in the documented order, compact, with one hash in all URLs', async () => {
    const response = await send(seeded(), 'ready', JSON.stringify(order))
    const text = await response.text()
    const { tid, next_redirect_pc_url } = JSON.parse(text) as Record<string, string>
    const hash = next_redirect_pc_url?.slice(-64)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8')
    expect(text).toBe(
      `{"tid":"${tid}",` +
        `"next_redirect_app_url":"http://127.0.0.1:8585/mockup/bridge/mobile-app/pg/one-time/payment/${hash}",` +
        `"next_redirect_mobile_url":"http://127.0.0.1:8585/mockup/bridge/mobile-web/pg/one-time/payment/${hash}",` +
        `"next_redirect_pc_url":"http://127.0.0.1:8585/mockup/bridge/pc/pg/one-time/payment/${hash}",` +
        `"android_app_scheme":"kakaotalk://kakaopay/pg?url=https://online-pay.kakaopay.com/pay/mockup/${hash}",` +
        `"ios_app_scheme":"kakaotalk://kakaopay/pg?url=https://online-pay.kakaopay.com/pay/mockup/${hash}",` +
        `"created_at":"2023-07-15T21:18:22"}`,
    )
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    // 4b28d0e: the last seven hex digits of 1689423502, the unix second of that instant.
    expect(tid).toMatch(/^T4b28e8e[0-9a-f]{12}$/)
  })

  test('without the app schemes has five keys, as the newest official page lists them', async () => {
    const { body } = await call(createMock({ appSchemes: false }), 'ready', order)
    expect(Object.keys(body)).toEqual([
      'tid',
      'next_redirect_app_url',
      'next_redirect_mobile_url',
      'next_redirect_pc_url',
      'created_at',
    ])
  })

  test('with real redirects names the real hosts', async () => {
    const { body } = await call(createMock({ redirects: 'real' }), 'ready', order)
    expect(body['next_redirect_pc_url']).toMatch(
      /^https:\/\/online-payment\.kakaopay\.com\/mockup\/bridge\/pc\/pg\/one-time\/payment\/[0-9a-f]{64}$/,
    )
  })

  test('follows the configured public URL', async () => {
    const { body } = await call(createMock({ publicUrl: 'https://pay.test.example/' }), 'ready', order)
    expect(body['next_redirect_app_url']).toMatch(/^https:\/\/pay\.test\.example\/mockup\/bridge\/mobile-app\//)
  })

  test.each(['TCSUBSCRIP', 'TCSEQUENCE'])('for the subscription cid %s sends the payer to issue a sid', async (cid) => {
    const { status, body } = await call(seeded(), 'ready', { ...order, cid, total_amount: 0, vat_amount: 0 })
    expect(status).toBe(200)
    expect(body['next_redirect_pc_url']).toMatch(/\/mockup\/bridge\/pc\/pg\/subscription\/payment-issue\/[0-9a-f]{64}$/)
  })

  test('with a seed repeats itself, and another key gets other ids', async () => {
    const first = await call(seeded(), 'ready', order)
    expect(await call(seeded(), 'ready', order)).toEqual(first)
    const other = await call(seeded(), 'ready', order, { authorization: 'SECRET_KEY DEV2' })
    expect(other.body['tid']).not.toBe(first.body['tid'])
  })

  test('keeps the payment with its VAT worked out', async () => {
    const mock = createMock({}, { now })
    const { vat_amount, ...withoutVat } = order
    const { body } = await call(mock, 'ready', { ...withoutVat, total_amount: 2000, tax_free_amount: 0 })
    const payment = await mock.store.find(String(body['tid']))
    expect(payment?.amount).toEqual({ total: 2000, tax_free: 0, vat: 182, point: 0, discount: 0, green_deposit: 0 })
    expect(payment?.status).toBe('READY')
    expect((payment?.expires_at ?? 0) - INSTANT).toBe(15 * 60 * 1000)
    expect(payment?.namespace).not.toContain(KEY)
  })

  test('keeps the merchant’s own VAT, 0 included', async () => {
    const mock = createMock()
    const { body } = await call(mock, 'ready', { ...order, vat_amount: 0 })
    expect((await mock.store.find(String(body['tid'])))?.amount.vat).toBe(0)
  })

  test('keeps a bounded number of payments, and drops the oldest', async () => {
    const mock = createMock({ maxPayments: 3 })
    const tids: string[] = []
    for (let i = 0; i < 10; i++) tids.push(String((await call(mock, 'ready', order)).body['tid']))
    expect(await mock.store.count()).toBe(3)
    expect((await mock.store.list()).map((p) => p.tid)).toEqual(tids.slice(-3).reverse())
  })
})

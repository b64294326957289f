import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { approval, paid } from '../flow.ts'
import { call, INSTANT, order } from '../merchant.ts'

const urls = ['next_redirect_pc_url', 'next_redirect_mobile_url', 'next_redirect_app_url'] as const
const pathOf = (url: unknown) => new URL(String(url)).pathname

describe('the automatic payer', () => {
  test.each(urls)('approves at %s and sends the browser straight on', async (name) => {
    const mock = createMock({ payer: 'approve' })
    const { body } = await call(mock, 'ready', order)
    const response = await mock.request(pathOf(body[name]))
    const pg_token = (await mock.store.find(String(body['tid'])))?.pg_token
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      `${order.approval_url}?pg_token=${pg_token}`,
    ])
    expect((await call(mock, 'approve', approval(String(body['tid']), pg_token))).status).toBe(200)
  })

  test.each([
    ['cancel', order.cancel_url, 'QUIT_PAYMENT'],
    ['fail', order.fail_url, 'FAIL_AUTH_PASSWORD'],
    ['expire', order.fail_url, 'FAIL_PAYMENT'],
  ] as const)('%ss likewise', async (payer, location, status) => {
    const mock = createMock({ payer })
    const { body } = await call(mock, 'ready', order)
    const response = await mock.request(pathOf(body['next_redirect_pc_url']))
    expect([response.status, response.headers.get('location')]).toEqual([302, location])
    expect((await mock.store.find(String(body['tid'])))?.status).toBe(status)
  })

  test('loaded again before approve, the URL leads to the same place', async () => {
    const mock = createMock({ payer: 'approve' })
    const { body } = await call(mock, 'ready', order)
    const visit = async () => (await mock.request(pathOf(body['next_redirect_pc_url']))).headers.get('location')
    expect(await visit()).toBe(await visit())
  })

  test('HEAD asks what is there and pays nothing', async () => {
    const mock = createMock({ payer: 'approve' })
    const { body } = await call(mock, 'ready', order)
    const response = await mock.request(pathOf(body['next_redirect_pc_url']), { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await mock.store.find(String(body['tid'])))?.status).toBe('READY')
  })

  test('what is over is shown, not done again', async () => {
    const mock = createMock({ payer: 'approve' })
    const { tid } = await paid(mock)
    const hash = (await mock.store.find(tid))?.hash
    const response = await mock.request(`/mockup/bridge/pc/pg/one-time/payment/${hash}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('data-outcome="SUCCESS_PAYMENT"')
  })

  test('too late, even approve leads to fail_url', async () => {
    let now = INSTANT
    const mock = createMock({ payer: 'approve' }, { now: () => now })
    const { body } = await call(mock, 'ready', order)
    now += LIFETIME_MS
    const response = await mock.request(pathOf(body['next_redirect_pc_url']))
    expect(response.headers.get('location')).toBe(order.fail_url)
  })
})

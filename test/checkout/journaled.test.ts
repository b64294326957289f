import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { control } from '../control/control.ts'
import { readied } from '../flow.ts'
import { INSTANT } from '../merchant.ts'

/** A prepared payment with its page on each device, and what the journal says of its payer, oldest first. */
const prepared = async (config = {}) => {
  const world = { at: INSTANT }
  const mock = createMock(config, { now: () => world.at })
  const tid = await readied(mock)
  const hash = (await mock.store.find(tid))?.hash
  const path = (device: string) => `/mockup/bridge/${device}/pg/one-time/payment/${hash}`
  const acts = async () => {
    const { entries } = (await control(mock).get(`journal?call=payer&tid=${tid}`)).body
    return entries
      .reverse()
      .map((entry: { method: string; request: { body: string }; response: { body: string } }) => [
        entry.method,
        JSON.parse(entry.request.body),
        JSON.parse(entry.response.body),
      ])
  }
  return { world, mock, path, acts }
}

test('a phone that opens the page is journaled; a PC that shows the code, or a HEAD, is no act', async () => {
  const { mock, path, acts } = await prepared()
  await mock.request(path('pc'))
  await mock.request(path('mobile-web'), { method: 'HEAD' })
  expect(await acts()).toEqual([])
  await mock.request(path('mobile-web'))
  expect(await acts()).toEqual([['GET', { action: 'open' }, { redirect_url: null, status: 'OPEN_PAYMENT' }]])
})

test.each(['the page', 'its script'])('expiry is journaled when %s finds it, and once', async (who) => {
  const { world, mock, path, acts } = await prepared()
  const ask = () => mock.request(who === 'the page' ? path('pc') : `${path('pc')}/status`)
  world.at += LIFETIME_MS
  await ask()
  await ask()
  const fail_url = expect.stringMatching(/\/fail$/)
  expect(await acts()).toEqual([['GET', { action: 'expire' }, { redirect_url: fail_url, status: 'FAIL_PAYMENT' }]])
})

test('the automatic payer is journaled as the payer that it stands for', async () => {
  const { mock, path, acts } = await prepared({ payer: 'approve' })
  await mock.request(path('pc'))
  const approval_url = expect.stringMatching(/\?pg_token=/)
  expect(await acts()).toEqual([
    ['GET', { action: 'approve' }, { redirect_url: approval_url, status: 'AUTH_PASSWORD' }],
  ])
})

import { expect } from 'vitest'
import { CallRefused } from '../../src/index.ts'
import { withKakaoPay } from '../../src/testing/vitest.ts'
import { order } from '../merchant.ts'

const test = withKakaoPay({ payer: 'manual' })

test('a payment by the typed clients', async ({ kakaopay }) => {
  const { tid } = await kakaopay.payments.ready(order)
  const { pg_token = '' } = await kakaopay.payer.approve(tid, { method: 'MONEY' })
  const paid = await kakaopay.payments.approve({
    cid: order.cid,
    tid,
    partner_order_id: order.partner_order_id,
    partner_user_id: order.partner_user_id,
    pg_token,
  })
  expect(paid.amount.total).toBe(order.total_amount)
  expect(await kakaopay.journal.count({ call: 'approve' })).toBe(1)
  expect(await kakaopay.audit()).toMatchObject({ payments: 1, unsettled: 0 })
})

test('a namespace of its own: nothing of another test is seen', async ({ kakaopay }) => {
  expect(await kakaopay.state.payments()).toEqual([])
  expect(await kakaopay.journal.count()).toBe(0)
})

test('a fault, a clock, and a refusal that is one error class', async ({ kakaopay }) => {
  await kakaopay.faults.arm({ match: { call: 'ready' }, do: { fault: 'refuse', refusal: 'quota-exceeded' } })
  const refused = await kakaopay.payments.ready(order).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(CallRefused)
  expect(refused).toMatchObject({ code: -429 })
  const { tid } = await kakaopay.payments.ready(order)
  const { due } = await kakaopay.clock.advance('15m')
  expect(due.map((moved) => moved.tid)).toEqual([tid])
  await kakaopay.reset()
  expect(await kakaopay.state.payments()).toEqual([])
})

test.fails('a fault that was armed and never fired fails its test', async ({ kakaopay }) => {
  await kakaopay.faults.arm({ match: { call: 'approve' }, do: { fault: 'commit-then-500' } })
})

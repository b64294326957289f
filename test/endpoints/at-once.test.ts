import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated, cancelation, paid } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { describeStores } from '../store/drivers.ts'

const times = <T>(n: number, act: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => act(i))

interface Details {
  readonly payment_action_details: readonly { readonly aid: string }[]
}

describeStores('many calls at once', (create) => {
  const mocked = async () => createMock({}, { store: await create(1000, 1000) })

  test('of a hundred approves of one payment at once exactly one pays; the others hear that it is paid', async () => {
    const mock = await mocked()
    const { tid, pg_token } = await authenticated(mock)
    const answers = await Promise.all(times(100, () => call(mock, 'approve', approval(tid, pg_token))))
    const paidOnce = answers.filter((a) => a.status === 200)
    const refused = answers.filter((a) => a.status !== 200)
    expect(paidOnce).toHaveLength(1)
    expect(refused.map((a) => a.body['error_code'])).toEqual(times(99, () => -702))
    const { body } = await call(mock, 'order', { cid: order.cid, tid })
    expect((body as unknown as Details).payment_action_details.map((act) => act.aid)).toEqual([
      paidOnce[0]?.body['aid'],
    ])
  })

  test('a hundred partial cancels at once give back no more than was paid, and each that says so does', async () => {
    const mock = await mocked()
    const { tid } = await paid(mock)
    const answers = await Promise.all(times(100, () => call(mock, 'cancel', cancelation(tid, 300))))
    const done = answers.filter((a) => a.status === 200)
    // 7 × 300 = 2100 of 2200 won; what is refused would be more than is left.
    expect(done).toHaveLength(7)
    expect(new Set(answers.filter((a) => a.status !== 200).map((a) => a.body['error_code']))).toEqual(new Set([-710]))
    const { body } = await call(mock, 'order', { cid: order.cid, tid })
    expect(body).toMatchObject({
      status: 'PART_CANCEL_PAYMENT',
      canceled_amount: { total: 2100, vat: 189 },
      cancel_available_amount: { total: 100, vat: 11 },
    })
    expect(new Set((body as unknown as Details).payment_action_details.map((act) => act.aid)).size).toBe(8)
  })

  test('a whole cancel and a hundred partial ones at once never give back more than was paid', async () => {
    const mock = await mocked()
    const { tid } = await paid(mock)
    const amounts = [...times(50, () => 100), 2200, ...times(50, () => 100)]
    await Promise.all(amounts.map((amount) => call(mock, 'cancel', cancelation(tid, amount))))
    const { body } = await call(mock, 'order', { cid: order.cid, tid })
    expect(body).toMatchObject({
      status: 'CANCEL_PAYMENT',
      canceled_amount: { total: 2200, vat: 200 },
      cancel_available_amount: { total: 0, vat: 0 },
    })
  })

  test('a sid that is made inactive among a hundred payments pays none after that', async () => {
    const mock = await mocked()
    const cid = 'TCSUBSCRIP'
    const { body } = await paid(mock, { cid })
    const { sid } = body
    const charge = { ...order, cid, sid }
    const asks = times(100, (i) =>
      i === 50 ? call(mock, 'inactive', { cid, sid }) : call(mock, 'subscription', charge),
    )
    const statuses = (await Promise.all(asks)).map((a) => a.body['error_code'] ?? 'paid')
    expect(statuses[50]).toBe('paid')
    expect(new Set(statuses)).toEqual(new Set(['paid', -751]))
    expect(await call(mock, 'subscription', charge)).toMatchObject({ body: { error_code: -751 } })
    // The first payment and each later one; the call that made the sid inactive counts for the first.
    expect(await mock.store.count()).toBe(statuses.filter((s) => s === 'paid').length)
  })
})

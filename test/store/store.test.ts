import { expect, test } from 'vitest'
import { NOTHING } from '../../src/payment/amount.ts'
import { type Payment, prepare } from '../../src/payment/payment.ts'
import { refuse } from '../../src/payment/refusal.ts'
import type { Subscription } from '../../src/payment/subscription.ts'
import { describeStores } from './drivers.ts'

const payment = (n: number, namespace = 'ns_a', change: Partial<Payment> = {}): Payment => ({
  ...prepare(
    {
      tid: `T${n}`,
      hash: `h${n}`,
      namespace,
      owner: namespace,
      cid: 'TC0ONETIME',
      subscription: false,
      partner_order_id: 'o',
      partner_user_id: 'u',
      item_name: '초코파이',
      item_code: null,
      quantity: 0,
      amount: NOTHING,
      approval_url: '',
      cancel_url: '',
      fail_url: '',
      payment_method_type: null,
      available_cards: null,
      install_month: null,
      use_share_installment: false,
      custom_json: null,
      redirect_scheme_url: null,
    },
    0,
  ),
  ...change,
})

const subscription = (n: number, namespace = 'ns_a'): Subscription => ({
  sid: `S${n}`,
  namespace,
  owner: namespace,
  cid: 'TCSUBSCRIP',
  partner_user_id: 'u',
  item_name: '초코파이',
  choice: {
    payment_method_type: 'MONEY',
    card: null,
    card_type: null,
    install_month: 0,
    interest_free_install: 'N',
    point: 0,
    discount: 0,
  },
  status: 'ACTIVE',
  created_at: 0,
  last_approved_at: null,
  inactivated_at: null,
  points_only: false,
  charges: null,
})

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const quit = (p: Payment): Payment => ({ ...p, status: 'QUIT_PAYMENT' })

describeStores('a store', (create) => {
  test('finds what it keeps, by tid and by hash, and nothing else', async () => {
    const store = await create(10, 10)
    await store.add(payment(1))
    expect(await store.find('T1')).toEqual(payment(1))
    expect(await store.findByHash('h1')).toEqual(payment(1))
    expect(await store.find('T2')).toBeUndefined()
    expect(await store.findByHash('T1')).toBeUndefined()
    expect(await store.count()).toBe(1)
  })

  test('keeps what a change decides, and nothing where it refuses', async () => {
    const store = await create(10, 10)
    await store.add(payment(1))
    const refusal = refuse('already-paid', 'approve.state.once')
    expect(await store.change('T1', () => refusal)).toEqual(refusal)
    expect(await store.find('T1')).toEqual(payment(1))
    expect(await store.change('T1', quit)).toEqual(quit(payment(1)))
    expect(await store.find('T1')).toEqual(quit(payment(1)))
    expect(await store.change('T2', quit)).toBeUndefined()
  })

  test('lets each of many changes at once see the outcome of the one before', async () => {
    const store = await create(10, 10)
    await store.add(payment(1))
    await Promise.all(upTo(50).map(() => store.change('T1', (p) => ({ ...p, quantity: p.quantity + 1 }))))
    expect((await store.find('T1'))?.quantity).toBe(50)
  })

  test('lists the newest first, of one namespace or of all, as many as are asked for', async () => {
    const store = await create(10, 10)
    for (const n of upTo(4)) await store.add(payment(n, n % 2 ? 'ns_b' : 'ns_a'))
    const tids = async (options?: Parameters<typeof store.list>[0]) => (await store.list(options)).map((p) => p.tid)
    expect(await tids()).toEqual(['T3', 'T2', 'T1', 'T0'])
    expect(await tids({ limit: 2 })).toEqual(['T3', 'T2'])
    expect(await tids({ namespace: 'ns_a' })).toEqual(['T2', 'T0'])
    expect(await tids({ namespace: 'ns_c' })).toEqual([])
  })

  test('clears one namespace or all, subscriptions with them', async () => {
    const store = await create(10, 10)
    for (const n of upTo(4)) await store.add(payment(n, n % 2 ? 'ns_b' : 'ns_a'))
    await store.subscriptions.add(subscription(1, 'ns_a'))
    await store.subscriptions.add(subscription(2, 'ns_b'))
    expect(await store.clear('ns_a')).toBe(2)
    expect([await store.count(), await store.subscriptions.count()]).toEqual([2, 1])
    expect(await store.findByHash('h0')).toBeUndefined()
    expect(await store.clear()).toBe(2)
    expect([await store.count(), await store.subscriptions.count()]).toEqual([0, 0])
  })

  test('when it is full drops the oldest that came to an end, however it did, then the oldest', async () => {
    const store = await create(4, 10)
    await store.add(payment(1))
    await store.add(payment(2))
    await store.add(payment(3, 'ns_a', { status: 'CANCEL_PAYMENT' }))
    await store.add(payment(4))
    await store.change('T2', quit)
    for (const [added, left] of [
      [5, ['T5', 'T4', 'T2', 'T1']],
      [6, ['T6', 'T5', 'T4', 'T1']],
      [7, ['T7', 'T6', 'T5', 'T4']],
    ] as const) {
      await store.add(payment(added))
      expect((await store.list()).map((p) => p.tid)).toEqual(left)
    }
    expect(await store.findByHash('h1')).toBeUndefined()
  })

  test('when it is full of unpaid payments keeps the one just paid: it can still be cancelled', async () => {
    const store = await create(2, 10)
    await store.add(payment(1))
    await store.add(payment(2, 'ns_a', { status: 'SUCCESS_PAYMENT' }))
    await store.add(payment(3))
    expect((await store.list()).map((p) => p.tid)).toEqual(['T3', 'T2'])
  })

  test('keeps and changes subscriptions in the same way', async () => {
    const { subscriptions } = await create(10, 10)
    await subscriptions.add(subscription(1))
    expect(await subscriptions.find('S1')).toEqual(subscription(1))
    expect(await subscriptions.find('S2')).toBeUndefined()
    const refusal = refuse('sid-inactive', 'subscription.sid.active')
    expect(await subscriptions.change('S1', () => refusal)).toEqual(refusal)
    const charges = upTo(20).map(() =>
      subscriptions.change('S1', (s) => ({ ...s, last_approved_at: (s.last_approved_at ?? 0) + 1 })),
    )
    await Promise.all(charges)
    expect((await subscriptions.find('S1'))?.last_approved_at).toBe(20)
    expect(await subscriptions.change('S2', (s) => s)).toBeUndefined()
  })

  test('when it is full of subscriptions drops the oldest inactive one, then the oldest', async () => {
    const { subscriptions } = await create(10, 3)
    for (const n of [1, 2, 3]) await subscriptions.add(subscription(n))
    await subscriptions.change('S2', (s) => ({ ...s, status: 'INACTIVE' }))
    await subscriptions.add(subscription(4))
    expect(await subscriptions.find('S2')).toBeUndefined()
    await subscriptions.add(subscription(5))
    expect(await subscriptions.find('S1')).toBeUndefined()
    expect(await subscriptions.count()).toBe(3)
  })
})

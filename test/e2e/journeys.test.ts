import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { amounts } from '../flow.ts'
import { order } from '../merchant.ts'
import { type Journey, openJourney, stopRedis, transportNames } from './journey.ts'

const MINUTE = 60_000
const refused = (error_code: number, error_message: string) => ({ status: 400, body: { error_code, error_message } })
const money = { action: 'approve', method: 'MONEY' }

/** What order says of the default payment in every state. */
const orderOf = (tid: string, status: string) => ({
  tid,
  cid: 'TC0ONETIME',
  status,
  partner_order_id: 'partner_order_id',
  partner_user_id: 'partner_user_id',
  item_name: '초코파이',
  quantity: 1,
  amount: amounts(2200, 0, 200),
  canceled_amount: amounts(0, 0, 0),
  cancel_available_amount: amounts(0, 0, 0),
  created_at: '2023-07-15T21:18:22',
  payment_action_details: [],
})

const payment = (aid: unknown, amount: number, approved_at: string, method = 'MONEY', green_deposit = 0) => ({
  aid,
  payment_action_type: 'PAYMENT',
  payment_method_type: method,
  amount,
  point_amount: 0,
  discount_amount: 0,
  approved_at,
  green_deposit,
})

afterAll(stopRedis)

describe.each(transportNames)('a payer and a merchant, %s:', (transport) => {
  let journey: Journey
  beforeEach(async () => {
    journey = await openJourney(transport)
  })
  afterEach(() => journey.close())

  test('pays once, by way of the PC and a message', async () => {
    const { tid, pc } = await journey.ready()
    expect((await journey.open(pc)).html).toContain('data-testid="tab-talk"')
    await journey.press(pc, { action: 'send_message', phoneNumber: '01012345678', dateOfBirth: '930616' })
    await journey.press(pc, { action: 'open' })
    journey.clock.at += MINUTE
    const { status, location } = await journey.press(pc, money)
    expect([status, location]).toEqual([303, expect.stringMatching(/\/success\?pg_token=[0-9a-f]{20}$/)])

    const approved = await journey.approve(tid, location, { total_amount: 2200 })
    expect(approved).toEqual({
      status: 200,
      body: {
        aid: expect.stringMatching(/^A[0-9a-f]{19}$/),
        tid,
        cid: 'TC0ONETIME',
        sid: null,
        partner_order_id: 'partner_order_id',
        partner_user_id: 'partner_user_id',
        item_name: '초코파이',
        item_code: null,
        payload: null,
        quantity: 1,
        amount: amounts(2200, 0, 200),
        payment_method_type: 'MONEY',
        card_info: null,
        sequential_payment_methods: null,
        created_at: '2023-07-15T21:18:22',
        approved_at: '2023-07-15T21:19:22',
      },
    })
    expect(await journey.order(tid)).toEqual({
      ...orderOf(tid, 'SUCCESS_PAYMENT'),
      payment_method_type: 'MONEY',
      cancel_available_amount: amounts(2200, 0, 200),
      approved_at: '2023-07-15T21:19:22',
      payment_action_details: [payment(approved.body['aid'], 2200, '2023-07-15T21:19:22')],
    })
    expect((await journey.open(pc)).outcome).toBe('SUCCESS_PAYMENT')
  })

  test('pays by card in instalments', async () => {
    const { tid, mobile } = await journey.ready({
      payment_method_type: 'CARD',
      available_cards: ['KB'],
      install_month: 3,
    })
    await journey.open(mobile)
    const choice = { action: 'approve', method: 'CARD', card: 'KB', install_month: '3' }
    const { body } = await journey.approve(tid, (await journey.press(mobile, choice)).location)
    expect(body['payment_method_type']).toBe('CARD')
    expect(body['card_info']).toMatchObject({ kakaopay_issuer_corp: '국민', bin: '111111', install_month: '03' })
    expect(await journey.order(tid)).toEqual({
      ...orderOf(tid, 'SUCCESS_PAYMENT'),
      payment_method_type: 'CARD',
      selected_card_info: {
        card_bin: '111111',
        install_month: 3,
        installment_type: 'CARD_INSTALLMENT',
        card_corp_name: '국민',
        interest_free_install: 'N',
      },
      cancel_available_amount: amounts(2200, 0, 200),
      approved_at: '2023-07-15T21:18:22',
      payment_action_details: [payment(body['aid'], 2200, '2023-07-15T21:18:22', 'CARD')],
    })
  })

  test.each([
    ['quits', 'cancel', order.cancel_url, 'QUIT_PAYMENT'],
    ['fails', 'fail', order.fail_url, 'FAIL_AUTH_PASSWORD'],
  ])('%s, and approve is refused for good', async (_word, action, url, state) => {
    const { tid, mobile } = await journey.ready()
    await journey.open(mobile)
    const { status, location } = await journey.press(mobile, { action })
    expect([status, location]).toEqual([303, url])
    expect(await journey.order(tid)).toEqual(orderOf(tid, state))
    expect(await journey.approve(tid, location)).toEqual(refused(-783, 'payment is not in an approvable state!'))
    expect(await journey.order(tid)).toEqual(orderOf(tid, state))
    expect((await journey.open(mobile)).outcome).toBe(state)
  })

  test('lets the time run out, with a token in hand that is dead now', async () => {
    const { tid, app } = await journey.ready()
    const { location } = await journey.press(app, money)
    journey.clock.at += LIFETIME_MS
    expect(await journey.approve(tid, location)).toEqual(refused(-723, 'payment is expired!'))
    const late = await journey.open(app)
    expect([late.status, late.location]).toEqual([302, order.fail_url])
    expect(await journey.approve(tid, location)).toEqual(refused(-723, 'payment is expired!'))
    expect((await journey.order(tid))['status']).toBe('FAIL_PAYMENT')
    expect((await journey.open(app)).outcome).toBe('EXPIRED')
  })

  test('goes back and reloads on every page, and pays once all the same', async () => {
    const { tid, pc, mobile, app } = await journey.ready()
    const everywhere = async () => {
      const pages = []
      for (const url of [pc, pc, `${pc}?tab=talk`, `${pc}?pending`, mobile, mobile, app])
        pages.push(await journey.open(url))
      return new Set(pages.map(({ status, outcome }) => `${status} ${outcome ?? 'open'}`))
    }
    expect(await everywhere()).toEqual(new Set(['200 open']))
    const { location } = await journey.press(mobile, money)
    expect(await everywhere()).toEqual(new Set(['200 AUTH_PASSWORD']))
    expect((await journey.press(mobile, money)).location).toBe(location)
    expect((await journey.press(pc, { action: 'confirm' })).location).toBe(location)
    expect((await journey.approve(tid, location)).status).toBe(200)
    expect(await everywhere()).toEqual(new Set(['200 SUCCESS_PAYMENT']))
    expect((await journey.press(mobile, money)).location).toBe(new URL(mobile).pathname)
    expect((await journey.press(mobile, { action: 'cancel' })).location).toBe(new URL(mobile).pathname)
    expect((await journey.order(tid))['status']).toBe('SUCCESS_PAYMENT')
  })

  test('submits twice at once, and the merchant approves twice at once', async () => {
    const { tid, mobile } = await journey.ready()
    const pressed = await Promise.all([journey.press(mobile, money), journey.press(mobile, money)])
    expect(pressed[0]?.location).toBe(pressed[1]?.location)
    const approved = await Promise.all(pressed.map(({ location }) => journey.approve(tid, location)))
    const statuses = approved.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 400])
    const { body } = approved.find(({ status }) => status === 400) ?? {}
    expect([-702, -785]).toContain(body?.['error_code'])
    expect((await journey.order(tid))['payment_action_details']).toHaveLength(1)
  })

  test('approves twice: the second is told that it is done', async () => {
    const { tid, mobile } = await journey.ready()
    const { location } = await journey.press(mobile, money)
    const first = await journey.approve(tid, location)
    journey.clock.at += LIFETIME_MS * 10
    expect(await journey.approve(tid, location)).toEqual(refused(-702, 'payment is already done!'))
    expect((await journey.order(tid))['payment_action_details']).toEqual([
      payment(first.body['aid'], 2200, '2023-07-15T21:18:22'),
    ])
  })

  test('cancels in three parts whose VAT does not divide, and the ledger closes', async () => {
    const { tid, mobile } = await journey.ready({ total_amount: 1000, vat_amount: undefined })
    const { location } = await journey.press(mobile, money)
    await journey.approve(tid, location)
    const seen = []
    for (const part of [333, 333, 334]) {
      const { status, body } = await journey.cancel(tid, part)
      seen.push([
        status,
        body['status'],
        body['approved_cancel_amount'],
        body['canceled_amount'],
        body['cancel_available_amount'],
      ])
    }
    expect(seen).toEqual([
      [200, 'PART_CANCEL_PAYMENT', amounts(333, 0, 30), amounts(333, 0, 30), amounts(667, 0, 61)],
      [200, 'PART_CANCEL_PAYMENT', amounts(333, 0, 30), amounts(666, 0, 60), amounts(334, 0, 31)],
      [200, 'CANCEL_PAYMENT', amounts(334, 0, 31), amounts(1000, 0, 91), amounts(0, 0, 0)],
    ])
    expect((await journey.cancel(tid, 1)).body['error_code']).toBe(-784)
    const details = (await journey.order(tid))['payment_action_details'] as { payment_action_type: string }[]
    expect(details.map((d) => d.payment_action_type)).toEqual(['PAYMENT', 'CANCEL', 'CANCEL', 'CANCEL'])
    expect((await journey.open(mobile)).outcome).toBe('CANCEL_PAYMENT')
  })

  test('with a cup deposit: a part is refused, the whole goes back', async () => {
    const { tid, mobile } = await journey.ready({ green_deposit: 300 })
    const { location } = await journey.press(mobile, money)
    expect((await journey.approve(tid, location)).body['amount']).toEqual(amounts(2200, 0, 200, 300))
    const part = await journey.cancel(tid, 1100)
    expect([part.status, part.body['error_code']]).toEqual([400, -784])
    expect((await journey.order(tid))['canceled_amount']).toEqual(amounts(0, 0, 0))
    const whole = await journey.cancel(tid, 2200)
    expect([whole.status, whole.body['status'], whole.body['canceled_amount']]).toEqual([
      200,
      'CANCEL_PAYMENT',
      amounts(2200, 0, 200, 300),
    ])
  })

  test('loses the answer of approve, and learns from order that it was paid', async () => {
    const { tid, mobile } = await journey.ready()
    const { location } = await journey.press(mobile, money)
    await journey.approve(tid, location, { payload: 'order 1' })
    const known = await journey.order(tid)
    expect(known['status']).toBe('SUCCESS_PAYMENT')
    expect(known['payment_action_details']).toEqual([
      { ...payment(expect.stringMatching(/^A[0-9a-f]{19}$/), 2200, '2023-07-15T21:18:22'), payload: 'order 1' },
    ])
    expect(await journey.approve(tid, location)).toEqual(refused(-702, 'payment is already done!'))
    expect(await journey.order(tid)).toEqual(known)
  })
})

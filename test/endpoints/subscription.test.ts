import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { amounts, approval, authenticated, cancelation, paid } from '../flow.ts'
import { call, INSTANT } from '../merchant.ts'

const cid = 'TCSUBSCRIP'
const DAY = 24 * 60 * 60_000

const clocked = (config = {}) => {
  const clock = { at: INSTANT }
  return { clock, mock: createMock({ seed: 'subscription', ...config }, { now: () => clock.at }) }
}
type Mock = ReturnType<typeof clocked>['mock']

const issuedSid = async (mock: Mock, fields = {}, choice: object = { method: 'MONEY' }) => {
  const { tid, body } = await paid(mock, { cid, ...fields }, { ...choice })
  return { tid, sid: String(body['sid']), body }
}

const charge = (sid: string, fields = {}) => ({
  cid,
  sid,
  partner_order_id: 'second',
  partner_user_id: 'partner_user_id',
  quantity: 1,
  total_amount: 9900,
  tax_free_amount: 0,
  ...fields,
})

const refused = (error_code: number, error_message: string) => ({ status: 400, body: { error_code, error_message } })

describe('a subscription', () => {
  test.each(['TCSUBSCRIP', 'TCSEQUENCE'])('begins with approve of %s, which issues a sid', async (code) => {
    const { mock } = clocked()
    const { body } = await issuedSid(mock, { cid: code })
    expect(body).toMatchObject({ cid: code, amount: amounts(2200, 0, 200) })
    expect(body['sid']).toMatch(/^S[0-9a-f]{19}$/)
  })

  test('pays again by sid, without the payer, and is found by order', async () => {
    const { mock, clock } = clocked()
    const { sid } = await issuedSid(mock, {}, { method: 'CARD', card: 'SHINHAN', install_month: 3 })
    clock.at += 31 * DAY
    const { status, body } = await call(mock, 'subscription', charge(sid, { payload: '2회차' }))
    expect(status).toBe(200)
    expect(body).toEqual({
      aid: body['aid'],
      tid: body['tid'],
      cid,
      sid,
      partner_order_id: 'second',
      partner_user_id: 'partner_user_id',
      item_name: '초코파이',
      item_code: null,
      payload: '2회차',
      quantity: 1,
      amount: amounts(9900, 0, 900),
      payment_method_type: 'CARD',
      card_info: {
        kakaopay_purchase_corp: '신한',
        kakaopay_purchase_corp_code: '701',
        kakaopay_issuer_corp: '신한',
        kakaopay_issuer_corp_code: '101',
        bin: '111111',
        card_type: '신용',
        install_month: '00',
        approved_id: '11111111',
        card_mid: '111111',
        interest_free_install: 'N',
        card_item_code: '111111',
        installment_type: 'CARD_INSTALLMENT',
      },
      sequential_payment_methods: null,
      created_at: '2023-08-15T21:18:22',
      approved_at: '2023-08-15T21:18:22',
    })
    expect(body['tid']).toMatch(/^T[0-9a-f]{19}$/)
    expect((await call(mock, 'order', { cid, tid: body['tid'] })).body).toMatchObject({
      status: 'SUCCESS_PAYMENT',
      cancel_available_amount: amounts(9900, 0, 900),
      payment_action_details: [{ aid: body['aid'], payment_action_type: 'PAYMENT', amount: 9900 }],
    })
    const back = await call(mock, 'cancel', cancelation(String(body['tid']), 9900, { cid }))
    expect(back.body).toMatchObject({ status: 'CANCEL_PAYMENT', cancel_available_amount: amounts(0, 0, 0) })
  })

  test('may be issued for 0 won: nothing is paid, nothing can be cancelled, but the sid pays', async () => {
    const { mock } = clocked()
    const { tid, sid } = await issuedSid(mock, { total_amount: 0, vat_amount: 0 })
    expect((await call(mock, 'order', { cid, tid })).body).toMatchObject({
      status: 'ISSUED_SID',
      payment_action_details: [{ payment_action_type: 'ISSUED_SID', amount: 0 }],
    })
    expect((await call(mock, 'cancel', cancelation(tid, 1, { cid }))).body).toMatchObject({ error_code: -784 })
    expect((await call(mock, 'status', { cid, sid })).body).toEqual({
      available: true,
      cid,
      sid,
      status: 'ACTIVE',
      payment_method_type: 'MONEY',
      use_point_status: 'N',
      item_name: '초코파이',
      created_at: '2023-07-15T21:18:22',
    })
    expect((await call(mock, 'subscription', charge(sid, { item_name: '음악정기결제' }))).body).toMatchObject({
      item_name: '음악정기결제',
      amount: amounts(9900, 0, 900),
    })
  })

  test('tells its status, and ends', async () => {
    const { mock, clock } = clocked()
    const { sid } = await issuedSid(mock)
    const active = {
      available: true,
      cid,
      sid,
      status: 'ACTIVE',
      payment_method_type: 'MONEY',
      use_point_status: 'N',
      item_name: '초코파이',
      created_at: '2023-07-15T21:18:22',
      last_approved_at: '2023-07-15T21:18:22',
    }
    expect(await call(mock, 'status', { cid, sid })).toEqual({ status: 200, body: active })
    clock.at += DAY
    await call(mock, 'subscription', charge(sid))
    clock.at += DAY
    const times = { last_approved_at: '2023-07-16T21:18:22', inactivated_at: '2023-07-17T21:18:22' }
    expect(await call(mock, 'inactive', { cid, sid })).toEqual({
      status: 200,
      body: { cid, sid, status: 'INACTIVE', created_at: '2023-07-15T21:18:22', ...times },
    })
    expect((await call(mock, 'status', { cid, sid })).body).toEqual({
      ...active,
      available: false,
      status: 'INACTIVE',
      ...times,
    })
    expect(await call(mock, 'subscription', charge(sid))).toEqual(refused(-751, 'sid is inactive!'))
    expect(await call(mock, 'inactive', { cid, sid })).toEqual(refused(-751, 'sid is inactive!'))
  })

  test('refuses a sid that is not there, or is another key’s or cid’s, in all three calls', async () => {
    const { mock } = clocked({ sidCid: 'same' })
    const { sid } = await issuedSid(mock)
    const unknown = refused(-750, 'sid does not exist!')
    const other = { authorization: 'SECRET_KEY DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }
    for (const name of ['subscription', 'inactive', 'status'] as const) {
      expect(await call(mock, name, charge('S0000000000000000000'))).toEqual(unknown)
      expect(await call(mock, name, charge(sid, { cid: 'TCSEQUENCE' }))).toEqual(unknown)
      expect(await call(mock, name, charge(sid), other)).toEqual(unknown)
    }
  })

  test('refuses another user, and amounts that do not fit; what is refused leaves no trace', async () => {
    const { mock, clock } = clocked()
    const { sid } = await issuedSid(mock)
    const before = (await call(mock, 'status', { cid, sid })).body
    clock.at += DAY
    expect(await call(mock, 'subscription', charge(sid, { partner_user_id: 'x', vat_amount: 9901 }))).toEqual(
      refused(-753, 'partner user id is different when you issued sid!'),
    )
    expect(await call(mock, 'subscription', charge(sid, { tax_free_amount: 9901 }))).toEqual(
      refused(-722, 'amount information is wrong! tax_free_amount(9901) must not be more than total_amount(9900).'),
    )
    expect(await call(mock, 'subscription', charge(sid, { tax_free_amount: 900, vat_amount: 9001 }))).toEqual(
      refused(
        -722,
        'amount information is wrong! vat_amount(9001) must not be more than total_amount - tax_free_amount(9000).',
      ),
    )
    expect((await call(mock, 'status', { cid, sid })).body).toEqual(before)
    expect(await mock.store.count()).toBe(1)
  })

  test('is not begun by a one-time cid, and is begun by a configured one', async () => {
    const { mock } = clocked({ cids: [{ cid: 'CMONTHLY01', subscription: true }, { cid: 'TC0ONETIME' }] })
    const once = await authenticated(mock)
    expect((await call(mock, 'approve', approval(once.tid, once.pg_token))).body['sid']).toBeNull()
    const monthly = await issuedSid(mock, { cid: 'CMONTHLY01' })
    expect(monthly.sid).toMatch(/^S[0-9a-f]{19}$/)
  })
})

import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated, cancelation, paid } from '../flow.ts'
import { call, order } from '../merchant.ts'

const amountsOf = (total: number, vat: number, point: number, discount: number) => ({
  total,
  tax_free: 0,
  vat,
  point,
  discount,
  green_deposit: 0,
})

describe('what the payer chose is what approve and order answer', () => {
  test('points and discount are part of the total', async () => {
    const mock = createMock()
    const { tid, body } = await paid(mock, {}, { point: 500, discount: 300 })
    expect(body['amount']).toEqual(amountsOf(2200, 200, 500, 300))
    const looked = await call(mock, 'order', { cid: order.cid, tid })
    expect(looked.body['amount']).toEqual(amountsOf(2200, 200, 500, 300))
    expect(looked.body['payment_action_details']).toMatchObject([
      { payment_action_type: 'PAYMENT', amount: 2200, point_amount: 500, discount_amount: 300 },
    ])
  })

  test('a partial cancel gives back money first, then points, then the discount', async () => {
    const mock = createMock()
    const { tid } = await paid(mock, {}, { point: 500, discount: 300 })
    const first = await call(mock, 'cancel', cancelation(tid, 1000, { cancel_vat_amount: 90 }))
    expect(first.body['approved_cancel_amount']).toEqual(amountsOf(1000, 90, 0, 0))
    const second = await call(mock, 'cancel', cancelation(tid, 1000, { cancel_vat_amount: 90 }))
    expect(second.body['approved_cancel_amount']).toEqual(amountsOf(1000, 90, 500, 100))
    const last = await call(mock, 'cancel', cancelation(tid, 200))
    expect(last.body['approved_cancel_amount']).toEqual(amountsOf(200, 20, 0, 200))
    expect(last.body['cancel_available_amount']).toEqual(amountsOf(0, 0, 0, 0))
  })

  test.each([
    [{}, { method: 'CARD' }, { card_type: '신용', interest_free_install: 'N', installment_type: 'CARD_INSTALLMENT' }],
    [{}, { card_type: 'CHECK' }, { card_type: '체크', install_month: '00' }],
    [{}, { install_month: 3, interest_free_install: 'Y' }, { install_month: '03', interest_free_install: 'Y' }],
    [
      { use_share_installment: 'Y', install_month: 6 },
      {},
      { install_month: '06', installment_type: 'SHARE_INSTALLMENT' },
    ],
  ])('ready %j and the payer’s %j make card_info %j', async (ready, choice, info) => {
    const mock = createMock()
    const { body } = await paid(mock, ready, choice)
    expect(body['card_info']).toMatchObject(info)
  })

  test('order names type and interest of the instalments, after install_month', async () => {
    const mock = createMock()
    const choice = { card: 'KB', interest_free_install: 'Y' }
    const { tid } = await authenticated(mock, { use_share_installment: 'Y', install_month: 3 }, choice)
    const { body } = await call(mock, 'order', { cid: order.cid, tid })
    expect(JSON.stringify(body['selected_card_info'])).toBe(
      '{"card_bin":"111111","install_month":3,"installment_type":"SHARE_INSTALLMENT","card_corp_name":"국민","interest_free_install":"Y"}',
    )
  })

  test('the methods of a sequential subscription are listed, those of others are null', async () => {
    const mock = createMock()
    const { body } = await paid(mock, { cid: 'TCSEQUENCE' }, { card: 'BC' })
    const { sid, card_info } = body
    expect(body['sequential_payment_methods']).toEqual([
      { payment_priority: 1, sid, payment_method_type: 'CARD', card_info },
    ])
    const plain = await paid(mock, { cid: 'TCSUBSCRIP' })
    expect(plain.body['sequential_payment_methods']).toBeNull()
  })

  test('use_point_status says whether points paid all of the first payment', async () => {
    const mock = createMock()
    const cid = 'TCSUBSCRIP'
    const statusOf = async (sid: unknown) => (await call(mock, 'status', { cid, sid })).body['use_point_status']
    const points = await paid(mock, { cid }, { point: 2200 })
    const part = await paid(mock, { cid }, { point: 2199 })
    expect([await statusOf(points.body['sid']), await statusOf(part.body['sid'])]).toEqual(['Y', 'N'])
  })

  test('a later subscription payment takes no points and no instalments of the first', async () => {
    const mock = createMock()
    const cid = 'TCSUBSCRIP'
    const { body } = await paid(mock, { cid }, { card: 'KB', install_month: 3, point: 100, interest_free_install: 'Y' })
    const { partner_order_id, partner_user_id } = order
    const charge = { cid, sid: body['sid'], partner_order_id, partner_user_id, quantity: 1 }
    const charged = await call(mock, 'subscription', { ...charge, total_amount: 1100, tax_free_amount: 0 })
    expect(charged.body['amount']).toEqual(amountsOf(1100, 100, 0, 0))
    expect(charged.body['card_info']).toMatchObject({ install_month: '00', interest_free_install: 'N' })
  })
})

describe('a sid', () => {
  const charge = (cid: string, sid: unknown) => ({
    cid,
    sid,
    partner_order_id: 'o',
    partner_user_id: order.partner_user_id,
    quantity: 1,
    total_amount: 1100,
    tax_free_amount: 0,
  })

  test('is limited per KST day where a limit is set, and pays again the next day', async () => {
    // 2023-07-15T23:59:00 on a KST wall clock.
    const clock = { at: Date.UTC(2023, 6, 15, 14, 59) }
    const mock = createMock({ sidChargesPerDay: 2 }, { now: () => clock.at })
    const { body } = await paid(mock, { cid: 'TCSUBSCRIP' })
    const again = async () => {
      clock.at += 1000
      return (await call(mock, 'subscription', charge('TCSUBSCRIP', body['sid']))).body['error_code']
    }
    expect([await again(), await again(), await again()]).toEqual([undefined, undefined, -752])
    clock.at += 60_000
    expect(await again()).toBeUndefined()
  })

  test('is charged with any subscription cid of its merchant, or with its own alone', async () => {
    for (const [sidCid, code] of [
      ['any', undefined],
      ['same', -750],
    ] as const) {
      const mock = createMock({ sidCid })
      const { body } = await paid(mock, { cid: 'TCSEQUENCE' })
      expect((await call(mock, 'subscription', charge('TCSUBSCRIP', body['sid']))).body['error_code']).toBe(code)
      expect((await call(mock, 'subscription', charge('TC0ONETIME', body['sid']))).body['error_code']).toBe(-750)
      expect((await call(mock, 'subscription', charge('TCSEQUENCE', body['sid']))).status).toBe(200)
    }
  })
})

describe('a key that was issued anew', () => {
  test('finds what the old one prepared; the old one is refused at once', async () => {
    const mock = createMock()
    const post = async (path: string, body: object = {}) => {
      const headers = { 'content-type': 'application/json' }
      const response = await mock.request(`/_mock/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      return (await response.json()) as Record<string, unknown>
    }
    const { id, secret_key: old } = await post('applications', { name: 'shop' })
    const as = (key: unknown) => ({ authorization: `SECRET_KEY ${key}` })
    const ready = await call(mock, 'ready', { ...order, cid: 'TCSUBSCRIP' }, as(old))
    const tid = String(ready.body['tid'])
    const payer = await post(`payments/${tid}/payer`, { action: 'approve' })
    const approve = { ...approval(tid, payer['pg_token']), cid: 'TCSUBSCRIP' }
    const approved = await call(mock, 'approve', approve, as(old))
    expect(approved.status).toBe(200)

    const { secret_key: fresh } = await post(`applications/${id}/reissue`)
    const look = { cid: 'TCSUBSCRIP', tid }
    expect((await call(mock, 'order', look, as(old))).body['error_code']).toBe(-401)
    expect((await call(mock, 'order', look, as(fresh))).body['status']).toBe('SUCCESS_PAYMENT')
    const status = await call(mock, 'status', { cid: 'TCSUBSCRIP', sid: approved.body['sid'] }, as(fresh))
    expect(status.body['status']).toBe('ACTIVE')
    const cancel = { ...cancelation(tid, 2200), cid: 'TCSUBSCRIP' }
    expect((await call(mock, 'cancel', cancel, as(fresh))).body['status']).toBe('CANCEL_PAYMENT')

    const other = await post('applications', { name: 'other shop' })
    expect((await call(mock, 'order', look, as(other['secret_key']))).body['error_code']).toBe(-721)
  })
})

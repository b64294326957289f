import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { amounts, approval, authenticated, cancelation, payer, readied } from '../flow.ts'
import { call, INSTANT, order, send } from '../merchant.ts'

const clocked = () => {
  const clock = { at: INSTANT }
  return { clock, mock: createMock({ seed: 'order' }, { now: () => clock.at }) }
}

const ask = (tid: string) => ({ cid: order.cid, tid })

/** What every state has. */
const always = (tid: string, status: string) => ({
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

const card = {
  card_bin: '111111',
  install_month: 3,
  installment_type: 'CARD_INSTALLMENT',
  card_corp_name: '신한',
  interest_free_install: 'N',
}

describe('order', () => {
  test('of a paid payment is the official sample, key by key', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock, {}, { method: 'MONEY' })
    const approved = await call(mock, 'approve', approval(tid, pg_token))
    const text = await (await send(mock, 'order', JSON.stringify(ask(tid)))).text()
    expect(text).toBe(
      `{"tid":"${tid}","cid":"TC0ONETIME","status":"SUCCESS_PAYMENT","partner_order_id":"partner_order_id",` +
        '"partner_user_id":"partner_user_id","payment_method_type":"MONEY","item_name":"초코파이","quantity":1,' +
        '"amount":{"total":2200,"tax_free":0,"vat":200,"point":0,"discount":0,"green_deposit":0},' +
        '"canceled_amount":{"total":0,"tax_free":0,"vat":0,"point":0,"discount":0,"green_deposit":0},' +
        '"cancel_available_amount":{"total":2200,"tax_free":0,"vat":200,"point":0,"discount":0,"green_deposit":0},' +
        '"created_at":"2023-07-15T21:18:22","approved_at":"2023-07-15T21:18:22",' +
        `"payment_action_details":[{"aid":"${approved.body['aid']}","payment_action_type":"PAYMENT",` +
        '"payment_method_type":"MONEY","amount":2200,"point_amount":0,"discount_amount":0,' +
        '"approved_at":"2023-07-15T21:18:22","green_deposit":0}]}',
    )
  })

  test('leaves out what has not happened yet, in every state before the money moves', async () => {
    const { mock } = clocked()
    const tid = await readied(mock)
    const states = [
      ['send_message', 'SEND_TMS'],
      ['open', 'OPEN_PAYMENT'],
    ] as const
    expect(await call(mock, 'order', ask(tid))).toEqual({ status: 200, body: always(tid, 'READY') })
    for (const [act, status] of states) {
      await payer(mock, tid, act)
      expect((await call(mock, 'order', ask(tid))).body).toEqual(always(tid, status))
    }
    await payer(mock, tid, 'select_method', { method: 'CARD', install_month: 3 })
    const chosen = { payment_method_type: 'CARD', selected_card_info: card }
    expect((await call(mock, 'order', ask(tid))).body).toEqual({ ...always(tid, 'SELECT_METHOD'), ...chosen })
    await payer(mock, tid, 'approve', { method: 'CARD', install_month: 3 })
    expect((await call(mock, 'order', ask(tid))).body).toEqual({ ...always(tid, 'AUTH_PASSWORD'), ...chosen })
  })

  test.each([
    ['cancel', 'QUIT_PAYMENT'],
    ['fail', 'FAIL_AUTH_PASSWORD'],
    ['expire', 'FAIL_PAYMENT'],
  ])('after the payer’s %s says %s and nothing of money', async (act, status) => {
    const { mock } = clocked()
    const tid = await readied(mock)
    await payer(mock, tid, act)
    expect((await call(mock, 'order', ask(tid))).body).toEqual(always(tid, status))
  })

  test('after 15 minutes that nobody used says FAIL_PAYMENT', async () => {
    const { mock, clock } = clocked()
    const tid = await readied(mock)
    clock.at += 15 * 60_000
    expect((await call(mock, 'order', ask(tid))).body).toEqual(always(tid, 'FAIL_PAYMENT'))
  })

  test('lists one act for each approve and cancel, with their aids, amounts and payloads', async () => {
    const { mock, clock } = clocked()
    const { tid, pg_token } = await authenticated(mock, { item_code: 'c-1' }, { method: 'CARD', install_month: 3 })
    const approved = await call(mock, 'approve', approval(tid, pg_token, { payload: '승인' }))
    clock.at += 60_000
    const part = await call(mock, 'cancel', cancelation(tid, 1100, { payload: '일부' }))
    clock.at += 60_000
    const rest = await call(mock, 'cancel', cancelation(tid, 1100))
    const act = { payment_method_type: 'CARD', point_amount: 0, discount_amount: 0, green_deposit: 0 }
    const cancelAct = { ...act, payment_action_type: 'CANCEL', amount: 1100 }
    expect((await call(mock, 'order', ask(tid))).body).toEqual({
      ...always(tid, 'CANCEL_PAYMENT'),
      payment_method_type: 'CARD',
      item_code: 'c-1',
      canceled_amount: amounts(2200, 0, 200),
      approved_at: '2023-07-15T21:18:22',
      canceled_at: '2023-07-15T21:20:22',
      selected_card_info: card,
      payment_action_details: [
        {
          ...act,
          aid: approved.body['aid'],
          payment_action_type: 'PAYMENT',
          amount: 2200,
          approved_at: '2023-07-15T21:18:22',
          payload: '승인',
        },
        { ...cancelAct, aid: part.body['aid'], approved_at: '2023-07-15T21:19:22', payload: '일부' },
        { ...cancelAct, aid: rest.body['aid'], approved_at: '2023-07-15T21:20:22' },
      ],
    })
  })

  test('of a payment with a cup deposit names the deposit in the act', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock, { green_deposit: 300 })
    await call(mock, 'approve', approval(tid, pg_token))
    const { body } = await call(mock, 'order', ask(tid))
    expect(body['cancel_available_amount']).toEqual(amounts(2200, 0, 200, 300))
    expect(body['payment_action_details']).toMatchObject([{ amount: 2200, green_deposit: 300 }])
  })

  test('refuses a tid that is not there, or is another key’s or cid’s; a GET is no call', async () => {
    const { mock } = clocked()
    const tid = await readied(mock)
    const unknown = { status: 400, body: { error_code: -721, error_message: 'tid does not exist!' } }
    expect(await call(mock, 'order', ask('T0000000000000000000'))).toEqual(unknown)
    expect(await call(mock, 'order', { ...ask(tid), cid: 'TCOTHER001' })).toEqual(unknown)
    const other = { authorization: 'SECRET_KEY DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }
    expect(await call(mock, 'order', ask(tid), other)).toEqual(unknown)
    expect((await mock.request(`/online/v1/payment/order?cid=TC0ONETIME&tid=${tid}`)).status).toBe(404)
  })
})

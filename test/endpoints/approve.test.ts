import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated, paid, payer, readied } from '../flow.ts'
import { call, INSTANT, order, send } from '../merchant.ts'

const MINUTE = 60_000

/** A mock with a clock in the test's hand. */
const clocked = (config = {}) => {
  const clock = { at: INSTANT }
  return { clock, mock: createMock({ seed: 'approve', ...config }, { now: () => clock.at }) }
}

const cardInfo = {
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
}

describe('the answer of approve', () => {
  test('for a card is the observed body, key by key, nulls included', async () => {
    const { mock, clock } = clocked()
    const { tid, pg_token } = await authenticated(mock, {}, { method: 'CARD', card: 'SHINHAN' })
    clock.at += 33_000
    const response = await send(mock, 'approve', JSON.stringify(approval(tid, pg_token)))
    const text = await response.text()
    const { aid } = JSON.parse(text) as { aid: string }
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8')
    expect(aid).toMatch(/^A[0-9a-f]{19}$/)
    expect(text).toBe(
      `{"aid":"${aid}","tid":"${tid}","cid":"TC0ONETIME","sid":null,"partner_order_id":"partner_order_id",` +
        '"partner_user_id":"partner_user_id","item_name":"초코파이","item_code":null,"payload":null,"quantity":1,' +
        '"amount":{"total":2200,"tax_free":0,"vat":200,"point":0,"discount":0,"green_deposit":0},' +
        `"payment_method_type":"CARD","card_info":${JSON.stringify(cardInfo)},"sequential_payment_methods":null,` +
        '"created_at":"2023-07-15T21:18:22","approved_at":"2023-07-15T21:18:55"}',
    )
  })

  test('for money has no card, and echoes item_code and its own payload', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock, { item_code: 'choco-1' }, { method: 'MONEY' })
    const { status, body } = await call(
      mock,
      'approve',
      approval(tid, pg_token, { payload: '메모', total_amount: 2200 }),
    )
    expect(status).toBe(200)
    expect(body).toEqual({
      aid: body['aid'],
      tid,
      cid: 'TC0ONETIME',
      sid: null,
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      item_name: '초코파이',
      item_code: 'choco-1',
      payload: '메모',
      quantity: 1,
      amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      payment_method_type: 'MONEY',
      card_info: null,
      sequential_payment_methods: null,
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
    })
  })

  test('leaves keys without a value out where the setting says so, as the official sample does', async () => {
    const { mock } = clocked({ emptyKeys: 'omit' })
    const { body } = await paid(mock, {}, { method: 'MONEY' })
    expect(Object.keys(body)).toEqual([
      'aid',
      'tid',
      'cid',
      'partner_order_id',
      'partner_user_id',
      'item_name',
      'quantity',
      'amount',
      'payment_method_type',
      'created_at',
      'approved_at',
    ])
  })

  test.each([
    ['SHINHAN', 0, '신한', '101', '00'],
    ['BC', 3, '비씨카드', '104', '03'],
    ['KB', 12, '국민', '902', '12'],
  ])(
    'names the issuer %s that the payer chose, and %i months as two digits',
    async (card, months, name, code, digits) => {
      const { mock } = clocked()
      const { body } = await paid(mock, {}, { method: 'CARD', card, install_month: months })
      expect(body['card_info']).toEqual({
        ...cardInfo,
        kakaopay_issuer_corp: name,
        kakaopay_issuer_corp_code: code,
        kakaopay_purchase_corp: name,
        kakaopay_purchase_corp_code: card === 'SHINHAN' ? '701' : code,
        install_month: digits,
      })
    },
  )

  test('names a card that only an agreement allows by its code', async () => {
    const { mock } = clocked({ cards: ['GWANGJU'] })
    const { body } = await paid(mock, { available_cards: ['GWANGJU'] }, { method: 'CARD' })
    expect(body['card_info']).toMatchObject({ kakaopay_issuer_corp: 'GWANGJU', kakaopay_issuer_corp_code: '999' })
  })
})

describe('approve refuses', () => {
  const refused = (error_code: number, error_message: string) => ({ status: 400, body: { error_code, error_message } })

  test('a tid that does not exist, that of another key, and that of another cid, all alike', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock)
    const unknown = refused(-721, 'tid does not exist!')
    expect(await call(mock, 'approve', approval('T0000000000000000000', pg_token))).toEqual(unknown)
    const other = { authorization: 'SECRET_KEY DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }
    expect(await call(mock, 'approve', approval(tid, pg_token), other)).toEqual(unknown)
    expect(await call(mock, 'approve', approval(tid, pg_token, { cid: 'TCOTHER001' }))).toEqual(unknown)
    expect((await call(mock, 'approve', approval(tid, pg_token))).status).toBe(200)
  })

  test('before the payer has authenticated, with the extras that were observed', async () => {
    const { mock } = clocked()
    const tid = await readied(mock)
    expect(await call(mock, 'approve', approval(tid, '0123456789abcdef0123'))).toEqual({
      status: 400,
      body: {
        error_code: -701,
        error_message: "authentication doesn't complete!",
        extras: { method_result_code: '9999', method_result_message: '결제 실패. 잠시 후 재시도 바랍니다.' },
      },
    })
  })

  test('a second time, in the observed words, also after a cancel', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock)
    expect((await call(mock, 'approve', approval(tid, pg_token))).status).toBe(200)
    const twice = refused(-702, 'payment is already done!')
    expect(await call(mock, 'approve', approval(tid, pg_token))).toEqual(twice)
    await call(mock, 'cancel', { cid: order.cid, tid, cancel_amount: 2200, cancel_tax_free_amount: 0 })
    expect(await call(mock, 'approve', approval(tid, pg_token))).toEqual(twice)
  })

  test.each(['cancel', 'fail'])('after the payer’s %s', async (action) => {
    const { mock } = clocked()
    const tid = await readied(mock)
    await payer(mock, tid, action)
    expect(await call(mock, 'approve', approval(tid, '0123456789abcdef0123'))).toEqual(
      refused(-783, 'payment is not in an approvable state!'),
    )
  })

  test('after 15 minutes, to the second, whether or not the payer had authenticated', async () => {
    const { mock, clock } = clocked()
    const early = await authenticated(mock)
    const late = await authenticated(mock)
    const never = await readied(mock)
    clock.at += 15 * MINUTE - 1
    expect((await call(mock, 'approve', approval(early.tid, early.pg_token))).status).toBe(200)
    clock.at += 1
    const expired = refused(-723, 'payment is expired!')
    expect(await call(mock, 'approve', approval(late.tid, late.pg_token))).toEqual(expired)
    expect(await call(mock, 'approve', approval(never, late.pg_token))).toEqual(expired)
    expect(await call(mock, 'approve', approval(early.tid, early.pg_token))).toEqual(
      refused(-702, 'payment is already done!'),
    )
  })

  test('a payment that the payer let expire', async () => {
    const { mock } = clocked()
    const tid = await readied(mock)
    await payer(mock, tid, 'expire')
    expect(await call(mock, 'approve', approval(tid, '0123456789abcdef0123'))).toEqual(
      refused(-723, 'payment is expired!'),
    )
  })

  test('another order id, user id, pg_token or total_amount, in this order', async () => {
    const { mock } = clocked()
    const { tid, pg_token } = await authenticated(mock)
    const wrong = { partner_order_id: 'x', partner_user_id: 'x', pg_token: 'x', total_amount: 1 }
    const right = approval(tid, pg_token, { total_amount: 2200 })
    const attempt = (fields: object) => call(mock, 'approve', { ...right, ...fields })
    const { partner_order_id, ...afterOrder } = wrong
    const { partner_user_id, ...afterUser } = afterOrder
    expect(await attempt(wrong)).toEqual(refused(-706, 'partner order id is different when you ordered!'))
    expect(await attempt(afterOrder)).toEqual(refused(-707, 'partner user id is different when you ordered!'))
    expect(await attempt(afterUser)).toEqual(refused(-708, 'pg_token is wrong!'))
    expect(await attempt({ total_amount: 1 })).toEqual(refused(-725, 'total amount is different when you ordered!'))
    expect((await attempt({})).status).toBe(200)
  })

  test('the pg_token of another payment', async () => {
    const { mock } = clocked()
    const mine = await authenticated(mock)
    const others = await authenticated(mock)
    expect(await call(mock, 'approve', approval(mine.tid, others.pg_token))).toEqual(
      refused(-708, 'pg_token is wrong!'),
    )
  })

  test('a cid that is not configured, and a cid_secret that is not the configured one', async () => {
    const { mock } = clocked({ cids: [{ cid: 'TC0ONETIME', secret: 'abcdefghijklmnopqrstuvwx' }] })
    const cid_secret = 'abcdefghijklmnopqrstuvwx'
    const { tid, pg_token } = await authenticated(mock, { cid_secret })
    expect(await call(mock, 'approve', approval(tid, pg_token, { cid: 'TCOTHER001' }))).toEqual(
      refused(-731, 'cid is wrong!'),
    )
    expect(await call(mock, 'approve', approval(tid, pg_token))).toEqual(refused(-733, 'cid_secret is wrong!'))
    expect((await call(mock, 'approve', approval(tid, pg_token, { cid_secret }))).status).toBe(200)
  })
})

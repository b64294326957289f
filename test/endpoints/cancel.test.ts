import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { amounts, authenticated, cancelation, paid, payer, readied } from '../flow.ts'
import { call, INSTANT, send } from '../merchant.ts'

const clocked = (config = {}) => {
  const clock = { at: INSTANT }
  return { clock, mock: createMock({ seed: 'cancel', ...config }, { now: () => clock.at }) }
}

const ABOVE = 'requested cancel amount is bigger than cancelable amount'
const WRONG = 'amount information is wrong!'
const refused = (error_code: number, error_message: string) => ({ status: 400, body: { error_code, error_message } })

/** The largest amounts that there are, and a cancel whose explanation names them all. */
const largest = 2_147_483_647

test('an explanation is whole however large the amounts are', async () => {
  const { mock } = clocked()
  const { tid } = await paid(mock, { total_amount: largest, tax_free_amount: 1_000_000_000, vat_amount: 100_000_001 })
  const asked = cancelation(tid, largest - 1, { cancel_tax_free_amount: 1_000_000_000 })
  const { status, body } = await call(mock, 'cancel', asked)
  const left = 'total 2147483647, tax_free 1000000000, vat 100000001'
  const whole = 'cancel_amount 2147483647, cancel_tax_free_amount 1000000000, cancel_vat_amount 100000001'
  const origin = 'cancel_vat_amount is not sent, so it is round((2147483646 - 1000000000) / 11) = 104316695'
  const explanation = `: ${origin}; left: ${left}. send cancel_vat_amount 100000001 or less; for all of it: ${whole}.`
  expect({ status, body }).toEqual(refused(-710, `${ABOVE}${explanation}`))
})

describe('the answer of cancel', () => {
  test('of a part has the observed keys in the observed order, and none without a value', async () => {
    const { mock, clock } = clocked()
    const { tid } = await paid(mock, { total_amount: 1_100_000, vat_amount: 100_000 }, { method: 'CARD' })
    clock.at += 60_000
    const response = await send(mock, 'cancel', JSON.stringify(cancelation(tid, 1100)))
    const text = await response.text()
    const { aid } = JSON.parse(text) as { aid: string }
    expect(response.status).toBe(200)
    expect(aid).toMatch(/^A[0-9a-f]{19}$/)
    expect(text).toBe(
      `{"tid":"${tid}","cid":"TC0ONETIME","status":"PART_CANCEL_PAYMENT","partner_order_id":"partner_order_id",` +
        `"partner_user_id":"partner_user_id","payment_method_type":"CARD","item_name":"초코파이","aid":"${aid}","quantity":1,` +
        '"amount":{"total":1100000,"tax_free":0,"vat":100000,"point":0,"discount":0,"green_deposit":0},' +
        '"canceled_amount":{"total":1100,"tax_free":0,"vat":100,"point":0,"discount":0,"green_deposit":0},' +
        '"cancel_available_amount":{"total":1098900,"tax_free":0,"vat":99900,"point":0,"discount":0,"green_deposit":0},' +
        '"approved_cancel_amount":{"total":1100,"tax_free":0,"vat":100,"point":0,"discount":0,"green_deposit":0},' +
        '"created_at":"2023-07-15T21:18:22","approved_at":"2023-07-15T21:18:22","canceled_at":"2023-07-15T21:19:22"}',
    )
  })

  test('of the whole closes the ledger; item_code and payload are echoed', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { item_code: 'choco-1' }, { method: 'MONEY' })
    const all = { cancel_vat_amount: 200, cancel_available_amount: 2200, payload: '변심' }
    const { status, body } = await call(mock, 'cancel', cancelation(tid, 2200, all))
    expect(status).toBe(200)
    expect(body).toEqual({
      tid,
      cid: 'TC0ONETIME',
      status: 'CANCEL_PAYMENT',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      payment_method_type: 'MONEY',
      item_name: '초코파이',
      item_code: 'choco-1',
      aid: body['aid'],
      payload: '변심',
      quantity: 1,
      amount: amounts(2200, 0, 200),
      canceled_amount: amounts(2200, 0, 200),
      cancel_available_amount: amounts(0, 0, 0),
      approved_cancel_amount: amounts(2200, 0, 200),
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
      canceled_at: '2023-07-15T21:18:22',
    })
  })

  test('adds up over three parts with odd VAT: the last one takes the VAT that is left', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { total_amount: 1000, vat_amount: 89, tax_free_amount: 10 })
    const part = async (amount: number, taxFree: number) => {
      const { body } = await call(mock, 'cancel', cancelation(tid, amount, { cancel_tax_free_amount: taxFree }))
      return [body['status'], body['approved_cancel_amount'], body['canceled_amount'], body['cancel_available_amount']]
    }
    expect(await part(333, 3)).toEqual([
      'PART_CANCEL_PAYMENT',
      amounts(333, 3, 30),
      amounts(333, 3, 30),
      amounts(667, 7, 59),
    ])
    expect(await part(333, 3)).toEqual([
      'PART_CANCEL_PAYMENT',
      amounts(333, 3, 30),
      amounts(666, 6, 60),
      amounts(334, 4, 29),
    ])
    // The default would be round(330 / 11) = 30, one more than is left.
    expect(await part(334, 4)).toEqual(['CANCEL_PAYMENT', amounts(334, 4, 29), amounts(1000, 10, 89), amounts(0, 0, 0)])
  })

  test('of a payment with a cup deposit gives the deposit back with the rest', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { green_deposit: 300 })
    const { body } = await call(mock, 'cancel', cancelation(tid, 2200))
    expect(body['approved_cancel_amount']).toEqual(amounts(2200, 0, 200, 300))
    expect(body['cancel_available_amount']).toEqual(amounts(0, 0, 0))
    expect(body['status']).toBe('CANCEL_PAYMENT')
  })
})

describe('cancel refuses', () => {
  test('what is not there, or is another key’s or cid’s', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock)
    const unknown = refused(-721, 'tid does not exist!')
    expect(await call(mock, 'cancel', cancelation('T0000000000000000000', 1))).toEqual(unknown)
    expect(await call(mock, 'cancel', cancelation(tid, 1, { cid: 'TCOTHER001' }))).toEqual(unknown)
    const other = { authorization: 'SECRET_KEY DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }
    expect(await call(mock, 'cancel', cancelation(tid, 1), other)).toEqual(unknown)
  })

  test('a payment that is not paid, whatever else became of it', async () => {
    const { mock } = clocked()
    const text = (status: string) =>
      `payment is not in a cancelable state! its status is ${status}: nothing was paid that could be given back.`
    const prepared = await readied(mock)
    expect(await call(mock, 'cancel', cancelation(prepared, 1))).toEqual(refused(-784, text('READY')))
    const { tid } = await authenticated(mock)
    expect(await call(mock, 'cancel', cancelation(tid, 1))).toEqual(refused(-784, text('AUTH_PASSWORD')))
    await payer(mock, prepared, 'cancel')
    expect(await call(mock, 'cancel', cancelation(prepared, 1))).toEqual(refused(-784, text('QUIT_PAYMENT')))
  })

  test('a payment that is wholly cancelled', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 2200))
    expect(await call(mock, 'cancel', cancelation(tid, 2200))).toEqual(
      refused(-784, 'payment is not in a cancelable state! all of 2200 won is given back already.'),
    )
  })

  test('a part of a payment with a cup deposit', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { green_deposit: 300 })
    expect(await call(mock, 'cancel', cancelation(tid, 2199))).toEqual(
      refused(
        -784,
        'payment is not in a cancelable state! it has a green_deposit of 300 won and can only be cancelled whole: send cancel_amount 2200.',
      ),
    )
  })

  test('more than was approved, and more than is left', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock)
    expect(await call(mock, 'cancel', cancelation(tid, 2201))).toEqual(
      refused(
        -711,
        'requested cancel amount is bigger than approved amount! cancel_amount is 2201, approved were 2200; left: total 2200, tax_free 0, vat 200. send at most 2200.',
      ),
    )
    await call(mock, 'cancel', cancelation(tid, 1100))
    expect(await call(mock, 'cancel', cancelation(tid, 1101))).toEqual(
      refused(-710, `${ABOVE}: cancel_amount is 1101; left: total 1100, tax_free 0, vat 100. send at most 1100.`),
    )
    expect((await call(mock, 'cancel', cancelation(tid, 1100))).status).toBe(200)
  })

  test('more tax-free, or a larger taxable part, than is left', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { total_amount: 1000, tax_free_amount: 120, vat_amount: 80 })
    const whole = 'for all of it: cancel_amount 1000, cancel_tax_free_amount 120, cancel_vat_amount 80.'
    expect(await call(mock, 'cancel', cancelation(tid, 500, { cancel_tax_free_amount: 121 }))).toEqual(
      refused(
        -710,
        `${ABOVE}: cancel_tax_free_amount is 121; left: total 1000, tax_free 120, vat 80. send at most 120; ${whole}`,
      ),
    )
    expect(await call(mock, 'cancel', cancelation(tid, 950, { cancel_tax_free_amount: 50 }))).toEqual(
      refused(
        -710,
        `${ABOVE}: cancel_amount - cancel_tax_free_amount is 900; left: total 1000, tax_free 120, vat 80, taxable 880. send cancel_tax_free_amount 70 or more; ${whole}`,
      ),
    )
    expect((await call(mock, 'cancel', cancelation(tid, 950, { cancel_tax_free_amount: 70 }))).status).toBe(200)
  })

  test('more VAT than is left, and says where the number comes from', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { total_amount: 1000, vat_amount: 40 })
    await call(mock, 'cancel', cancelation(tid, 400))
    const left = 'left: total 600, tax_free 0, vat 4. send cancel_vat_amount 4 or less'
    const whole = 'for all of it: cancel_amount 600, cancel_tax_free_amount 0, cancel_vat_amount 4.'
    expect(await call(mock, 'cancel', cancelation(tid, 300))).toEqual(
      refused(-710, `${ABOVE}: cancel_vat_amount is not sent, so it is round((300 - 0) / 11) = 27; ${left}; ${whole}`),
    )
    expect(await call(mock, 'cancel', cancelation(tid, 300, { cancel_vat_amount: 5 }))).toEqual(
      refused(-710, `${ABOVE}: cancel_vat_amount is 5; ${left}; ${whole}`),
    )
    expect((await call(mock, 'cancel', cancelation(tid, 300, { cancel_vat_amount: 4 }))).status).toBe(200)
  })

  test('amounts that do not fit together', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock, { total_amount: 1000, tax_free_amount: 500, vat_amount: 45 })
    expect(await call(mock, 'cancel', cancelation(tid, 100, { cancel_tax_free_amount: 101 }))).toEqual(
      refused(-722, `${WRONG} cancel_tax_free_amount(101) must not be more than cancel_amount(100).`),
    )
    const vat = { cancel_tax_free_amount: 90, cancel_vat_amount: 11 }
    expect(await call(mock, 'cancel', cancelation(tid, 100, vat))).toEqual(
      refused(-722, `${WRONG} cancel_vat_amount(11) must not be more than cancel_amount - cancel_tax_free_amount(10).`),
    )
  })

  test('to take all and leave VAT behind', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 1100, { cancel_vat_amount: 50 }))
    expect(await call(mock, 'cancel', cancelation(tid, 1100, { cancel_vat_amount: 100 }))).toEqual(
      refused(
        -722,
        `${WRONG} cancel_amount 1100 takes all that is left, but cancel_vat_amount 100 would leave 50 of the VAT behind; left: total 1100, tax_free 0, vat 150. send cancel_vat_amount 150, or leave it out.`,
      ),
    )
    const { body } = await call(mock, 'cancel', cancelation(tid, 1100, { cancel_vat_amount: 150 }))
    expect(body['cancel_available_amount']).toEqual(amounts(0, 0, 0))
  })

  test('a cancel_available_amount that is not what is left', async () => {
    const { mock } = clocked()
    const { tid } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 200, { cancel_available_amount: 2200 }))
    expect(await call(mock, 'cancel', cancelation(tid, 200, { cancel_available_amount: 2200 }))).toEqual(
      refused(
        -722,
        `${WRONG} cancel_available_amount is 2200; left: total 2000, tax_free 0, vat 182. send cancel_available_amount 2000, or leave it out.`,
      ),
    )
    expect((await call(mock, 'cancel', cancelation(tid, 200, { cancel_available_amount: 2000 }))).status).toBe(200)
  })

  test('in words that are never too long to be answered whole', async () => {
    const { mock } = clocked()
    const fields = { total_amount: 2_147_483_647, tax_free_amount: 1_000_000_000, vat_amount: 100_000_000 }
    const { tid } = await paid(mock, fields)
    const whole = /cancel_amount 2147483647, cancel_tax_free_amount 1000000000, cancel_vat_amount 100000000\.$/
    const taxable = await call(mock, 'cancel', cancelation(tid, 2_000_000_000))
    expect(taxable.body['error_message']).toMatch(whole)
    const vat = { cancel_tax_free_amount: 1_000_000_000 }
    const remainder = await call(mock, 'cancel', cancelation(tid, 2_147_483_646, vat))
    expect(remainder.body['error_message']).toMatch(whole)
  })

  test('no default VAT where the setting says to cut it to what is left', async () => {
    const { mock } = clocked({ vatRemainder: 'clamp' })
    const { tid } = await paid(mock, { total_amount: 1000, vat_amount: 40 })
    await call(mock, 'cancel', cancelation(tid, 400))
    const { body } = await call(mock, 'cancel', cancelation(tid, 300))
    expect(body['approved_cancel_amount']).toEqual(amounts(300, 0, 4))
    expect(await call(mock, 'cancel', cancelation(tid, 100, { cancel_vat_amount: 1 }))).toMatchObject({
      body: { error_code: -710 },
    })
  })
})

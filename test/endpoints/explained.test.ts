import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { cancelation, paid } from '../flow.ts'
import { call, order } from '../merchant.ts'

const wrong = (why: string) => ({
  status: 400,
  body: { error_code: -722, error_message: `amount information is wrong! ${why}` },
})

test.each([
  [{ total_amount: 0, vat_amount: 0 }, 'total_amount must be 1 or more unless cid is a subscription cid.'],
  [{ green_deposit: 2300 }, 'green_deposit(2300) must not be more than total_amount(2200).'],
])('ready with %j says which amounts do not fit', async (fields, why) => {
  expect(await call(createMock(), 'ready', { ...order, ...fields })).toEqual(wrong(why))
})

test('more VAT than taxable won is refused, unless a cancel of all that is left must state it', async () => {
  const mock = createMock()
  const { tid } = await paid(mock, { total_amount: 1000, vat_amount: 500 })
  const cancel = (amount: number, vat: number) =>
    call(mock, 'cancel', cancelation(tid, amount, { cancel_vat_amount: vat }))
  const above = (amount: number, vat: number) =>
    wrong(`cancel_vat_amount(${vat}) must not be more than cancel_amount - cancel_tax_free_amount(${amount}).`)
  expect((await cancel(400, 400)).status).toBe(200)
  expect((await cancel(550, 0)).status).toBe(200)
  // 50 won are left, with 100 won of VAT.
  expect(await cancel(40, 100)).toEqual(above(40, 100))
  expect(await cancel(50, 90)).toEqual(above(50, 90))
  expect((await cancel(50, 100)).body).toMatchObject({ status: 'CANCEL_PAYMENT' })
})

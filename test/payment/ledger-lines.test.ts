import { expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { cancelation, paid, readied } from '../flow.ts'
import { call } from '../merchant.ts'

/** The ledger of a payment as the control API shows it, without instants and ids. */
const ledger = async (mock: Mock, tid: string) => {
  const response = await mock.request(`/_mock/payments/${tid}`)
  const { ledger: lines } = (await response.json()) as {
    ledger: { type: string; moved: unknown; left: unknown; vat: string }[]
  }
  return lines.map(({ type, moved, left, vat }) => ({ type, moved, left, vat }))
}
const won = (total: number, tax_free: number, vat: number) => ({ total, tax_free, vat })

test('the ledger says what moved, what is left, and how each VAT came about', async () => {
  const mock = createMock()
  const { tid } = await paid(mock)
  await call(mock, 'cancel', cancelation(tid, 1100))
  await call(mock, 'cancel', cancelation(tid, 100, { cancel_vat_amount: 5 }))
  await call(mock, 'cancel', cancelation(tid, 1000))
  const whole = 'vat 200: (2200 − 0) / 11, rounded, is 200'
  expect(await ledger(mock, tid)).toEqual([
    { type: 'ORDER', moved: won(2200, 0, 200), left: won(0, 0, 0), vat: whole },
    { type: 'PAYMENT', moved: won(2200, 0, 200), left: won(2200, 0, 200), vat: whole },
    {
      type: 'CANCEL',
      moved: won(1100, 0, 100),
      left: won(1100, 0, 100),
      vat: 'vat 100: (1100 − 0) / 11, rounded, is 100',
    },
    {
      type: 'CANCEL',
      moved: won(100, 0, 5),
      left: won(1000, 0, 95),
      vat: 'vat 5: as it was sent; (100 − 0) / 11, rounded, is 9',
    },
    { type: 'CANCEL', moved: won(1000, 0, 95), left: won(0, 0, 0), vat: 'vat 95: all that was left' },
  ])
})

test('a cancel of the same total as is left, or of the same VAT, is not all that was left by that alone', async () => {
  const mock = createMock()
  const { tid } = await paid(mock, { total_amount: 1100, vat_amount: 0 })
  await call(mock, 'cancel', cancelation(tid, 100, { cancel_vat_amount: 0 }))
  expect((await ledger(mock, tid)).at(-1)?.vat).toBe('vat 0: as it was sent; (100 − 0) / 11, rounded, is 9')
})

test('a payment that is not paid has its order alone', async () => {
  const mock = createMock()
  expect(await ledger(mock, await readied(mock))).toHaveLength(1)
})

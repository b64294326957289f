import { describe, expect, test } from 'vitest'
import { defaultVat } from '../../src/payment/amount.ts'

describe('the default VAT', () => {
  // Real answers. Only 2000 tells rounding from cutting off.
  test.each([
    [2000, 0, 182],
    [1_100_000, 0, 100_000],
    [270_600, 0, 24_600],
    [1100, 0, 100],
  ])('of %i won, %i of it tax-free, is %i, as was observed', (total, taxFree, vat) => {
    expect(defaultVat(total, taxFree)).toBe(vat)
  })

  test('rounds to the nearest won and leaves the tax-free part out', () => {
    expect([5, 6, 16, 17].map((total) => defaultVat(total, 0))).toEqual([0, 1, 1, 2])
    expect(defaultVat(1000, 120)).toBe(80)
    expect(defaultVat(1000, 1000)).toBe(0)
  })
})

import { expect, test } from 'vitest'
import { duration, durationMs } from '../../src/namespaces/duration.ts'

test.each([
  [1500, 1500],
  ['1500', 1500],
  ['500ms', 500],
  ['30s', 30_000],
  ['14m30s', 870_000],
  ['1d2h3m4s5ms', 93_784_005],
  ['-1h30m', -5_400_000],
])('%j is %i ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
  expect(duration.parse(text)).toBe(text)
})

test.each(['', '-', 'm', '30s14m', '1m1m', '1.5s', '5 m', '1000000d'])('%j is no duration', (text) => {
  expect(durationMs(text)).toBeUndefined()
  expect(duration.safeParse(text).success).toBe(false)
})

import * as z from 'zod'

/** The longest duration that any call takes: 100 years, in ms. */
const MAX_DURATION_MS = 100 * 365 * 86_400_000
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const DURATION = /^-?(?=\d)(?:\d{1,12}|(?:\d{1,12}d)?(?:\d{1,12}h)?(?:\d{1,12}m)?(?:\d{1,12}s)?(?:\d{1,12}ms)?)$/

const DURATION_FORM = 'must be ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d'

/** ms of `1500`, `"1500"`, `"15m"`, `"14m30s"` or `"-2h"`; undefined where it is none of these. */
export const durationMs = (value: string | number): number | undefined => {
  const text = String(value)
  const parts = DURATION.test(text) ? [...text.matchAll(/(\d+)(ms|[smhd])?/g)] : []
  if (parts.length === 0) return undefined
  const ms = parts.reduce((sum, [, digits, unit = 'ms']) => sum + Number(digits) * (units[unit] ?? 1), 0)
  return ms <= MAX_DURATION_MS ? (text.startsWith('-') ? -ms : ms) : undefined
}

/** A duration in a request: ms as a number, or numbers with d, h, m, s and ms in this order. */
export const duration = z
  .union([z.int(), z.string().regex(DURATION, DURATION_FORM)], { error: DURATION_FORM })
  .refine((v) => durationMs(v) !== undefined, 'must be a duration of at most 100 years')
  .meta({ description: 'ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d' })

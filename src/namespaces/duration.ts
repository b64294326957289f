import * as z from 'zod'

/** The longest duration that any call takes: 100 years, in ms. */
const MAX_DURATION_MS = 100 * 365 * 86_400_000
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const DURATION = /^(-?\d{1,12})(ms|s|m|h|d)?$/

const DURATION_FORM = 'must be ms as a number, or a text such as 500ms, 30s, 15m, 2h, 1d'

/** ms of `1500`, `"1500"`, `"15m"` or `"-2h"`; undefined where it is none of these. */
export const durationMs = (value: string | number): number | undefined => {
  const [, digits, unit = 'ms'] = DURATION.exec(String(value)) ?? []
  const ms = digits === undefined ? Number.NaN : Number(digits) * (units[unit] ?? 1)
  return Math.abs(ms) <= MAX_DURATION_MS ? ms : undefined
}

/** A duration in a request: ms as a number, or a number with ms, s, m, h or d. */
export const duration = z
  .union([z.int(), z.string().regex(DURATION, DURATION_FORM)], { error: DURATION_FORM })
  .refine((v) => durationMs(v) !== undefined, 'must be a duration of at most 100 years')
  .meta({ description: 'ms as a number, or a text such as 500ms, 30s, 15m, 2h, 1d' })

import * as z from 'zod'

/** The words that the calls of our own control API share. All of it is this project's choice: KakaoPay has no such API. */

/** An instant in an answer: ISO 8601 in UTC with milliseconds. */
export const instant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' })

const INSTANT = 'must be ISO 8601 with a zone, such as 2026-01-01T00:00:00+09:00, or epoch ms from 1970 to 2200'

/** An instant in a request: ISO 8601 with a zone, or epoch ms. */
export const instantInput = z
  .union(
    [
      z.iso.datetime({ offset: true, error: INSTANT }),
      z
        .int()
        .min(0)
        .max(Date.UTC(2200, 0, 1)),
    ],
    { error: INSTANT },
  )
  .meta({ description: 'ISO 8601 with a zone, such as 2026-01-01T00:00:00+09:00, or epoch ms' })

/** The longest that a fault keeps a client waiting, in ms. */
export const MAX_WAIT_MS = 600_000

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

/** Public name of a namespace, derived from its secret key. */
export const namespaceName = z.string().meta({ description: 'Public name: ns_ and 12 hex digits of the key’s SHA-256' })

export const amount = z.object({
  total: z.int(),
  tax_free: z.int(),
  vat: z.int(),
  point: z.int(),
  discount: z.int(),
  green_deposit: z.int(),
})

/** Which namespace a call is about; absent, reads see all and what is armed or moved holds for all. */
export const inNamespace = {
  namespace: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all.' }),
}

/** A number in a query string. */
export const count = (min: number, max: number, initial: number) =>
  z.coerce.number().int().min(min).max(max).default(initial)

export const removed = z.object({ removed: z.int() })

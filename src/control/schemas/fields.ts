import * as z from 'zod'

export { duration, durationMs } from '../../namespaces/duration.ts'
export { instant, namespaceName } from '../../namespaces/schema.ts'

/** The words that the calls of our own control API share. All of it is this project's choice: KakaoPay has no such API. */

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

import { z } from '@hono/zod-openapi'
import { controlError } from './problem.ts'

export { duration, durationMs } from '../namespaces/duration.ts'
export { instant, namespaceName } from '../namespaces/schema.ts'

/** An object that refuses unknown fields and names those it knows. */
export const fields = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => {
  const names = Object.keys(shape)
  const known = names.length === 0 ? 'this call takes none' : `the fields are ${names.join(', ')}`
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.join(', ').slice(0, 200)} is unknown. ${known}.`
        : 'must be a JSON object',
  })
}

/** For calls without parameters. */
export const nothing = fields({})

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

/** Epoch ms of a validated instant. */
export const msOf = (input: string | number): number => (typeof input === 'number' ? input : Date.parse(input))

export const amount = z
  .object({
    total: z.int(),
    tax_free: z.int(),
    vat: z.int(),
    point: z.int(),
    discount: z.int(),
    green_deposit: z.int(),
  })
  .openapi('Amount')

export const NAMESPACE_HEADER = 'x-kakaopay-mock-namespace'

/** Documents the header; request.ts reads it. */
export const headers = z.object({
  [NAMESPACE_HEADER]: z.string().optional().meta({
    description: 'Public name or secret key of the namespace that the call is about. Default: all.',
  }),
})

/** Which namespace a call is about; absent, reads see all and what is armed or moved holds for all. */
export const inNamespace = {
  namespace: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: `Public name or secret key; also as header ${NAMESPACE_HEADER}. Default: all.` }),
}

/** The query of calls that take a namespace alone. */
export const scope = fields(inNamespace)

/** A number in a query string. */
export const count = (min: number, max: number, initial: number) =>
  z.coerce.number().int().min(min).max(max).default(initial)

export const removed = z.object({ removed: z.int() })

export const json = <S extends z.ZodType>(schema: S) => ({ content: { 'application/json': { schema } } })

/** What a refused call answers. */
export const refused = { '4XX': { description: 'Refused.', ...json(controlError) } }

/** A JSON answer or a refusal. */
export const answers = <S extends z.ZodType>(schema: S) => ({
  200: { description: 'Done.', ...json(schema) },
  ...refused,
})

/** The same for a call that makes something. */
export const created = <S extends z.ZodType>(schema: S) => ({
  201: { description: 'Made.', ...json(schema) },
  ...refused,
})

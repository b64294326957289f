import { z } from '@hono/zod-openapi'
import { endpoints } from '../../contracts/index.ts'
import { refusalName } from '../faults/fault-types.ts'
import type { Filter } from '../journal/filter.ts'
import { inNamespace, instantInput, msOf } from './fields.ts'

const calls = [...Object.keys(endpoints), 'payer']

/** What narrows the journal, in a query string. */
export const filter = {
  ...inNamespace,
  tid: z.string().optional(),
  order_id: z.string().optional(),
  call: z.enum(calls).optional(),
  status: z.coerce.number({ error: 'must be an HTTP status, such as 400' }).int().optional(),
  refusal: refusalName.optional(),
  text: z.string().max(200).optional().meta({ description: 'A text in the path, the request or the answer' }),
  since: z.union([instantInput, z.coerce.number().int()]).optional(),
  until: z.union([instantInput, z.coerce.number().int()]).optional(),
  after: z.string().optional().meta({ description: 'Only entries newer than this ULID' }),
}

type Query = z.output<z.ZodObject<typeof filter>>

export const filterOf = (query: Query, namespace: string | undefined): Filter => ({
  namespace,
  tid: query.tid,
  order_id: query.order_id,
  call: query.call,
  status: query.status,
  refusal: query.refusal,
  text: query.text,
  since: query.since === undefined ? undefined : msOf(query.since),
  until: query.until === undefined ? undefined : msOf(query.until),
  after: query.after,
})

import { z } from '@hono/zod-openapi'
import { MAX_LABEL } from '../namespaces/namespaces.ts'
import { duration, durationMs, fields } from './fields.ts'

/** How this mock answers where the real service leaves a choice: the config’s settings of the same names. */
export const settings = fields({
  redirects: z.enum(['local', 'real']),
  appSchemes: z.boolean(),
  emptyKeys: z.enum(['null', 'omit']),
  vatRemainder: z.enum(['refuse', 'clamp']),
  payer: z.enum(['manual', 'approve', 'cancel', 'fail', 'expire']),
  installMonth: z.enum(['fixed', 'max']),
  sidCid: z.enum(['any', 'same']),
  sidChargesPerDay: z.int().min(0),
  failedApprove: z.enum(['retry', 'fail']),
  quota: z.int().min(0),
  maintenance: z.boolean(),
}).openapi('Settings')

/** Above 0: a lease of 0 would drop a namespace as soon as it is made. */
const lease = z.union([
  duration.refine((v) => (durationMs(v) ?? 0) > 0, 'must be above 0; null is for never'),
  z.null(),
])

/** What can be changed of one namespace, or of all. */
export const changes = {
  lease: lease.optional().meta({ description: 'Dropped when unused for so long; null: never' }),
  ttl: lease.optional().meta({ description: 'Another name for lease' }),
  settings: settings.partial().optional(),
}
export const label = z.string().min(1).max(MAX_LABEL).nullable().optional().meta({
  description: 'What to call it, so that several test keys can be told apart; null removes it',
})
export const seed = z.string().min(1).max(200).optional().meta({ description: 'Makes its ids repeatable from now on' })

export type Change = z.output<z.ZodObject<typeof changes & { label: typeof label; seed: typeof seed }>>

/** In ms, null for never; undefined where the change names none. */
export const leaseOf = ({ lease, ttl = lease }: Change): number | null | undefined =>
  ttl === undefined ? undefined : ttl === null ? null : durationMs(ttl)

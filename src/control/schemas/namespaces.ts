import * as z from 'zod'
import { controlEndpoint } from './endpoint.ts'
import { count, duration, durationMs, inNamespace, instant, instantInput, namespaceName } from './fields.ts'

/** How this mock answers where the real service leaves a choice: the config’s settings of the same names. */
export const settings = z.strictObject({
  redirects: z.enum(['local', 'real']),
  appSchemes: z.boolean(),
  emptyKeys: z.enum(['null', 'omit']),
  vatRemainder: z.enum(['refuse', 'clamp']),
  payer: z.enum(['manual', 'approve', 'cancel', 'fail', 'expire']),
})

/** A clock is the system’s, moved by `offset_ms`, or stands still. */
export const clock = z.object({
  namespace: namespaceName.nullable().meta({ description: 'null: what a new namespace starts with' }),
  now: instant,
  kst: z.string().meta({ description: 'As KakaoPay writes instants' }),
  frozen: z.boolean(),
  offset_ms: z.int().meta({ description: 'How far it is from the system’s clock' }),
})

export const namespace = z.object({
  name: namespaceName,
  key: z.string().nullable().meta({ description: 'The secret key, masked; null before its first call' }),
  payments: z.int(),
  calls: z.int(),
  faults: z.int(),
  clock,
  settings,
  seeded: z.boolean(),
  lease_ms: z.int().nullable().meta({ description: 'Dropped when unused for so long; null: never' }),
  last_used: instant,
})

/** Longer than nothing: an instant's lease would drop what the next call has just made. */
const lease = z.union([
  duration.refine((v) => (durationMs(v) ?? 0) > 0, 'must be above 0; null is for never'),
  z.null(),
])

export const namespaceChange = z.strictObject({
  lease: lease.optional().meta({ description: 'Dropped when unused for so long; null: never' }),
  ttl: lease.optional().meta({ description: 'Another name for lease' }),
  settings: settings.partial().optional(),
  seed: z.string().min(1).max(200).optional().meta({ description: 'Makes its ids repeatable from now on' }),
})

export const due = z.object({
  tid: z.string(),
  namespace: namespaceName,
  what: z.literal('expired'),
  at: instant,
})

export const moved = z.object({
  clocks: z.array(clock),
  due: z.array(due).meta({ description: 'Payments whose 15 minutes ended by this move' }),
})

const body = z.strictObject(inNamespace)
export const freeze = body.extend({ at: instantInput.optional().meta({ description: 'Default: now' }) })
export const offset = body.extend({ by: duration.meta({ description: 'From the system’s clock' }) })
export const advance = body.extend({ by: duration })
export const to = body.extend({ at: instantInput })
export const resume = body

/** Namespaces in one answer. */
const MAX_LISTED = 10_000

export const namespaceCalls = {
  namespaces: controlEndpoint({
    name: 'namespaces',
    method: 'GET',
    path: '/_mock/namespaces',
    summary: 'Lists namespaces, the last used first',
    query: z.strictObject({ limit: count(1, MAX_LISTED, MAX_LISTED) }),
    response: z.object({
      namespaces: z.array(namespace),
      total: z.int().meta({ description: 'How many there are' }),
      limit: z.int().meta({ description: 'How many there can be: --max-namespaces' }),
    }),
  }),
  namespace: controlEndpoint({
    name: 'namespace',
    method: 'GET',
    path: '/_mock/namespaces/{name}',
    summary: 'Shows one namespace; its secret key may stand in the place of its name',
    response: namespace,
  }),
  changeNamespace: controlEndpoint({
    name: 'changeNamespace',
    method: 'PUT',
    path: '/_mock/namespaces/{name}',
    summary: 'Sets its lease, settings or seed; makes it where there is none',
    request: namespaceChange,
    response: namespace,
  }),
  changeNamespaces: controlEndpoint({
    name: 'changeNamespaces',
    method: 'PUT',
    path: '/_mock/namespaces',
    summary: 'The same for the namespace that the header names; without one for all, present and to come',
    request: namespaceChange.omit({ seed: true }),
    response: z.object({ namespaces: z.int(), settings: settings, lease_ms: z.int().nullable() }),
  }),
  removeNamespace: controlEndpoint({
    name: 'removeNamespace',
    method: 'DELETE',
    path: '/_mock/namespaces/{name}',
    summary: 'Drops a namespace with its payments, journal, faults, clock and settings',
    response: z.object({ removed: z.int(), payments: z.int() }),
  }),
  resetNamespace: controlEndpoint({
    name: 'resetNamespace',
    method: 'POST',
    path: '/_mock/namespaces/{name}/reset',
    summary: 'Empties a namespace: as if its key had never been used; lease, settings and seed stay',
    response: z.object({ payments: z.int(), entries: z.int(), faults: z.int() }),
  }),
  reset: controlEndpoint({
    name: 'reset',
    method: 'POST',
    path: '/_mock/reset',
    summary: 'Empties the namespace that the header names; without one all of them; applications stay',
    response: z.object({ namespaces: z.int(), payments: z.int(), entries: z.int(), faults: z.int() }),
  }),
} as const

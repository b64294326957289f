import { z } from '@hono/zod-openapi'
import { statuses } from '../../contracts/answer.ts'
import { faultSpec } from '../faults/fault-types.ts'
import { match, when } from '../faults/rule.ts'
import { applicationFields } from '../namespaces/application.ts'
import type { Payment } from '../payment/payment.ts'
import type { Subscription } from '../payment/subscription.ts'
import type { Kept } from '../store/store.ts'
import { settings } from './settings.ts'

/** Path of the one control call whose body may be large. */
export const STATE_PATH = '/_mock/state'

/** Largest body of an import, in bytes. */
export const MAX_STATE_BYTES = 256 * 1024 * 1024

/** Goes up when a file of the version before can no longer be read. */
export const STATE_VERSION = 1

const at = z.int().min(0).meta({ description: 'Epoch ms' })
const won = z.int()
export const amount = z.strictObject({
  total: won,
  tax_free: won,
  vat: won,
  point: won,
  discount: won,
  green_deposit: won,
})
const namespaceName = z.string().regex(/^ns_[0-9a-f]{12}$/, 'must be ns_ and 12 hex digits')
const id = (letter: string) =>
  z.string().regex(new RegExp(`^${letter}[0-9a-f]{19}$`), `must be ${letter} and 19 hex digits`)

const choice = z.strictObject({
  payment_method_type: z.enum(['CARD', 'MONEY']),
  card: z.string().nullable(),
  card_type: z.enum(['CREDIT', 'CHECK']).nullable(),
  install_month: z.int().min(0).max(12),
  interest_free_install: z.enum(['Y', 'N']),
  point: won,
  discount: won,
})

export const action = z.strictObject({
  aid: id('A'),
  payment_action_type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']),
  amount,
  approved_at: at,
  payload: z.string().nullable(),
})

export const payment = z
  .strictObject({
    tid: id('T'),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
    namespace: namespaceName,
    owner: z.string(),
    cid: z.string().length(10),
    sid: id('S').nullable(),
    subscription: z.boolean(),
    partner_order_id: z.string(),
    partner_user_id: z.string(),
    item_name: z.string(),
    item_code: z.string().nullable(),
    quantity: z.int(),
    amount,
    canceled: amount,
    approval_url: z.string(),
    cancel_url: z.string(),
    fail_url: z.string(),
    payment_method_type: z.enum(['CARD', 'MONEY']).nullable(),
    available_cards: z.array(z.string()).nullable(),
    install_month: z.int().nullable(),
    use_share_installment: z.boolean().default(false),
    custom_json: z.record(z.string(), z.string()).nullable().default(null),
    redirect_scheme_url: z.string().nullable().default(null),
    status: z.enum(statuses),
    choice: choice.nullable(),
    pg_token: z.string().nullable(),
    payload: z.string().nullable(),
    created_at: at,
    expires_at: at,
    approved_at: at.nullable(),
    canceled_at: at.nullable(),
    ended_at: at.nullable(),
    actions: z.array(action),
  })
  .openapi('StatePayment')

export const subscription = z
  .strictObject({
    sid: id('S'),
    namespace: namespaceName,
    owner: z.string(),
    cid: z.string().length(10),
    partner_user_id: z.string(),
    item_name: z.string(),
    choice,
    status: z.enum(['ACTIVE', 'INACTIVE']),
    created_at: at,
    last_approved_at: at.nullable(),
    inactivated_at: at.nullable(),
    points_only: z.boolean().default(false),
    charges: z.strictObject({ day: z.string(), count: z.int() }).nullable().default(null),
  })
  .openapi('StateSubscription')

export const application = z.strictObject({
  id: z.string(),
  ...applicationFields,
  key_hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the secret key, 64 hex digits'),
  key_mask: z.string(),
  namespace: namespaceName,
  created_at: at,
})

export const namespace = z.strictObject({
  name: namespaceName,
  settings: settings.partial(),
  clock: z.strictObject({ frozen_at: z.int().nullable(), offset_ms: z.int() }),
  seed: z.string().nullable().meta({ description: 'Read, and never exported: whoever knows it can guess its ids' }),
  lease_ms: z.int().nullable(),
  key_mask: z.string().nullable(),
  label: z.string().nullable(),
  generation: z.int().min(0),
  calls: z.int().min(0),
  last_used: at,
})

export const fault = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  namespace: namespaceName.nullable(),
  match,
  when,
  do: faultSpec,
  armed_at: at,
  matched: z.int().min(0),
  fired: z.int().min(0),
  last_fired: z.array(
    z.strictObject({
      at,
      journal: z.string().nullable(),
      call: z.string(),
      tid: z.string().nullable(),
      money_moved: z.boolean(),
    }),
  ),
})

/** Everything that is kept but the journal, oldest first. Secret keys are not in it: of an application's key there is a hash. */
export const snapshot = z
  .strictObject({
    version: z.literal(STATE_VERSION),
    payments: z.array(payment),
    subscriptions: z.array(subscription),
    applications: z.array(application),
    namespaces: z.array(namespace),
    faults: z.array(fault),
  })
  .openapi('State')

export type Snapshot = z.output<typeof snapshot>

/** The lists of a snapshot whose items are records of the store: the kind, the list, the field that is the id. */
export const recordLists = [
  ['application', 'applications', 'id'],
  ['namespace', 'namespaces', 'name'],
  ['fault', 'faults', 'id'],
] as const

/** A snapshot as a store takes it. */
export const toKept = (state: Snapshot): Kept => ({
  payments: state.payments as readonly Payment[],
  subscriptions: state.subscriptions as readonly Subscription[],
  records: Object.fromEntries(
    recordLists.map(([kind, list, id]) => [
      kind,
      (state[list] as readonly Readonly<Record<string, unknown>>[]).map((value) => ({ id: String(value[id]), value })),
    ]),
  ),
})

/** The state of `--state FILE`, at the instant when it is asked for: `-1d` in the file is then a day ago. */
export type StateFile = (now: number) => Kept

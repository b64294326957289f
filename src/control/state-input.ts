import { z } from '@hono/zod-openapi'
import { durationMs } from '../namespaces/duration.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import { action, amount, application, fault, namespace, payment, STATE_VERSION, subscription } from './snapshot.ts'

const INSTANT = 'must be epoch ms, ISO 8601 with a zone, or a time ago such as -1d or -2h30m'

/** An instant of a state file: also as a time before it is read, so that the file does not grow old. */
const instant = z
  .union(
    [
      z.int().min(0),
      z.iso.datetime({ offset: true }),
      z
        .string()
        .regex(/^-\d/)
        .refine((text) => durationMs(text) !== undefined),
    ],
    { error: INSTANT },
  )
  .meta({ description: 'Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m' })

/** Epoch ms of an instant of a state file that is read at `now`. */
export const msOf = (input: z.output<typeof instant>, now: number): number => {
  if (typeof input === 'number') return input
  return input.startsWith('-') ? now + (durationMs(input) ?? 0) : Date.parse(input)
}

const owner = z
  .string()
  .min(1)
  .max(500)
  .transform(nameOf)
  .meta({ description: 'Public name of a namespace, or its secret key' })

const amounts = amount.partial().required({ total: true })

const paymentInput = payment
  .extend({
    namespace: owner,
    amount: amounts,
    canceled: amounts,
    created_at: instant,
    expires_at: instant,
    approved_at: instant.nullable(),
    canceled_at: instant.nullable(),
    ended_at: instant.nullable(),
    actions: z.array(action.extend({ approved_at: instant })),
  })
  .partial()
  .required({ tid: true, namespace: true, cid: true, item_name: true, amount: true })
  .required({ partner_order_id: true, partner_user_id: true })
  .openapi('StatePaymentInput')

const subscriptionInput = subscription
  .extend({
    namespace: owner,
    created_at: instant,
    last_approved_at: instant.nullable(),
    inactivated_at: instant.nullable(),
  })
  .partial()
  .required({ sid: true, namespace: true, cid: true, partner_user_id: true, item_name: true })
  .openapi('StateSubscriptionInput')

/** What an import takes: an exported state, or a file written by hand that names what matters. The rest is filled in. */
export const stateInput = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(STATE_VERSION),
    payments: z.array(paymentInput).default([]),
    subscriptions: z.array(subscriptionInput).default([]),
    applications: z.array(application).default([]),
    namespaces: z
      .array(namespace.extend({ name: owner, last_used: instant }).partial().required({ name: true }))
      .default([]),
    faults: z
      .array(fault.extend({ namespace: owner.nullable(), armed_at: instant }).partial().required({ do: true }))
      .default([]),
  })
  .openapi('StateInput')

export type StateInput = z.output<typeof stateInput>
export type PaymentInput = StateInput['payments'][number]
export type SubscriptionInput = StateInput['subscriptions'][number]

/** Every call, in the order a payment makes them. */
import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import { inactive } from './inactive.ts'
import { order } from './order.ts'
import { ready } from './ready.ts'
import { status } from './status.ts'
import { subscription } from './subscription.ts'

/** Spelled out, so that the published declarations need no zod. */
export type EndpointName = 'ready' | 'approve' | 'order' | 'cancel' | 'subscription' | 'inactive' | 'status'

export const endpoints = { ready, approve, order, cancel, subscription, inactive, status } as const satisfies Record<
  EndpointName,
  unknown
>

/** Calls that move money when they succeed. */
export const movesMoney: ReadonlySet<string> = new Set<EndpointName>(['approve', 'cancel', 'subscription'])

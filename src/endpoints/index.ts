import type { RequestOf, ResponseOf } from '../../contracts/endpoint.ts'
import type { endpoints as contracts, EndpointName } from '../../contracts/index.ts'
import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import type { Handler } from './context.ts'
import { inactive } from './inactive.ts'
import { order } from './order.ts'
import { ready } from './ready.ts'
import { status } from './status.ts'
import { subscription } from './subscription.ts'

/** One handler for each call of the contracts; a missing one is a type error. */
export const handlers: {
  readonly [K in EndpointName]: Handler<RequestOf<(typeof contracts)[K]>, ResponseOf<(typeof contracts)[K]>>
} = { ready, approve, order, cancel, subscription, inactive, status }

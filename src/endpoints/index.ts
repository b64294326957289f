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

/** What answers each call of the contracts. The compiler asks for the line that is missing. */
export const handlers: {
  readonly [K in EndpointName]: Handler<RequestOf<(typeof contracts)[K]>, ResponseOf<(typeof contracts)[K]>>
} = { ready, approve, order, cancel, subscription, inactive, status }

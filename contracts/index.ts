/** Every call, in the order a payment makes them. */
import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import { order } from './order.ts'
import { ready } from './ready.ts'

export const endpoints = { ready, approve, order, cancel } as const

export type EndpointName = keyof typeof endpoints

/** Every call, in the order a payment makes them. */
import { ready } from './ready.ts'

export const endpoints = { ready } as const

export type EndpointName = keyof typeof endpoints

import * as z from 'zod'
import { applicationCalls } from './applications.ts'
import { auditCalls } from './audit.ts'
import { catalogueCalls } from './catalogue.ts'
import { clockCalls } from './clock.ts'
import { faultCalls } from './faults.ts'
import { journalCalls } from './journal.ts'
import { namespaceCalls } from './namespaces.ts'
import { paymentCalls } from './payments.ts'
import { serverCalls } from './server.ts'

export { type ControlEndpoint, controlEndpoint } from './endpoint.ts'

/** The form of every error of the control API: KakaoPay's two keys, with the HTTP status as a negative code. */
export const controlError = z.object({ error_code: z.int(), error_message: z.string() })

/** Every call of the control API, in the order in which the README explains them. The compiler asks for the handler that is missing. */
export const controlEndpoints = {
  ...serverCalls,
  ...paymentCalls,
  ...applicationCalls,
  ...namespaceCalls,
  ...journalCalls,
  ...faultCalls,
  ...clockCalls,
  ...auditCalls,
  ...catalogueCalls,
} as const

export type ControlName = keyof typeof controlEndpoints
export type ControlRequest<N extends ControlName> = z.output<(typeof controlEndpoints)[N]['request']>
export type ControlQuery<N extends ControlName> = z.output<(typeof controlEndpoints)[N]['query']>
export type ControlResponse<N extends ControlName> = z.input<(typeof controlEndpoints)[N]['response']>

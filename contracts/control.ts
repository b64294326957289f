import * as z from 'zod'
import { applicationCalls } from './control/applications.ts'
import { auditCalls } from './control/audit.ts'
import { catalogueCalls } from './control/catalogue.ts'
import { clockCalls } from './control/clock.ts'
import { journalCalls } from './control/journal.ts'
import { namespaceCalls } from './control/namespaces.ts'
import { paymentCalls } from './control/payments.ts'
import { scenarioCalls } from './control/scenarios.ts'
import { serverCalls } from './control/server.ts'

export { type ControlEndpoint, controlEndpoint } from './control/endpoint.ts'

/** The form of every error of the control API: KakaoPay's two keys, with the HTTP status as a negative code. */
export const controlError = z.object({ error_code: z.int(), error_message: z.string() })

/** Every call of the control API, in the order in which the README explains them. The compiler asks for the handler that is missing. */
export const controlEndpoints = {
  ...serverCalls,
  ...paymentCalls,
  ...applicationCalls,
  ...namespaceCalls,
  ...journalCalls,
  ...scenarioCalls,
  ...clockCalls,
  ...auditCalls,
  ...catalogueCalls,
} as const

export type ControlName = keyof typeof controlEndpoints
export type ControlRequest<N extends ControlName> = z.output<(typeof controlEndpoints)[N]['request']>
export type ControlQuery<N extends ControlName> = z.output<(typeof controlEndpoints)[N]['query']>
export type ControlResponse<N extends ControlName> = z.input<(typeof controlEndpoints)[N]['response']>

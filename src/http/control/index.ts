import { Hono, type MiddlewareHandler } from 'hono'
import type { Bindings } from '../api.ts'
import { createDashboard } from '../dashboard/dashboard.ts'
import { applicationHandlers } from './applications.ts'
import { auditHandlers } from './audit.ts'
import { catalogueHandlers } from './catalogue.ts'
import { clockHandlers } from './clock.ts'
import { eventHandlers } from './events.ts'
import { createGuard } from './guard.ts'
import { journalHandlers } from './journal.ts'
import { namespaceHandlers } from './namespaces.ts'
import type { ControlParts } from './parts.ts'
import { createPayer } from './payer.ts'
import { paymentHandlers } from './payments.ts'
import { problem } from './problem.ts'
import { type ControlHandlers, createControlRouter } from './router.ts'
import { scenarioHandlers } from './scenarios.ts'
import { serverHandlers } from './server.ts'

const handlersOf = (parts: ControlParts): ControlHandlers => ({
  ...serverHandlers(parts),
  /** Read when it is asked for: a start does not pay for it. */
  async openapi() {
    const { default: document } = await import('../../../control.openapi.yaml?raw')
    return new Response(document, { headers: { 'content-type': 'application/yaml;charset=UTF-8' } })
  },
  ...paymentHandlers(parts),
  ...applicationHandlers(parts),
  ...namespaceHandlers(parts),
  ...journalHandlers(parts),
  ...scenarioHandlers(parts),
  ...clockHandlers(parts),
  ...auditHandlers(parts),
  ...eventHandlers(parts),
  ...catalogueHandlers,
})

/** What a client sent stands in many an answer: no browser may take it for a page or a script, nor hand it to another site's. */
const toldAsItIs: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('x-content-type-options', 'nosniff')
  c.header('cross-origin-resource-policy', 'same-origin')
}

/** Everything under `/_mock`, none of which is KakaoPay's: the guard first, then the calls, then our own "not found". */
export const createControl = (parts: ControlParts) => {
  const app = new Hono<{ Bindings: Bindings }>()
  app.use('/_mock/*', toldAsItIs)
  app.use('/_mock', createGuard(parts))
  app.use('/_mock/*', createGuard(parts))
  app.route('/', createControlRouter(handlersOf(parts), parts.maxBodyBytes))
  app.route('/_mock', createPayer(parts))
  app.route('/', createDashboard())
  app.all('/_mock/*', (c) =>
    problem(
      404,
      `there is no control call ${c.req.method} ${c.req.path.slice(0, 200)}. GET /_mock/openapi.yaml lists them.`,
    ),
  )
  return app
}

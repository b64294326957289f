import { Hono, type MiddlewareHandler } from 'hono'
import { createDashboard } from '../dashboard/dashboard.ts'
import type { Env } from '../http/deps.ts'
import { applicationHandlers } from './applications.ts'
import { auditHandlers } from './audit.ts'
import { catalogueHandlers } from './catalogue.ts'
import { clockHandlers } from './clock.ts'
import type { ControlDeps } from './deps.ts'
import { eventHandlers } from './events.ts'
import { faultHandlers } from './faults.ts'
import { createGuard } from './guard.ts'
import { journalHandlers } from './journal.ts'
import { namespaceHandlers } from './namespaces.ts'
import { paymentHandlers } from './payments.ts'
import { problem } from './problem.ts'
import { type ControlHandlers, createControlRouter } from './router.ts'
import { serverHandlers } from './server.ts'

const handlersOf = (deps: ControlDeps): ControlHandlers => ({
  ...serverHandlers(deps),
  /** Read when it is asked for: a start does not pay for it. */
  async openapi() {
    const { default: document } = await import('../../control.openapi.yaml?raw')
    return new Response(document, { headers: { 'content-type': 'application/yaml;charset=UTF-8' } })
  },
  ...paymentHandlers(deps),
  ...applicationHandlers(deps),
  ...namespaceHandlers(deps),
  ...journalHandlers(deps),
  ...faultHandlers(deps),
  ...clockHandlers(deps),
  ...auditHandlers(deps),
  ...eventHandlers(deps),
  ...catalogueHandlers,
})

/** What a client sent stands in many an answer: no browser may take it for a page or a script, nor hand it to another site's. */
const toldAsItIs: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('x-content-type-options', 'nosniff')
  c.header('cross-origin-resource-policy', 'same-origin')
}

/** Everything under `/_mock`, none of which is KakaoPay's: the guard first, then the calls, then our own "not found". */
export const createControl = (deps: ControlDeps) => {
  const app = new Hono<Env>()
  app.use('/_mock/*', toldAsItIs)
  app.use('/_mock', createGuard(deps))
  app.use('/_mock/*', createGuard(deps))
  app.route('/', createControlRouter(handlersOf(deps), deps))
  app.route('/', createDashboard())
  app.all('/_mock/*', (c) =>
    problem(
      404,
      `there is no control call ${c.req.method} ${c.req.path.slice(0, 200)}. GET /_mock/openapi.yaml lists them.`,
    ),
  )
  return app
}

import { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { except } from 'hono/combine'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from '../http/deps.ts'
import { boundReading } from './answer.ts'
import { applicationsApp } from './applications.ts'
import { auditApp } from './audit.ts'
import { cancelPreviewApp } from './cancel-preview.ts'
import { catalogueApp } from './catalogue.ts'
import { clockApp } from './clock.ts'
import { configurationApp } from './configuration.ts'
import type { ControlDeps } from './deps.ts'
import { deviationsApp } from './deviations.ts'
import type { ControlEnv } from './env.ts'
import { eventsApp } from './events.ts'
import { faultsApp } from './faults.ts'
import { createGuard } from './guard.ts'
import { journalApp } from './journal.ts'
import { merchantApp } from './merchant.ts'
import { namespacesApp } from './namespaces.ts'
import { payerApp } from './payer.ts'
import { paymentsApp } from './payments.ts'
import { problem } from './problem.ts'
import { readRequest, refuseInvalid } from './request.ts'
import { resetApp } from './reset.ts'
import { serverApp } from './server.ts'
import { stateApp } from './state.ts'
import { subscriptionsApp } from './subscriptions.ts'

/** Every call of the control API, in the order in which its document lists them. */
export const createControlApi = (deps: ControlDeps) => {
  const api = new OpenAPIHono<ControlEnv>({ defaultHook: refuseInvalid })
  api.use('/_mock/*', boundReading)
  api.use('/_mock/*', readRequest(deps))
  for (const app of [
    serverApp(deps),
    paymentsApp(deps),
    payerApp(deps),
    cancelPreviewApp(deps),
    merchantApp(deps),
    subscriptionsApp(deps),
    applicationsApp(deps),
    namespacesApp(deps),
    resetApp(deps),
    stateApp(deps),
    configurationApp(deps),
    journalApp(deps),
    faultsApp(deps),
    clockApp(deps),
    auditApp(deps),
    deviationsApp(deps),
    eventsApp(deps),
    catalogueApp(),
  ])
    api.route('/', app)
  return api
}

/** Everything under `/_mock`, none of which is KakaoPay's: the guard first, then dashboard and API, then our own "not found". */
export const createControl = (deps: ControlDeps, dashboard: Hono<Env>) => {
  const app = new Hono<Env>()
  // Answers repeat what clients sent, so no browser may run them as a page or script, or pass them to another site. No HSTS:
  // the host is usually localhost, where other servers speak plain HTTP. The dashboard sets its own.
  app.use('/_mock/*', except(['/_mock/', '/_mock/assets/*'], secureHeaders({ strictTransportSecurity: false })))
  app.use('/_mock', createGuard(deps))
  app.use('/_mock/*', createGuard(deps))
  app.route('/', dashboard)
  app.route('/', createControlApi(deps))
  app.all('/_mock/*', (c) =>
    problem(
      c,
      404,
      `there is no control call ${c.req.method} ${c.req.path.slice(0, 200)}. GET /_mock/openapi.yaml lists them.`,
    ),
  )
  return app
}

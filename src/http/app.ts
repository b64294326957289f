import { Hono } from 'hono'
import { refuse } from '../payment/refusal.ts'
import { arrivalOf, type Bindings, type Call, callerOf, conclude } from './api.ts'
import { createControl } from './control/index.ts'
import type { ControlParts } from './control/parts.ts'
import { refusalResponse } from './errors.ts'
import { createHandler } from './handler.ts'
import { createPage } from './page/page.ts'
import { record } from './record.ts'
import { isClosedByScenario } from './transmit.ts'

export type AppParts = ControlParts

/** The street door: every path there is, and one answer for those that are not. */
export const createApp = (parts: AppParts, calls: ReadonlyMap<string, Call>) => {
  const app = new Hono<{ Bindings: Bindings }>({ getPath: exactPath })
  for (const [path, call] of calls) app.on(call.endpoint.method, path, createHandler(call, parts))
  app.route('/', createControl(parts))
  app.route('/', createPage(parts))
  app.notFound((c) => {
    const refusal = refuse('not-found', 'wire.path', { method: c.req.method, path: c.req.path })
    const arrival = arrivalOf(c.req.raw, c.env?.incoming, parts)
    const whose = callerOf(c.req.header('authorization') ?? null, parts.namespaces)
    if (parts.journal.on) record(parts.journal, null, arrival, whose, null, conclude(refusal), refusal)
    return refusalResponse(refusal)
  })
  app.onError((error) => {
    if (isClosedByScenario(error)) throw error
    parts.onError(error)
    return refusalResponse(refuse('internal-error', 'wire.path'))
  })
  return app
}

/** The path to the letter, as it was sent: `//`, `%2e` and `x/..` are other paths, not other spellings of the same one. */
const exactPath = (request: Request, options?: { env?: Bindings }): string => {
  const target = options?.env?.incoming?.url ?? request.url.slice(request.url.indexOf('/', 8))
  const end = target.search(/[?#]/)
  return end < 0 ? target : target.slice(0, end)
}

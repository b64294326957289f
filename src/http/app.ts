import { Hono } from 'hono'
import { refuse } from '../payment/refusal.ts'
import { type ApiParts, type Bindings, type Call, createHandler } from './api.ts'
import { createHealth, type HealthParts } from './control.ts'
import { refusalResponse } from './errors.ts'
import { createPage } from './page/page.ts'
import { createPayer } from './payer.ts'

export interface AppParts extends ApiParts, HealthParts {}

/** The street door: every path there is, and one answer for those that are not. */
export const createApp = (parts: AppParts, calls: ReadonlyMap<string, Call>) => {
  const app = new Hono<{ Bindings: Bindings }>({ getPath: exactPath })
  for (const [path, call] of calls) app.on(call.endpoint.method, path, createHandler(call, parts))
  app.route('/_mock', createHealth(parts))
  app.route('/_mock', createPayer(parts))
  app.route('/', createPage(parts))
  app.notFound((c) => refusalResponse(refuse('not-found', 'wire.path', { method: c.req.method, path: c.req.path })))
  app.onError((error) => {
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

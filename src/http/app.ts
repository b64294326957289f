import { Hono } from 'hono'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import type { Handler } from '../endpoints/context.ts'
import { handlers } from '../endpoints/index.ts'
import { refuse } from '../payment/refusal.ts'
import { type ApiDeps, type Env, requestInfo } from './deps.ts'
import { refusalResponse } from './errors.ts'
import { outcomeOf } from './outcome.ts'
import { createPipeline, refusedCaller } from './pipeline.ts'
import { record } from './record.ts'
import { retiredHostResponse } from './retired-host.ts'
import { isClosedByFault } from './send.ts'
import { refusalOf } from './through-store.ts'

/** KakaoPay's calls, then the pages that are ours, then one answer for every other path. */
export const createApp = (deps: ApiDeps, pages: readonly Hono<Env>[]): Hono<Env> => {
  const app = new Hono<Env>({ getPath: exactPath })
  for (const endpoint of Object.values(endpoints) as Endpoint[]) {
    const handler = handlers[endpoint.name as keyof typeof handlers] as unknown as Handler<unknown, object>
    app.on(endpoint.method, endpoint.path, createPipeline(endpoint, handler, deps))
  }
  for (const page of pages) app.route('/', page)
  app.notFound(async (c) => {
    const retired = retiredHostResponse(c.req.header('host') ?? new URL(c.req.url).host, c.req.path)
    if (retired) {
      const reply = { status: retired.status, headers: {}, body: await retired.clone().text() }
      const outcome = { reply, refusal: null, delivered: true, money_moved: false, tid: undefined }
      record(deps, null, requestInfo(c.req.raw, c.env?.incoming, deps), undefined, null, outcome)
      return retired
    }
    const refusal = refuse('not-found', 'wire.path', { method: c.req.method, path: c.req.path })
    const caller = refusedCaller(c.req.header('authorization') ?? null, deps)
    record(deps, null, requestInfo(c.req.raw, c.env?.incoming, deps), caller, null, outcomeOf(refusal))
    return refusalResponse(refusal)
  })
  app.onError((error) => {
    if (isClosedByFault(error)) throw error
    deps.onError(error)
    return refusalResponse(refusalOf(error))
  })
  return app
}

/** The path to the letter, as it was sent: `//`, `%2e` and `x/..` are other paths, not other spellings of the same one. */
const exactPath = (request: Request, options?: { env?: Env['Bindings'] }): string => {
  const target = options?.env?.incoming?.url ?? request.url.slice(request.url.indexOf('/', 8))
  const end = target.search(/[?#]/)
  return end < 0 ? target : target.slice(0, end)
}

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { applicationChange, applicationFields, applicationInput } from '../namespaces/application.ts'
import type { Registered } from '../namespaces/applications.ts'
import { iso } from '../payment/ledger.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, created, fields, instant, json, nothing, removed } from './fields.ts'
import { problem } from './problem.ts'

const application = z
  .object({
    id: z.string(),
    ...applicationFields,
    secret_key: z.string().meta({ description: 'Masked' }),
    namespace: z.string(),
    configured: z.boolean().meta({ description: 'From the config: comes back with the next start' }),
    created_at: instant,
  })
  .openapi('Application')

/** The only two answers that show a key whole. */
const issued = z.object({
  ...application.shape,
  secret_key: z.string().meta({ description: 'DEV and 37 upper-case hex digits, shown this once' }),
})

const path = '/_mock/applications'
const one = '/_mock/applications/{id}'
const tags = ['applications']
const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path,
  operationId: 'applications',
  tags,
  summary: 'Lists registered applications; while there is none every key works',
  request: { query: nothing },
  responses: answers(z.object({ applications: z.array(application), any_key_works: z.boolean() })),
})

const register = createRoute({
  method: 'post',
  path,
  operationId: 'registerApplication',
  tags,
  summary: 'Registers an application and issues its secret key, which is shown this once',
  request: { query: nothing, body: json(fields(applicationInput.shape)) },
  responses: created(issued),
})

const show = createRoute({
  method: 'get',
  path: one,
  operationId: 'application',
  tags,
  summary: 'Shows one application',
  request: { params, query: nothing },
  responses: answers(application),
})

const change = createRoute({
  method: 'patch',
  path: one,
  operationId: 'changeApplication',
  tags,
  summary: 'Changes its name, web domains, app schemes or APIs',
  request: { params, query: nothing, body: json(fields(applicationChange.shape)) },
  responses: answers(application),
})

const reissue = createRoute({
  method: 'post',
  path: '/_mock/applications/{id}/reissue',
  operationId: 'reissueKey',
  tags,
  summary: 'Issues a new secret key, shown this once; the old one answers −401 from now on',
  request: { params, query: nothing, body: json(nothing) },
  responses: answers(issued),
})

const remove = createRoute({
  method: 'delete',
  path: one,
  operationId: 'removeApplication',
  tags,
  summary: 'Removes an application',
  request: { params, query: nothing },
  responses: answers(removed),
})

const toJson = (a: Registered) => ({
  id: a.id,
  name: a.name,
  web_domains: a.web_domains && [...a.web_domains],
  app_schemes: [...a.app_schemes],
  payment_api: a.payment_api,
  secret_key: a.key_mask,
  namespace: a.namespace,
  configured: a.configured,
  created_at: iso(a.created_at),
})

const unknown = (c: Context, id: string) =>
  problem(c, 404, `there is no application ${id.slice(0, 80)}. GET /_mock/applications lists them.`)

export const applicationsApp = ({ applications, notifications, secrets }: ControlDeps) => {
  const notify = (what: string, id: string) =>
    notifications.notify({ event: 'application', namespace: null, data: { what, id } })
  return new OpenAPIHono<ControlEnv>()
    .openapi(list, (c) =>
      c.json({ applications: applications.list().map(toJson), any_key_works: applications.of('') === 'any' }, 200),
    )
    .openapi(register, async (c) => {
      const made = await applications.register(c.req.valid('json'))
      if (!made) return problem(c, 409, `there are ${applications.limit} applications already, which is the limit.`)
      secrets.add(made.secret_key)
      notify('registered', made.application.id)
      return c.json({ ...toJson(made.application), secret_key: made.secret_key }, 201)
    })
    .openapi(show, (c) => {
      const { id } = c.req.valid('param')
      const found = applications.find(id)
      return found ? c.json(toJson(found), 200) : unknown(c, id)
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param')
      const changed = await applications.change(id, c.req.valid('json') as Partial<Registered>)
      if (!changed) return unknown(c, id)
      notify('changed', id)
      return c.json(toJson(changed), 200)
    })
    .openapi(reissue, async (c) => {
      const { id } = c.req.valid('param')
      const made = await applications.reissue(id)
      if (!made) return unknown(c, id)
      secrets.add(made.secret_key)
      notify('reissued', id)
      return c.json({ ...toJson(made.application), secret_key: made.secret_key }, 200)
    })
    .openapi(remove, async (c) => {
      const { id } = c.req.valid('param')
      if (!(await applications.remove(id))) return unknown(c, id)
      notify('removed', id)
      return c.json({ removed: 1 }, 200)
    })
}

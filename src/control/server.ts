import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { setCookie } from 'hono/cookie'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, fields, nothing, refused } from './fields.ts'
import { isSame } from './guard.ts'
import { problem } from './problem.ts'
import { SESSION, TOKEN_COOKIE } from './session.ts'

const health = createRoute({
  method: 'get',
  path: '/_mock/health',
  operationId: 'health',
  tags: ['health'],
  summary: 'Says that the server serves',
  request: { query: nothing },
  responses: answers(z.object({ status: z.literal('ok'), version: z.string(), payments: z.int() })),
})

const openapi = createRoute({
  method: 'get',
  path: '/_mock/openapi.yaml',
  operationId: 'openapi',
  tags: ['openapi.yaml'],
  summary: 'The OpenAPI document of this control API',
  request: { query: nothing },
  responses: { 200: { description: 'Done.', content: { 'application/yaml': { schema: z.string() } } }, ...refused },
})

const token = fields({ token: z.string() })

const session = createRoute({
  method: 'post',
  path: SESSION,
  operationId: 'session',
  tags: ['session'],
  summary: 'Keeps the control token in a cookie, for the dashboard',
  request: {
    query: nothing,
    body: {
      content: { 'application/json': { schema: token }, 'application/x-www-form-urlencoded': { schema: token } },
    },
  },
  responses: {
    ...answers(z.object({ status: z.literal('ok') })),
    303: { description: 'Done; a browser goes on to the dashboard.' },
  },
})

export const serverApp = ({ store, version, controlToken }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>()
    .openapi(health, async (c) => c.json({ status: 'ok' as const, version, payments: await store.count() }, 200))
    .openapi(openapi, async (c) => {
      // Read when it is asked for, so that a start does not pay for it.
      const { default: document } = await import('../../control.openapi.yaml?raw')
      return c.body(document, 200, { 'content-type': 'application/yaml;charset=UTF-8' })
    })
    .openapi(session, (c) => {
      const { token } = { ...c.req.valid('form'), ...c.req.valid('json') }
      if (controlToken === '' || !isSame(token, controlToken)) return problem(c, 401, 'the control token is wrong.')
      setCookie(c, TOKEN_COOKIE, token, { path: '/_mock', httpOnly: true, sameSite: 'Strict' })
      return (c.req.header('accept') ?? '').includes('text/html')
        ? c.redirect('/_mock/', 303)
        : c.json({ status: 'ok' as const }, 200)
    })

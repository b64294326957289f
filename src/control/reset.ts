import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { nameOf } from '../namespaces/namespaces.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, headers, json, nothing } from './fields.ts'
import { unknownNamespace } from './namespaces.ts'
import { addState } from './reset-state.ts'

const removed = { payments: z.int(), entries: z.int(), faults: z.int() }

const resetOne = createRoute({
  method: 'post',
  path: '/_mock/namespaces/{name}/reset',
  operationId: 'resetNamespace',
  tags: ['namespaces'],
  summary: 'Empties a namespace: as if its key had never been used; lease, settings and seed stay',
  request: { params: z.object({ name: z.string() }), query: nothing, body: json(nothing) },
  responses: answers(z.object(removed)),
})

const resetAll = createRoute({
  method: 'post',
  path: '/_mock/reset',
  operationId: 'reset',
  tags: ['reset'],
  summary:
    'Empties the namespace that the header names; without one all of them; applications stay. With --reset-to state what its file says is put back',
  request: { headers, query: nothing, body: json(nothing) },
  responses: answers(z.object({ namespaces: z.int(), ...removed })),
})

export const resetApp = (deps: ControlDeps) => {
  const { namespaces, applications, store, journal, faults, quota, notifications, resetState, now } = deps
  const restore = (namespace?: string) => resetState && addState(store, resetState(now()), namespace)
  const notify = (namespace: string | null) =>
    notifications.notify({ event: 'reset', namespace, data: { what: 'reset' } })
  const reset = async (name: string) => {
    const namespace = namespaces.find(name)
    if (!namespace) return undefined
    const payments = await store.clear(name)
    await namespaces.restart(name)
    await quota.clear(applications.list().find((a) => a.namespace === name)?.id ?? name)
    const gone = { payments, entries: await journal.clear(name), faults: await faults.clear(name) }
    await restore(name)
    notify(name)
    return gone
  }
  return new OpenAPIHono<ControlEnv>()
    .openapi(resetOne, async (c) => {
      const name = nameOf(c.req.valid('param').name)
      const gone = await reset(name)
      return gone ? c.json(gone, 200) : unknownNamespace(c, name)
    })
    .openapi(resetAll, async (c) => {
      const { namespace } = c.var
      if (namespace !== undefined) {
        const gone = await reset(namespace)
        return gone ? c.json({ namespaces: 1, ...gone }, 200) : unknownNamespace(c, namespace)
      }
      const payments = await store.clear()
      const all = namespaces.list().length
      await namespaces.restartAll()
      await quota.clear()
      const gone = { namespaces: all, payments, entries: await journal.clear(), faults: await faults.clear() }
      await restore()
      notify(null)
      return c.json(gone, 200)
    })
}

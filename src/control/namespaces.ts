import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { forEachInSlices } from '../journal/slice.ts'
import { type Namespace, nameOf } from '../namespaces/namespaces.ts'
import { iso } from '../payment/ledger.ts'
import { settingsOf } from '../payment/settings.ts'
import { answerInSlices, list } from './answer.ts'
import { clock, clockJson } from './clock.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, count, fields, headers, instant, json, NAMESPACE_HEADER, namespaceName, nothing } from './fields.ts'
import { problem } from './problem.ts'
import { type Change, changes, label, leaseOf, seed, settings } from './settings.ts'

const namespace = z
  .object({
    name: namespaceName,
    label: z.string().nullable(),
    key: z.string().nullable().meta({ description: 'The secret key, masked; null before its first call' }),
    payments: z.int(),
    calls: z.int(),
    faults: z.int(),
    clock,
    settings,
    seeded: z.boolean(),
    lease_ms: z.int().nullable().meta({ description: 'Dropped when unused for so long; null: never' }),
    last_used: instant,
  })
  .openapi('Namespace')

/** Namespaces in one answer. */
const MAX_LISTED = 10_000

const path = '/_mock/namespaces'
const one = '/_mock/namespaces/{name}'
const tags = ['namespaces']
const params = z.object({ name: z.string() })

const listRoute = createRoute({
  method: 'get',
  path,
  operationId: 'namespaces',
  tags,
  summary: 'Lists namespaces, the last used first',
  request: { query: fields({ limit: count(1, MAX_LISTED, MAX_LISTED) }) },
  responses: answers(
    z.object({
      namespaces: z.array(namespace),
      total: z.int().meta({ description: 'How many there are' }),
      limit: z.int().meta({ description: 'How many there can be: --max-namespaces' }),
      settings: settings.meta({ description: 'What a new one starts with' }),
    }),
  ),
})

const show = createRoute({
  method: 'get',
  path: one,
  operationId: 'namespace',
  tags,
  summary: 'Shows one namespace; its secret key may stand in the place of its name',
  request: { params, query: nothing },
  responses: answers(namespace),
})

const changeOne = createRoute({
  method: 'put',
  path: one,
  operationId: 'changeNamespace',
  tags,
  summary: 'Sets its label, lease, settings or seed; makes it where there is none',
  request: { params, query: nothing, body: json(fields({ ...changes, label, seed })) },
  responses: answers(namespace),
})

const changeAll = createRoute({
  method: 'put',
  path,
  operationId: 'changeNamespaces',
  tags,
  summary: 'The same for the namespace that the header names; without one for all, present and to come',
  request: { headers, query: nothing, body: json(fields({ ...changes, label })) },
  responses: answers(z.object({ namespaces: z.int(), settings, lease_ms: z.int().nullable() })),
})

const remove = createRoute({
  method: 'delete',
  path: one,
  operationId: 'removeNamespace',
  tags,
  summary: 'Drops a namespace with its payments, journal, faults, clock and settings',
  request: { params, query: nothing },
  responses: answers(z.object({ removed: z.int(), payments: z.int() })),
})

export const unknownNamespace = (c: Context, name: string) =>
  problem(c, 404, `there is no namespace ${name}. GET /_mock/namespaces lists them.`)

const changeOf = (wanted: Change) => ({
  settings: wanted.settings,
  lease_ms: leaseOf(wanted),
  label: wanted.label,
  seed: wanted.seed,
})

export const namespacesApp = ({ namespaces, store, faults, now, notifications }: ControlDeps) => {
  const toJson = (n: Namespace, payments: number, rules: number) => ({
    name: n.name,
    label: n.label,
    key: n.key_mask,
    payments,
    calls: n.calls,
    faults: rules,
    clock: clockJson(n.name, n.clock, now()),
    settings: settingsOf(n.settings),
    seeded: n.seed !== null,
    lease_ms: n.lease_ms,
    last_used: iso(n.last_used),
  })
  const rulesOf = (name: string) => faults.list().filter((rule) => rule.namespace === name).length
  const counted = async (n: Namespace) => toJson(n, await store.count(n.name), rulesOf(n.name))
  const notify = (what: string, namespace: string | null) =>
    notifications.notify({ event: 'namespace', namespace, data: { what } })

  return new OpenAPIHono<ControlEnv>()
    .openapi(listRoute, async (c) => {
      const [payments, rules] = [new Map<string, number>(), new Map<string | null, number>()]
      await forEachInSlices(await store.list(), ({ namespace }) =>
        payments.set(namespace, (payments.get(namespace) ?? 0) + 1),
      )
      for (const { namespace } of faults.list()) rules.set(namespace, (rules.get(namespace) ?? 0) + 1)
      const all = namespaces.list()
      const shown = all.slice(0, c.req.valid('query').limit)
      return answerInSlices(c, {
        namespaces: list(shown, (n) => toJson(n, payments.get(n.name) ?? 0, rules.get(n.name) ?? 0)),
        total: all.length,
        limit: namespaces.limit,
        settings: settingsOf(namespaces.start.settings),
      })
    })
    .openapi(show, async (c) => {
      const name = nameOf(c.req.valid('param').name)
      const found = namespaces.find(name)
      return found ? c.json(await counted(found), 200) : unknownNamespace(c, name)
    })
    .openapi(changeOne, async (c) => {
      const changed = await namespaces.change(nameOf(c.req.valid('param').name), changeOf(c.req.valid('json')))
      notify('changed', changed.name)
      return c.json(await counted(changed), 200)
    })
    .openapi(changeAll, async (c) => {
      const wanted = c.req.valid('json')
      const { namespace: name } = c.var
      if (name === undefined && wanted.label !== undefined)
        return problem(c, 400, `a label is of one namespace: name it in the header ${NAMESPACE_HEADER}.`)
      const changed =
        name === undefined
          ? { count: await namespaces.changeAll(changeOf(wanted)), of: namespaces.start }
          : { count: 1, of: await namespaces.change(name, changeOf(wanted)) }
      notify('changed', name ?? null)
      const { settings, lease_ms } = changed.of
      return c.json({ namespaces: changed.count, settings: settingsOf(settings), lease_ms }, 200)
    })
    .openapi(remove, async (c) => {
      const name = nameOf(c.req.valid('param').name)
      const payments = await store.count(name)
      if (!(await namespaces.drop(name))) return unknownNamespace(c, name)
      notify('removed', name)
      return c.json({ removed: 1, payments }, 200)
    })
}

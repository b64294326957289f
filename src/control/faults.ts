import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type FaultName, faultSpec, faultTypes } from '../faults/fault-types.ts'
import { match, ruleInput, when } from '../faults/rule.ts'
import { type FaultRule, isArmed, neverFires, toRuleSpec } from '../faults/rules.ts'
import { iso } from '../payment/ledger.ts'
import { answerInSlices, list } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import {
  answers,
  created,
  fields,
  headers,
  inNamespace,
  instant,
  json,
  namespaceName,
  nothing,
  removed,
  scope,
} from './fields.ts'
import { problem } from './problem.ts'

const fault = faultSpec.meta({ id: 'FaultSpec' })

const hit = z.object({
  time: instant,
  journal: z.string().nullable().meta({ description: 'ULID of the journal’s entry' }),
  call: z.string(),
  tid: z.string().nullable(),
  money_moved: z.boolean(),
})

const faultRule = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    namespace: namespaceName.nullable(),
    match,
    when,
    do: fault,
    armed_at: instant,
    armed: z.boolean().meta({ description: 'False when it has fired as often as it was told' }),
    matched: z.int(),
    fired: z.int(),
    last_fired: z.array(hit).meta({ description: 'The last 20' }),
  })
  .openapi('FaultRule')

const path = '/_mock/faults'
const one = '/_mock/faults/{id}'
const tags = ['faults']
const params = z.object({ id: z.string() })

const listRoute = createRoute({
  method: 'get',
  path,
  operationId: 'faults',
  tags,
  summary: 'Lists fault rules and how often each matched and fired',
  request: { headers, query: fields({ ...inNamespace, unfired: z.enum(['true', 'false']).optional() }) },
  responses: answers(z.object({ faults: z.array(faultRule) })),
})

const arm = createRoute({
  method: 'post',
  path,
  operationId: 'armFault',
  tags,
  summary: 'Arms a rule: which calls it meets, when, and what it does to them',
  request: { headers, query: nothing, body: json(fields({ ...ruleInput.shape, do: fault })) },
  responses: created(faultRule),
})

const show = createRoute({
  method: 'get',
  path: one,
  operationId: 'rule',
  tags,
  summary: 'Shows one fault rule',
  request: { params, query: nothing },
  responses: answers(faultRule),
})

const disarm = createRoute({
  method: 'delete',
  path: one,
  operationId: 'disarmFault',
  tags,
  summary: 'Removes a fault rule',
  request: { params, query: nothing },
  responses: answers(removed),
})

const disarmAll = createRoute({
  method: 'delete',
  path,
  operationId: 'disarmFaults',
  tags,
  summary: 'Removes all fault rules, or those of one namespace',
  request: { headers, query: scope },
  responses: answers(removed),
})

const types = createRoute({
  method: 'get',
  path: '/_mock/fault-types',
  operationId: 'faultTypes',
  tags: ['fault-types'],
  summary: 'Lists what a fault rule can do',
  request: { query: nothing },
  responses: answers(
    z.object({
      fault_types: z.array(
        z.object({
          name: z.string(),
          summary: z.string(),
          money: z.string(),
          params: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its parameters' }),
        }),
      ),
    }),
  ),
})

const toJson = (rule: FaultRule) => ({
  id: rule.id,
  name: rule.name,
  namespace: rule.namespace,
  match: rule.match,
  when: rule.when,
  do: rule.do as z.output<typeof fault>,
  armed_at: iso(rule.armed_at),
  armed: isArmed(rule),
  matched: rule.matched,
  fired: rule.fired,
  last_fired: rule.last_fired.map(({ at, ...hit }) => ({ time: iso(at), ...hit })),
})

const unknown = (c: Context, id: string) => problem(c, 404, `there is no fault rule ${id.slice(0, 80)}.`)

export const faultsApp = ({ faults, notifications }: ControlDeps) => {
  const notify = (what: string, namespace: string | null, id?: string) =>
    notifications.notify({ event: 'fault', namespace, data: id === undefined ? { what } : { what, id } })
  return new OpenAPIHono<ControlEnv>()
    .openapi(listRoute, (c) => {
      const { unfired } = c.req.valid('query')
      const rules = faults
        .list(c.var.namespace)
        .filter((rule) => unfired === undefined || (unfired === 'true') === (rule.fired === 0))
      return answerInSlices(c, { faults: list(rules, toJson) })
    })
    .openapi(arm, async (c) => {
      const spec = toRuleSpec(c.req.valid('json'), c.var.namespace ?? null)
      const never = neverFires(spec)
      if (never) return problem(c, 400, never)
      const rule = await faults.arm(spec)
      if (!rule) return problem(c, 409, `there are ${faults.limit} fault rules already, which is the limit.`)
      notify('armed', rule.namespace, rule.id)
      return c.json(toJson(rule), 201)
    })
    .openapi(show, (c) => {
      const { id } = c.req.valid('param')
      const found = faults.find(id)
      return found ? c.json(toJson(found), 200) : unknown(c, id)
    })
    .openapi(disarm, async (c) => {
      const { id } = c.req.valid('param')
      if (!(await faults.disarm(id))) return unknown(c, id)
      notify('disarmed', null, id)
      return c.json({ removed: 1 }, 200)
    })
    .openapi(disarmAll, async (c) => {
      const removed = await faults.clear(c.var.namespace)
      notify('disarmed', c.var.namespace ?? null)
      return c.json({ removed }, 200)
    })
    .openapi(types, (c) => {
      const all = (Object.keys(faultTypes) as FaultName[]).map((name) => {
        const { summary, money, params } = faultTypes[name]
        const { $schema, ...schema } = z.toJSONSchema(params, { io: 'input' })
        return { name, summary, money, params: schema as Record<string, unknown> }
      })
      return c.json({ fault_types: all }, 200)
    })
}

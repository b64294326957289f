import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { forEachInSlices, sortInSlices } from '../journal/slice.ts'
import { advance, type Clock, freeze, type Move, offset, resume, shows, to } from '../namespaces/clock.ts'
import { kst } from '../payment/clock.ts'
import { iso } from '../payment/ledger.ts'
import { isEnded, type Payment } from '../payment/payment.ts'
import { answerInSlices, list } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import {
  answers,
  duration,
  durationMs,
  fields,
  headers,
  inNamespace,
  instant,
  instantInput,
  json,
  msOf,
  namespaceName,
  scope,
} from './fields.ts'
import { problem } from './problem.ts'

/** A clock is the system’s, moved by `offset_ms`, or stands still. */
export const clock = z
  .object({
    namespace: namespaceName.nullable().meta({ description: 'null: what a new namespace starts with' }),
    now: instant,
    kst: z.string().meta({ description: 'As KakaoPay writes instants' }),
    frozen: z.boolean(),
    offset_ms: z.int().meta({ description: 'How far it is from the system’s clock' }),
  })
  .openapi('Clock')

const due = z.object({ tid: z.string(), namespace: namespaceName, what: z.literal('expired'), at: instant })

const moved = z
  .object({
    clocks: z.array(clock),
    due: z.array(due).meta({ description: 'Payments whose 15 minutes ended by this move' }),
  })
  .openapi('Moved')

const show = createRoute({
  method: 'get',
  path: '/_mock/clock',
  operationId: 'clock',
  tags: ['clock'],
  summary: 'Shows the clocks',
  request: { query: scope, headers },
  responses: answers(z.object({ clocks: z.array(clock) })),
})

/** A call that moves clocks. */
const moving = <P extends string, S extends z.ZodRawShape>(path: P, operationId: string, summary: string, body: S) =>
  createRoute({
    method: 'post',
    path: `/_mock/clock/${path}` as const,
    operationId,
    tags: ['clock'],
    summary,
    request: { query: scope, headers, body: json(fields({ ...inNamespace, ...body })) },
    responses: answers(moved),
  })

const freezeRoute = moving('freeze', 'freezeClock', 'Stops the clock, now or at an instant', {
  at: instantInput.optional().meta({ description: 'Default: now' }),
})
const offsetRoute = moving('offset', 'offsetClock', 'Lets the clock run, so far from the system’s clock', {
  by: duration.meta({ description: 'From the system’s clock' }),
})
const advanceRoute = moving('advance', 'advanceClock', 'Moves the clock on and answers what became due', {
  by: duration,
})
const toRoute = moving('to', 'setClock', 'Moves the clock to an instant and answers what became due', {
  at: instantInput,
})
const resumeRoute = moving('resume', 'resumeClock', 'Lets the clock be the system’s again', {})

export const clockJson = (namespace: string | null, clock: Clock, system: number) => {
  const now = shows(clock, system)
  return {
    namespace,
    now: iso(now),
    kst: kst(now),
    frozen: clock.frozen_at !== null,
    offset_ms: clock.frozen_at === null ? clock.offset_ms : clock.frozen_at - system,
  }
}

const dueJson = ({ tid, namespace, expires_at }: Payment) => ({
  tid,
  namespace,
  what: 'expired' as const,
  at: iso(expires_at),
})

/** A clock shows no instant before 1970 or after 2200: ids and the KST form end there. */
const LAST = Date.UTC(2200, 0, 1)

export const clockApp = ({ namespaces, store, now, notifications }: ControlDeps) => {
  /** Payments whose 15 minutes ended between what their clock showed before and what it shows now. */
  const dueSince = async (moved: Awaited<ReturnType<typeof namespaces.move>>) => {
    const spans = new Map(
      moved.map(({ namespace, before }) => [namespace.name, { from: before, until: namespace.now() }]),
    )
    const [only] = spans.keys()
    const payments = await store.list(spans.size === 1 && only !== undefined ? { namespace: only } : {})
    const due: Payment[] = []
    await forEachInSlices(payments, (payment) => {
      const span = spans.get(payment.namespace)
      if (span && !isEnded(payment) && span.from < payment.expires_at && payment.expires_at <= span.until)
        due.push(payment)
    })
    return sortInSlices(due, (a, b) => a.expires_at - b.expires_at)
  }

  const move = async (c: Context<ControlEnv>, change: Move) => {
    const { namespace } = c.var
    const system = now()
    const before =
      namespace === undefined
        ? [namespaces.start.clock, ...namespaces.list().map((n) => n.clock)]
        : [namespaces.named(namespace).clock]
    const isOut = before.some((clock) => {
      const at = shows(change(clock, system), system)
      return at < 0 || at > LAST
    })
    if (isOut) return problem(c, 400, 'a clock goes from 1970 to 2200.')
    const moved = await namespaces.move(change, namespace)
    const own = moved.map((m) => ({ name: m.namespace.name, clock: m.namespace.clock }))
    const clocks = namespace === undefined ? [{ name: null, clock: namespaces.start.clock }, ...own] : own
    const due = await dueSince(moved)
    notifications.notify({ event: 'clock', namespace: namespace ?? null, data: { due: due.length } })
    return answerInSlices(c, {
      clocks: list(clocks, ({ name, clock }) => clockJson(name, clock, system)),
      due: list(due, dueJson),
    })
  }

  return new OpenAPIHono<ControlEnv>()
    .openapi(show, (c) => {
      const { namespace } = c.var
      const at = now()
      const { clock: start } = namespaces.start
      if (namespace !== undefined)
        return c.json({ clocks: [clockJson(namespace, namespaces.find(namespace)?.clock ?? start, at)] }, 200)
      const all = [{ name: null, clock: start }, ...namespaces.list()]
      return answerInSlices(c, { clocks: list(all, ({ name, clock }) => clockJson(name, clock, at)) })
    })
    .openapi(freezeRoute, (c) => {
      const { at } = c.req.valid('json')
      return move(c, freeze(at === undefined ? undefined : msOf(at)))
    })
    .openapi(offsetRoute, (c) => move(c, offset(durationMs(c.req.valid('json').by) ?? 0)))
    .openapi(advanceRoute, (c) => move(c, advance(durationMs(c.req.valid('json').by) ?? 0)))
    .openapi(toRoute, (c) => move(c, to(msOf(c.req.valid('json').at))))
    .openapi(resumeRoute, (c) => move(c, resume))
}

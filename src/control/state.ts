import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Secrets } from '../namespaces/secrets.ts'
import type { Payment } from '../payment/payment.ts'
import type { Subscription } from '../payment/subscription.ts'
import type { Store } from '../store/store.ts'
import { answerInSlices, list as listOf } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, json, nothing } from './fields.ts'
import { type Snapshot, STATE_PATH, STATE_VERSION, snapshot } from './snapshot.ts'

const tags = ['state']

const exported = createRoute({
  method: 'get',
  path: STATE_PATH,
  operationId: 'exportState',
  tags,
  summary: 'Exports payments, subscriptions, applications, namespaces and fault rules, without secrets',
  request: { query: nothing },
  responses: answers(snapshot),
})

const counts = z.object({
  payments: z.int(),
  subscriptions: z.int(),
  applications: z.int(),
  namespaces: z.int(),
  faults: z.int(),
})

const imported = createRoute({
  method: 'put',
  path: STATE_PATH,
  operationId: 'importState',
  tags,
  summary:
    'Puts an exported state in the place of all that is kept, or refuses it and changes nothing; the journal is cleared',
  request: { query: nothing, body: json(snapshot) },
  responses: answers(counts),
})

/** The records of a snapshot by their kind in the store. */
const kinds = [
  ['application', 'applications', 'id'],
  ['namespace', 'namespaces', 'name'],
  ['fault', 'faults', 'id'],
] as const

type AnyRecord = Readonly<Record<string, unknown>>

/** A key that a client sent in some other field is masked as everywhere. */
const read = async ({ subscriptions, records, list }: Store, { maskAll }: Secrets) => ({
  version: STATE_VERSION,
  payments: listOf([...(await list())].reverse() as Snapshot['payments'], maskAll),
  subscriptions: listOf([...(await subscriptions.list())].reverse() as Snapshot['subscriptions'], maskAll),
  applications: listOf(await records.list<Snapshot['applications'][number]>('application'), maskAll),
  namespaces: listOf(await records.list<Snapshot['namespaces'][number]>('namespace'), maskAll),
  faults: listOf(await records.list<Snapshot['faults'][number]>('fault'), maskAll),
})

/** Writes a validated snapshot. In SQLite it is one transaction, since nothing but the store is awaited in between. */
const replace = async ({ records, ...store }: Store, state: Snapshot): Promise<void> => {
  await store.clear()
  for (const [kind, name, id] of kinds) {
    for (const old of await records.list<AnyRecord>(kind)) await records.change(kind, String(old[id]), () => undefined)
    for (const record of state[name] as readonly AnyRecord[])
      await records.change(kind, String(record[id]), () => record)
  }
  for (const payment of state.payments) await store.add(payment as Payment)
  for (const subscription of state.subscriptions) await store.subscriptions.add(subscription as Subscription)
}

export const stateApp = ({ store, journal, secrets, notifications }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>()
    .openapi(exported, async (c) => (await answerInSlices(c, await read(store, secrets))) as never)
    .openapi(imported, async (c) => {
      const state = c.req.valid('json')
      await replace(store, state)
      await journal.clear()
      notifications.notify({ event: 'reset', namespace: null, data: { what: 'imported' } })
      const { payments, subscriptions, applications, namespaces, faults } = state
      return c.json(
        {
          payments: payments.length,
          subscriptions: subscriptions.length,
          applications: applications.length,
          namespaces: namespaces.length,
          faults: faults.length,
        },
        200,
      )
    })

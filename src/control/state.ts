import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Secrets } from '../namespaces/secrets.ts'
import type { Store } from '../store/store.ts'
import { jsonInSlices } from './answer.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlEnv } from './env.ts'
import { answers, json, nothing } from './fields.ts'
import { problem } from './problem.ts'
import { lineIn, sentenceAt } from './request.ts'
import { recordLists, type Snapshot, STATE_PATH, STATE_VERSION, snapshot, toKept } from './snapshot.ts'
import { problemOf } from './state-checks.ts'
import { completed } from './state-defaults.ts'
import { stateInput } from './state-input.ts'

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
    'Puts a state in the place of all that is kept, or names the line that is wrong and changes nothing; the journal is cleared',
  request: { query: nothing, body: json(stateInput) },
  responses: answers(counts),
})

const lists = ['payments', 'subscriptions', ...recordLists.map(([, list]) => list)] as const

const read = async ({ subscriptions, records, list }: Store): Promise<Omit<Snapshot, 'version'>> => ({
  payments: [...(await list())].reverse() as Snapshot['payments'],
  subscriptions: [...(await subscriptions.list())].reverse() as Snapshot['subscriptions'],
  applications: [...(await records.list<Snapshot['applications'][number]>('application'))],
  // Whoever knows a seed can guess the ids.
  namespaces: (await records.list<Snapshot['namespaces'][number]>('namespace')).map((n) => ({ ...n, seed: null })),
  faults: [...(await records.list<Snapshot['faults'][number]>('fault'))],
})

/** An item with its fields in the order of the schema, whoever wrote it. */
const inOrder = (list: (typeof lists)[number], item: object): object => {
  const fields = item as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.keys(snapshot.shape[list].element.shape).map((name) => [name, fields[name]]))
}

/** A line for each item, so that a line number says which it is, and a file can be compared with another. */
function* linesOf(state: Omit<Snapshot, 'version'>, secrets: Secrets): Generator<string> {
  yield `{\n"version": ${STATE_VERSION}`
  for (const list of lists) {
    yield `,\n"${list}": [`
    let before = '\n'
    for (const item of state[list]) {
      yield before + JSON.stringify(secrets.maskAll(inOrder(list, item)))
      before = ',\n'
    }
    yield before === '\n' ? ']' : '\n]'
  }
  yield '\n}\n'
}

export const stateApp = ({ store, journal, namespaces, faults, secrets, notifications, now }: ControlDeps) =>
  new OpenAPIHono<ControlEnv>()
    .openapi(exported, async (c) => jsonInSlices<Snapshot>(c, linesOf(await read(store), secrets)))
    .openapi(imported, async (c) => {
      const state = completed(c.req.valid('json'), now())
      const limits = { ...store.limits, maxNamespaces: namespaces.limit, maxFaults: faults.limit }
      const found = problemOf(state, limits)
      if (found) return problem(c, 400, sentenceAt(`body${lineIn(c, found.path)}`, found.path, `${found.message}.`))
      await store.replace(toKept(state))
      await journal.clear()
      notifications.notify({ event: 'reset', namespace: null, data: { what: 'imported' } })
      const { payments, subscriptions, applications, namespaces: named, faults: rules } = state
      return c.json(
        {
          payments: payments.length,
          subscriptions: subscriptions.length,
          applications: applications.length,
          namespaces: named.length,
          faults: rules.length,
        },
        200,
      )
    })

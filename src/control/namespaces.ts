import { mask } from '../namespaces/mask.ts'
import { type Namespace, nameOf } from '../namespaces/namespaces.ts'
import { iso } from '../payment/ledger.ts'
import type { Settings } from '../payment/settings.ts'
import { clockOf } from './clock.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'
import { durationMs } from './schemas/fields.ts'

/** The five settings alone: the config that they come from holds more. */
const settingsOf = ({ redirects, appSchemes, emptyKeys, vatRemainder, payer }: Settings) => ({
  redirects,
  appSchemes,
  emptyKeys,
  vatRemainder,
  payer,
})

/** In ms, null for never; undefined where the change names none. */
const leaseOf = ({ lease, ttl = lease }: Change): number | null | undefined =>
  ttl === undefined ? undefined : ttl === null ? null : durationMs(ttl)

/** What a change leaves out stays. */
const defined = (settings: object | undefined): Partial<Settings> =>
  Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined))

/** What is changed of one namespace, or of all; what is left out stays. */
interface Change {
  readonly lease?: string | number | null | undefined
  readonly ttl?: string | number | null | undefined
  readonly settings?: object | undefined
  readonly seed?: string | undefined
}

type Names =
  | 'namespaces'
  | 'namespace'
  | 'changeNamespace'
  | 'changeNamespaces'
  | 'removeNamespace'
  | 'resetNamespace'
  | 'reset'

export const namespaceHandlers = (deps: ControlDeps): Pick<ControlHandlers, Names> => {
  const { namespaces, store, journal, faults, now, notifications } = deps

  const shown = (n: Namespace, payments: number) => ({
    name: n.name,
    key: n.key === null ? null : mask(n.key),
    payments,
    calls: n.calls,
    faults: faults.list().filter((s) => s.namespace === n.name).length,
    clock: clockOf(n.name, n.clock, now()),
    settings: settingsOf(n.settings),
    seeded: n.seed !== null,
    lease_ms: n.lease_ms,
    last_used: iso(n.last_used),
  })
  const counted = async (n: Namespace) => shown(n, (await store.list({ namespace: n.name })).length)
  const unknown = (name: string) => problem(404, `there is no namespace ${name}. GET /_mock/namespaces lists them.`)
  const told = (what: string, namespace: string | null) =>
    notifications.notify({ event: what === 'reset' ? 'reset' : 'namespace', namespace, data: { what } })

  const change = async (name: string, wanted: Change): Promise<Namespace> => {
    const { settings, seed } = wanted
    const lease = leaseOf(wanted)
    const namespace = namespaces.named(name)
    if (namespaces.dropping) await namespaces.dropping
    if (lease !== undefined) namespace.lease_ms = lease
    if (settings) namespace.settings = { ...settingsOf(namespace.settings), ...defined(settings) }
    if (seed !== undefined) {
      namespace.seed = seed
      namespaces.reseed(namespace)
    }
    told('changed', name)
    return namespace
  }
  const resetOne = async (name: string) => {
    const namespace = namespaces.find(name)
    if (!namespace) return undefined
    const payments = await store.clear(name)
    namespaces.restart(namespace)
    const gone = { payments, entries: journal.clear(name), faults: faults.clear(name) }
    told('reset', name)
    return gone
  }

  return {
    async namespaces({ query: { limit } }) {
      const payments = new Map<string, number>()
      for (const { namespace } of await store.list()) payments.set(namespace, (payments.get(namespace) ?? 0) + 1)
      const all = namespaces.list()
      return {
        namespaces: all.slice(0, limit).map((n) => shown(n, payments.get(n.name) ?? 0)),
        total: all.length,
        limit: namespaces.limit,
      }
    },
    namespace({ params }) {
      const name = nameOf(params['name'] ?? '')
      const found = namespaces.find(name)
      return found ? counted(found) : unknown(name)
    },
    async changeNamespace({ params, body }) {
      return counted(await change(nameOf(params['name'] ?? ''), body))
    },
    async changeNamespaces({ body, namespace: name }) {
      if (name !== undefined) {
        const { settings, lease_ms } = await change(name, body)
        return { namespaces: 1, settings: settingsOf(settings), lease_ms }
      }
      const { start } = namespaces
      const all = namespaces.list()
      const lease = leaseOf(body)
      if (lease !== undefined) start.lease_ms = lease
      start.settings = { ...settingsOf(start.settings), ...defined(body.settings) }
      for (const namespace of all) {
        if (lease !== undefined) namespace.lease_ms = lease
        namespace.settings = { ...settingsOf(namespace.settings), ...defined(body.settings) }
      }
      told('changed', null)
      return { namespaces: all.length, settings: settingsOf(start.settings), lease_ms: start.lease_ms }
    },
    async removeNamespace({ params }) {
      const name = nameOf(params['name'] ?? '')
      const payments = (await store.list({ namespace: name })).length
      if (!(await namespaces.drop(name))) return unknown(name)
      told('removed', name)
      return { removed: 1, payments }
    },
    async resetNamespace({ params }) {
      const name = nameOf(params['name'] ?? '')
      return (await resetOne(name)) ?? unknown(name)
    },
    async reset({ namespace }) {
      if (namespace !== undefined) {
        const gone = await resetOne(namespace)
        return gone ? { namespaces: 1, ...gone } : unknown(namespace)
      }
      const payments = await store.clear()
      const all = namespaces.list()
      namespaces.restartAll()
      const gone = { namespaces: all.length, payments, entries: journal.clear(), faults: faults.clear() }
      told('reset', null)
      return gone
    },
  }
}

import type { Ids } from '../payment/ids.ts'
import type { Records } from '../store/records.ts'
import { createLive, type LiveNamespace } from './live.ts'
import type { NamespaceRecord } from './namespace.ts'
import type { Start } from './start.ts'

export interface RegistryOptions {
  readonly records: Records
  readonly now: () => number
  /** Ids for a namespace; all share one source unless a seed is set. */
  readonly idsFor: (name: string, seed?: string) => Ids
  /** How many are kept; one more drops the one unused for longest, whose payments stay. Default: 10,000. */
  readonly limit?: number
  /** Called with a dropped one, so that what belongs to it goes too; `payments` where they go as well. */
  readonly onDrop?: (name: string, payments: boolean) => unknown
}

const KIND = 'namespace'

/** How often the use of a namespace is saved, in ms. A lease that another process may have prolonged ends so much later. */
export const USE_SAVED_MS = 1000

type RecordChange = (record: NamespaceRecord | undefined) => NamespaceRecord | undefined

/** The namespaces in use, by name: made when they are first used, dropped when their lease is over or there are too many. */
export const createRegistry = (start: Start, options: RegistryOptions) => {
  const { records, idsFor, now: system, limit = 10_000, onDrop = () => {} } = options
  const slack = records.scope === 'shared' ? USE_SAVED_MS : 0
  const byName = new Map<string, LiveNamespace>()
  const liveOptions = { idsFor, system, startSettings: () => start.settings }
  let dropping: Promise<unknown> | undefined

  const apply = (name: string, record: NamespaceRecord | undefined) => {
    const found = byName.get(name)
    if (!record) byName.delete(name)
    else if (found) found.update(record)
    else byName.set(name, createLive(record, liveOptions))
  }
  records.subscribe<NamespaceRecord>(KIND, apply)

  const write = (name: string, change: RecordChange) => records.change<NamespaceRecord>(KIND, name, change)
  /** An answer waits for the store's `saved`, which fails where this does. */
  const writeBehind = (name: string, change: RecordChange) => {
    write(name, change).catch(() => {})
  }

  const isOver = ({ lease_ms, last_used }: Pick<NamespaceRecord, 'lease_ms' | 'last_used'>, at: number) =>
    lease_ms !== null && at - last_used >= lease_ms + slack

  /** Drops it, or puts `next` in its place. `prolonged` says that another process has used it meanwhile: then it stays. */
  const forget = (
    { name }: LiveNamespace,
    payments: boolean,
    {
      next,
      prolonged = () => false,
    }: { next?: NamespaceRecord; prolonged?: (record: NamespaceRecord) => boolean } = {},
  ): Promise<unknown> => {
    byName.delete(name)
    let gone = false
    const written = write(name, (current) => {
      gone = current !== undefined && !prolonged(current)
      return gone ? next : current
    })
    const before = dropping
    const all: Promise<unknown> = Promise.all([written, before])
      .then(([kept]) => {
        if (gone) return onDrop(name, payments)
        return kept === undefined || kept === 'full' ? undefined : apply(name, kept)
      })
      .catch(() => {})
      .then(() => {
        if (dropping === all) dropping = undefined
      })
    dropping = all
    return all
  }
  const end = (namespace: LiveNamespace, at: number, next?: NamespaceRecord) =>
    void forget(namespace, true, { ...(next ? { next } : {}), prolonged: (record) => !isOver(record, at) })

  /** Ends the leases that are over. Not by a timer: it runs when somebody looks, or when room is needed. */
  const sweep = () => {
    const at = system()
    for (const namespace of [...byName.values()]) if (isOver(namespace, at)) end(namespace, at)
  }
  const put = (record: NamespaceRecord): LiveNamespace => {
    const namespace = byName.get(record.name) ?? createLive(record, liveOptions)
    byName.set(record.name, namespace)
    return namespace
  }
  const fresh = (name: string, at: number, generation = 0): NamespaceRecord => ({
    name,
    settings: {},
    clock: start.clock,
    seed: null,
    lease_ms: start.lease_ms,
    key_mask: null,
    label: null,
    generation,
    calls: 0,
    last_used: at,
  })
  const make = (name: string, at: number): LiveNamespace => {
    if (byName.size >= limit) sweep()
    if (byName.size >= limit) void forget(oldest(byName.values()), false)
    const record = fresh(name, at)
    const namespace = put(record)
    writeBehind(name, (current) => current ?? record)
    return namespace
  }
  const saveUse = (namespace: LiveNamespace, at: number) => {
    const added = namespace.calls - namespace.record.calls
    namespace.saved_at = at
    writeBehind(
      namespace.name,
      (current) => current && { ...current, calls: current.calls + added, last_used: Math.max(current.last_used, at) },
    )
  }

  return {
    byName: byName as ReadonlyMap<string, LiveNamespace>,
    limit,
    write,
    writeBehind,
    forget,
    sweep,
    get dropping() {
      return dropping
    },
    async load() {
      for (const record of await records.list<NamespaceRecord>(KIND)) apply(record.name, record)
    },
    find(name: string): LiveNamespace | undefined {
      const namespace = byName.get(name)
      const at = system()
      if (!namespace || !isOver(namespace, at)) return namespace
      end(namespace, at)
      return undefined
    },
    /** Makes it where there is none, or where its lease was over. */
    use(found: LiveNamespace | undefined, name: () => string): LiveNamespace {
      const at = system()
      if (!found) return make(name(), at)
      if (isOver(found, at)) {
        const record = fresh(found.name, at, found.record.generation + 1)
        end(found, at, record)
        return put(record)
      }
      found.last_used = at
      if (records.scope !== 'process' && at - found.saved_at >= USE_SAVED_MS) saveUse(found, at)
      return found
    },
  }
}

const oldest = (namespaces: Iterable<LiveNamespace>): LiveNamespace => {
  let found: LiveNamespace | undefined
  for (const namespace of namespaces) if (!found || namespace.last_used < found.last_used) found = namespace
  return found as LiveNamespace
}

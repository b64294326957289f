import type { Ids } from '../payment/ids.ts'
import type { Records } from '../store/records.ts'
import { createDropping } from './dropping.ts'
import { createKept } from './kept.ts'
import type { LiveNamespace } from './live.ts'
import type { NamespaceRecord, RecordChange } from './namespace.ts'
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

/** How often the use of a namespace is saved, in ms. A lease that another process may have prolonged ends so much later. */
export const USE_SAVED_MS = 1000

/** The namespaces in use, by name: made when they are first used, dropped when their lease is over or there are too many. */
export const createRegistry = (start: Start, options: RegistryOptions) => {
  const { records, idsFor, now: system, limit = 10_000, onDrop = () => {} } = options
  const slack = records.scope === 'shared' ? USE_SAVED_MS : 0
  const { byName, apply, put, write, writeBehind, load } = createKept(records, {
    idsFor,
    system,
    startSettings: () => start.settings,
  })
  const isOver = (namespace: Pick<NamespaceRecord, 'lease_ms' | 'last_used'>, at: number) =>
    namespace.lease_ms !== null && at - namespace.last_used >= namespace.lease_ms + slack
  const dropping = createDropping({ write, apply, onDrop })
  const forget: typeof dropping.forget = (name, payments, unless) => {
    byName.delete(name)
    return dropping.forget(name, payments, unless)
  }
  const end = (namespace: LiveNamespace, at: number, next?: NamespaceRecord) =>
    void forget(namespace.name, true, { ...(next ? { next } : {}), prolonged: (record) => !isOver(record, at) })

  /** Drops namespaces whose lease is over. There is no timer: it runs before a listing, and when the limit is reached. */
  const sweep = () => {
    const at = system()
    for (const namespace of [...byName.values()]) if (isOver(namespace, at)) end(namespace, at)
  }
  const make = (name: string, at: number): LiveNamespace => {
    if (byName.size >= limit) sweep()
    if (byName.size >= limit) void forget(oldest(byName.values()).name, false)
    const record = fresh(name, at, start)
    const namespace = put(record)
    writeBehind(name, (current) => current ?? record)
    return namespace
  }
  return {
    byName: byName as ReadonlyMap<string, LiveNamespace>,
    limit,
    write,
    writeBehind,
    forget,
    sweep,
    get dropping() {
      return dropping.open
    },
    load,
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
        const record = fresh(found.name, at, start, found.record.generation + 1)
        end(found, at, record)
        return put(record)
      }
      found.last_used = at
      if (records.scope !== 'process' && at - found.saved_at >= USE_SAVED_MS)
        writeBehind(found.name, savedUse(found, at))
      return found
    },
  }
}

const oldest = (namespaces: Iterable<LiveNamespace>): LiveNamespace => {
  let found: LiveNamespace | undefined
  for (const namespace of namespaces) if (!found || namespace.last_used < found.last_used) found = namespace
  return found as LiveNamespace
}

const fresh = (name: string, at: number, start: Start, generation = 0): NamespaceRecord => ({
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

/** Adds the calls that were counted here to those that others have counted. */
const savedUse = (namespace: LiveNamespace, at: number): RecordChange => {
  const added = namespace.calls - namespace.record.calls
  namespace.saved_at = at
  return (current) =>
    current && { ...current, calls: current.calls + added, last_used: Math.max(current.last_used, at) }
}

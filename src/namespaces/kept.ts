import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import { type Clock, shows } from './clock.ts'
import type { Namespace } from './namespace.ts'

/** What a new namespace starts with; changed for all at once. */
export interface Start {
  settings: Settings
  clock: Clock
  lease_ms: number | null
}

export interface KeptOptions {
  readonly start: Start
  readonly now: () => number
  readonly idsFor: (name: string) => Ids
  /** One more drops the one unused for longest, whose payments stay. */
  readonly limit: number
  /** Called with a dropped one, so that what belongs to it goes too; `payments` where they go as well. */
  readonly onDrop: (namespace: Namespace, payments: boolean) => unknown
}

/** The namespaces by name: at most `limit` of them, each until its lease ends. */
export const createKept = ({ start, now: system, idsFor, limit, onDrop }: KeptOptions) => {
  const byName = new Map<string, Namespace>()
  let dropping: Promise<unknown> | undefined

  const make = (name: string, at: number): Namespace => {
    if (byName.size >= limit) sweep(at)
    if (byName.size >= limit) drop(oldest(byName.values()), false)
    const namespace: Namespace = {
      name,
      ids: idsFor(name),
      settings: start.settings,
      clock: start.clock,
      seed: null,
      lease_ms: start.lease_ms,
      last_used: at,
      calls: 0,
      label: null,
      key: null,
      now: () => shows(namespace.clock, system()),
    }
    byName.set(name, namespace)
    return namespace
  }
  const drop = (namespace: Namespace, payments: boolean): Promise<unknown> | undefined => {
    byName.delete(namespace.name)
    const dropped = onDrop(namespace, payments)
    if (!(dropped instanceof Promise)) return undefined
    const all: Promise<unknown> = Promise.allSettled([dropping, dropped]).then(() => {
      if (dropping === all) dropping = undefined
    })
    dropping = all
    return all
  }
  /** Ends the leases that are over. Not by a timer: it runs when somebody looks, or when room is needed. */
  const sweep = (at: number) => {
    for (const namespace of [...byName.values()]) if (isOver(namespace, at)) drop(namespace, true)
  }
  const find = (name: string, at = system()): Namespace | undefined => {
    const namespace = byName.get(name)
    if (!namespace || !isOver(namespace, at)) return namespace
    drop(namespace, true)
    return undefined
  }
  return {
    find: (name: string) => find(name),
    drop,
    /** Found or made, and used now. */
    use(name: string): Namespace {
      const at = system()
      const found = find(name, at)
      if (found) found.last_used = at
      return found ?? make(name, at)
    },
    all(): Namespace[] {
      sweep(system())
      return [...byName.values()]
    },
    get dropping() {
      return dropping
    },
  }
}

const isOver = ({ lease_ms, last_used }: Namespace, at: number) => lease_ms !== null && at - last_used >= lease_ms

const oldest = (namespaces: Iterable<Namespace>): Namespace => {
  let found: Namespace | undefined
  for (const namespace of namespaces) if (!found || namespace.last_used < found.last_used) found = namespace
  return found as Namespace
}

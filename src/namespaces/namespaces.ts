import { createHash } from 'node:crypto'
import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import { type Clock, type Move, SYSTEM_CLOCK, shows } from './clock.ts'

/** What one secret key has to itself. */
export interface Namespace {
  /** Public name, derived from the key: the key itself is never shown. */
  readonly name: string
  ids: Ids
  settings: Settings
  clock: Clock
  /** Makes its ids repeatable; null: the config's seed, if any. */
  seed: string | null
  /** Dropped when unused for so many ms; null: never. */
  lease_ms: number | null
  /** Epoch ms of the system's clock. */
  last_used: number
  calls: number
  /** The key, once it was seen, to forget it by. Never answered whole. */
  key: string | null
  /** Epoch ms of this namespace's clock. */
  now(): number
}

export interface NamespaceOptions {
  readonly settings: Settings
  readonly now: () => number
  /** Ids for a namespace; all share one source unless a seed is set. */
  readonly idsFor: (name: string, seed?: string) => Ids
  /** How many are kept; one more drops the one unused for longest, whose payments stay. Default: 10,000. */
  readonly limit?: number
  /** Lease of a new one in ms; 0: none. */
  readonly leaseMs?: number
  /** Told of a key on its first call. */
  readonly onNewKey?: (key: string, name: string) => void
  /** Told of a dropped one, so that what belongs to it goes too; `payments` where they go as well. */
  readonly onDrop?: (name: string, payments: boolean) => unknown
}

export interface Namespaces {
  /** By its secret key, made on its first call. */
  of(key: string): Namespace
  /** By its public name, as payments carry it: the payer's page knows a payment but no key. */
  named(name: string): Namespace
  /** Only where it is there already. */
  find(name: string): Namespace | undefined
  /** The last used first. Those whose lease ended are gone. */
  list(): readonly Namespace[]
  /** Resolves to false where there is none. */
  drop(name: string): Promise<boolean>
  /** As if its key had never been used, but for lease, settings and seed: its ids start anew where they are seeded. */
  restart(namespace: Namespace): void
  /** The same for all, and the system's clock for those to come. */
  restartAll(): void
  /** Its ids start anew from its seed. */
  reseed(namespace: Namespace): void
  /** Moves one clock, or all of them and those to come. Answers those that moved, with what they showed before. */
  move(move: Move, name?: string): readonly { readonly namespace: Namespace; readonly before: number }[]
  /** What a new namespace starts with; changed for all at once. */
  readonly start: { settings: Settings; clock: Clock; lease_ms: number | null }
  readonly limit: number
  /** Set while payments of a dropped namespace are being removed: a call waits for it, so that it loses nothing of its own. */
  readonly dropping: Promise<unknown> | undefined
}

const NAME = /^ns_[0-9a-f]{12}$/

/** `ns_` and 12 hex digits of the key's SHA-256: the same key has the same name in every run, and no name leads back to a key. */
export const namespaceName = (key: string): string =>
  `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

/** A control call may name a namespace by its public name or by its key, which a test has at hand. */
export const nameOf = (nameOrKey: string): string => (NAME.test(nameOrKey) ? nameOrKey : namespaceName(nameOrKey))

export const createNamespaces = (options: NamespaceOptions): Namespaces => {
  const { idsFor, now: system, limit = 10_000, leaseMs = 0, onDrop = () => {}, onNewKey = () => {} } = options
  const byKey = new Map<string, Namespace>()
  const byName = new Map<string, Namespace>()
  const start: Namespaces['start'] = {
    settings: options.settings,
    clock: SYSTEM_CLOCK,
    lease_ms: leaseMs === 0 ? null : leaseMs,
  }
  let dropping: Promise<unknown> | undefined

  const make = (name: string, at: number): Namespace => {
    if (byName.size >= limit) sweep(at)
    if (byName.size >= limit) forget(oldest(byName.values()), false)
    const namespace: Namespace = {
      name,
      ids: idsFor(name),
      settings: start.settings,
      clock: start.clock,
      seed: null,
      lease_ms: start.lease_ms,
      last_used: at,
      calls: 0,
      key: null,
      now: () => shows(namespace.clock, system()),
    }
    byName.set(name, namespace)
    return namespace
  }

  const forget = (namespace: Namespace, payments: boolean): Promise<unknown> | undefined => {
    byName.delete(namespace.name)
    if (namespace.key !== null) byKey.delete(namespace.key)
    const gone = onDrop(namespace.name, payments)
    if (!(gone instanceof Promise)) return undefined
    const all: Promise<unknown> = Promise.allSettled([dropping, gone]).then(() => {
      if (dropping === all) dropping = undefined
    })
    dropping = all
    return all
  }

  const isOver = (namespace: Namespace, at: number) =>
    namespace.lease_ms !== null && at - namespace.last_used >= namespace.lease_ms

  /** Ends the leases that are over. Not by a timer: it runs when somebody looks, or when room is needed. */
  const sweep = (at: number) => {
    for (const namespace of [...byName.values()]) if (isOver(namespace, at)) forget(namespace, true)
  }

  const use = (found: Namespace | undefined, name: () => string): Namespace => {
    const at = system()
    if (found && isOver(found, at)) forget(found, true)
    else if (found) {
      found.last_used = at
      return found
    }
    return make(name(), at)
  }
  const reseed = (namespace: Namespace) => {
    namespace.ids = idsFor(namespace.name, namespace.seed ?? undefined)
  }
  const restart = (namespace: Namespace) => {
    namespace.clock = start.clock
    namespace.calls = 0
    reseed(namespace)
  }
  const named = (name: string) => use(byName.get(name), () => name)

  return {
    start,
    limit,
    get dropping() {
      return dropping
    },
    named,
    of(key) {
      const known = byKey.get(key)
      const namespace = known ? use(known, () => known.name) : named(namespaceName(key))
      if (namespace !== known) {
        namespace.key = key
        byKey.set(key, namespace)
        onNewKey(key, namespace.name)
      }
      namespace.calls++
      return namespace
    },
    find(name) {
      const namespace = byName.get(name)
      if (!namespace || !isOver(namespace, system())) return namespace
      forget(namespace, true)
      return undefined
    },
    list() {
      sweep(system())
      return [...byName.values()].sort((a, b) => b.last_used - a.last_used)
    },
    async drop(name) {
      const namespace = byName.get(name)
      if (namespace) await forget(namespace, true)
      return namespace !== undefined
    },
    restart,
    restartAll() {
      start.clock = SYSTEM_CLOCK
      for (const namespace of byName.values()) restart(namespace)
    },
    reseed,
    move(change, name) {
      const at = system()
      if (name === undefined) start.clock = change(start.clock, at)
      const moving = name === undefined ? [...byName.values()] : [named(name)]
      return moving.map((namespace) => {
        const before = shows(namespace.clock, at)
        namespace.clock = change(namespace.clock, at)
        return { namespace, before }
      })
    },
  }
}

const oldest = (namespaces: Iterable<Namespace>): Namespace => {
  let found: Namespace | undefined
  for (const namespace of namespaces) if (!found || namespace.last_used < found.last_used) found = namespace
  return found as Namespace
}

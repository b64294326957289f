import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import { type Move, SYSTEM_CLOCK, shows } from './clock.ts'
import { createKept, type Start } from './kept.ts'
import { type Namespace, namespaceName } from './namespace.ts'

export { MAX_LABEL, type Namespace, nameOf, namespaceName } from './namespace.ts'

export interface NamespaceOptions {
  readonly settings: Settings
  readonly now: () => number
  /** Ids for a namespace; all share one source unless a seed is set. */
  readonly idsFor: (name: string, seed?: string) => Ids
  /** How many are kept; one more drops the one unused for longest, whose payments stay. Default: 10,000. */
  readonly limit?: number
  /** Lease of a new one in ms; 0: none. */
  readonly leaseMs?: number
  /** Called with a key on its first call. */
  readonly onNewKey?: (key: string, name: string) => void
  /** Called with a dropped one, so that what belongs to it goes too; `payments` where they go as well. */
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
  readonly start: Start
  readonly limit: number
  /** Set while payments of a dropped namespace are being removed: a call waits for it, so that it loses nothing of its own. */
  readonly dropping: Promise<unknown> | undefined
}

export const createNamespaces = (options: NamespaceOptions): Namespaces => {
  const { idsFor, now: system, limit = 10_000, leaseMs = 0, onDrop = () => {}, onNewKey = () => {} } = options
  const start: Start = { settings: options.settings, clock: SYSTEM_CLOCK, lease_ms: leaseMs === 0 ? null : leaseMs }
  const byKey = new Map<string, Namespace>()
  const kept = createKept({
    start,
    now: system,
    idsFor,
    limit,
    onDrop({ name, key }, payments) {
      if (key !== null) byKey.delete(key)
      return onDrop(name, payments)
    },
  })
  const reseed = (namespace: Namespace) => {
    namespace.ids = idsFor(namespace.name, namespace.seed ?? undefined)
  }
  const restart = (namespace: Namespace) => {
    namespace.clock = start.clock
    namespace.calls = 0
    reseed(namespace)
  }

  return {
    start,
    limit,
    get dropping() {
      return kept.dropping
    },
    named: kept.use,
    of(key) {
      const known = byKey.get(key)
      const namespace = kept.use(known?.name ?? namespaceName(key))
      if (namespace !== known) {
        namespace.key = key
        byKey.set(key, namespace)
        onNewKey(key, namespace.name)
      }
      namespace.calls++
      return namespace
    },
    find: kept.find,
    list: () => kept.all().sort((a, b) => b.last_used - a.last_used),
    async drop(name) {
      const namespace = kept.find(name)
      if (namespace) await kept.drop(namespace, true)
      return namespace !== undefined
    },
    restart,
    restartAll() {
      start.clock = SYSTEM_CLOCK
      for (const namespace of kept.all()) restart(namespace)
    },
    reseed,
    move(change, name) {
      const at = system()
      if (name === undefined) start.clock = change(start.clock, at)
      const moving = name === undefined ? kept.all() : [kept.use(name)]
      return moving.map((namespace) => {
        const before = shows(namespace.clock, at)
        namespace.clock = change(namespace.clock, at)
        return { namespace, before }
      })
    },
  }
}

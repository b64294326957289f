import { createHash } from 'node:crypto'
import type { Settings } from '../payment/settings.ts'
import { createChanges } from './changes.ts'
import type { Move } from './clock.ts'
import type { LiveNamespace } from './live.ts'
import { mask } from './mask.ts'
import type { Namespace, NamespaceChange } from './namespace.ts'
import { createRegistry, type RegistryOptions } from './registry.ts'
import { createStart, type Start } from './start.ts'

export { MAX_LABEL, type Namespace } from './namespace.ts'

export interface NamespaceOptions extends RegistryOptions {
  readonly settings: Settings
  /** Lease of a new one in ms; 0: none. */
  readonly leaseMs?: number
  /** Called with a key on its first call. */
  readonly onNewKey?: (key: string, name: string) => void
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
  /** Changes one, made where there is none. A new seed starts its ids anew. */
  change(name: string, change: NamespaceChange): Promise<Namespace>
  /** Changes all, and those to come. Resolves to how many there are. */
  changeAll(change: Omit<NamespaceChange, 'seed' | 'label'>): Promise<number>
  /** Resolves to false where there is none. */
  drop(name: string): Promise<boolean>
  /** Resets one: lease, settings and seed stay, and seeded ids start anew. */
  restart(name: string): Promise<void>
  /** The same for all, and the system's clock for those to come. */
  restartAll(): Promise<void>
  /** Moves one clock, or all of them and those to come. Resolves to those that moved, with what they showed before. */
  move(move: Move, name?: string): Promise<readonly { readonly namespace: Namespace; readonly before: number }[]>
  readonly start: Start
  readonly limit: number
  /** Set while payments of a dropped namespace are being removed: a call waits for it, so that it loses nothing of its own. */
  readonly dropping: Promise<unknown> | undefined
  /** Reads what an earlier run, or another process, has kept. */
  load(): Promise<void>
}

const NAME = /^ns_[0-9a-f]{12}$/

/** `ns_` and 12 hex digits of the key's SHA-256: the same key has the same name in every run, and no name leads back to a key. */
export const namespaceName = (key: string): string =>
  `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

/** A control call may name a namespace by its public name or by its key, which a test has at hand. */
export const nameOf = (nameOrKey: string): string => (NAME.test(nameOrKey) ? nameOrKey : namespaceName(nameOrKey))

export const createNamespaces = (options: NamespaceOptions): Namespaces => {
  const { records, settings, leaseMs = 0, now: system, onNewKey = () => {} } = options
  const { start, ...starts } = createStart(records, { settings, leaseMs })
  const registry = createRegistry(start, options)
  const { byName, writeBehind } = registry
  /** Names of known keys, so that a call computes no hash. At most as many as there can be namespaces. */
  const nameByKey = new Map<string, string>()

  const use = (name: string): LiveNamespace => registry.use(byName.get(name), () => name)
  const firstCall = (key: string): string => {
    const name = namespaceName(key)
    if (nameByKey.size >= registry.limit) nameByKey.clear()
    nameByKey.set(key, name)
    return name
  }
  const changes = createChanges(registry, { start, ...starts }, use, system)

  return {
    ...changes,
    start,
    limit: registry.limit,
    get dropping() {
      return registry.dropping
    },
    async load() {
      await starts.load()
      await registry.load()
    },
    named: use,
    of(key) {
      const namespace = use(nameByKey.get(key) ?? firstCall(key))
      if (namespace.key !== key) {
        namespace.key = key
        onNewKey(key, namespace.name)
        const key_mask = mask(key)
        if (namespace.key_mask !== key_mask)
          // Its record may be on its way to the store yet.
          writeBehind(namespace.name, (current) => ({ ...(current ?? namespace.record), key_mask }))
      }
      namespace.calls++
      return namespace
    },
    find: registry.find,
    list() {
      registry.sweep()
      return [...byName.values()].sort((a, b) => b.last_used - a.last_used)
    },
    async drop(name) {
      const namespace = byName.get(name)
      if (namespace) await registry.forget(name, true)
      return namespace !== undefined
    },
  }
}

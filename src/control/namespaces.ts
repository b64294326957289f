import { createHash } from 'node:crypto'
import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'

/** What one secret key has to itself. */
export interface Namespace {
  /** Public name, derived from the key: the key itself is never shown. */
  readonly name: string
  readonly ids: Ids
  settings: Settings
  /** Epoch ms of this namespace's clock. */
  now(): number
}

export interface NamespaceOptions {
  readonly settings: Settings
  readonly now: () => number
  /** Ids for a namespace; all share one source unless a seed is set. */
  readonly idsFor: (name: string) => Ids
}

export interface Namespaces {
  of(key: string): Namespace
  /** By its public name, as payments carry it: the payer's page knows a payment but no key. */
  named(name: string): Namespace
}

/** `ns_` and 12 hex digits of the key's SHA-256: the same key has the same name in every run, and no name leads back to a key. */
export const namespaceName = (key: string): string =>
  `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

export const createNamespaces = (options: NamespaceOptions): Namespaces => {
  const byKey = new Map<string, Namespace>()
  const byName = new Map<string, Namespace>()
  const named = (name: string): Namespace => {
    let namespace = byName.get(name)
    if (!namespace) {
      namespace = { name, ids: options.idsFor(name), settings: options.settings, now: options.now }
      byName.set(name, namespace)
    }
    return namespace
  }
  return {
    named,
    of(key) {
      let namespace = byKey.get(key)
      if (!namespace) {
        namespace = named(namespaceName(key))
        byKey.set(key, namespace)
      }
      return namespace
    },
  }
}

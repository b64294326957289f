import { createHash } from 'node:crypto'
import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import type { Clock } from './clock.ts'

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
  /** What its user calls it, so that several test keys can be told apart; null: nothing. */
  label: string | null
  /** The key, once it was seen, to forget it by. Never answered whole. */
  key: string | null
  /** Epoch ms of this namespace's clock. */
  now(): number
}

/** Characters of a namespace's label. */
export const MAX_LABEL = 60

const NAME = /^ns_[0-9a-f]{12}$/

/** `ns_` and 12 hex digits of the key's SHA-256: the same key has the same name in every run, and no name leads back to a key. */
export const namespaceName = (key: string): string =>
  `ns_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`

/** A control call may name a namespace by its public name or by its key, which a test has at hand. */
export const nameOf = (nameOrKey: string): string => (NAME.test(nameOrKey) ? nameOrKey : namespaceName(nameOrKey))

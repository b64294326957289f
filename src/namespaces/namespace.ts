import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import type { Clock } from './clock.ts'

/** A namespace as the store keeps it. */
export interface NamespaceRecord {
  /** Public name, derived from the key: the key itself is never kept. */
  readonly name: string
  /** Where they differ from what a new namespace starts with. */
  readonly settings: Partial<Settings>
  readonly clock: Clock
  /** Makes its ids repeatable; null: the config's seed, if any. */
  readonly seed: string | null
  /** Dropped when unused for so many ms; null: never. */
  readonly lease_ms: number | null
  /** The key as it may be shown, once it was seen. */
  readonly key_mask: string | null
  /** What its user calls it, so that several test keys can be told apart; null: nothing. */
  readonly label: string | null
  /** Goes up when its ids and its count of calls start anew. */
  readonly generation: number
  readonly calls: number
  /** Epoch ms of the system's clock. */
  readonly last_used: number
}

/** Undefined where there is none, or where none is to be left. */
export type RecordChange = (record: NamespaceRecord | undefined) => NamespaceRecord | undefined

/** What one secret key has to itself. Changed only by `Namespaces`. */
export interface Namespace extends Readonly<Omit<NamespaceRecord, 'settings' | 'generation'>> {
  readonly ids: Ids
  /** The secret key once this process has seen it; kept nowhere else. */
  readonly key: string | null
  readonly settings: Settings
  /** Epoch ms of this namespace's clock. */
  now(): number
}

/** A change of one namespace, or of all; what is left out stays. */
export interface NamespaceChange {
  readonly settings?: { readonly [K in keyof Settings]?: Settings[K] | undefined } | undefined
  readonly lease_ms?: number | null | undefined
  readonly seed?: string | undefined
  readonly label?: string | null | undefined
}

/** Characters of a namespace's label. */
export const MAX_LABEL = 60

/** What a change leaves undefined stays. */
export const mergedSettings = (before: Partial<Settings>, change: NamespaceChange['settings']): Partial<Settings> => ({
  ...before,
  ...(Object.fromEntries(Object.entries(change ?? {}).filter(([, v]) => v !== undefined)) as Partial<Settings>),
})

export const changed = (
  record: NamespaceRecord,
  { settings, lease_ms, seed, label }: NamespaceChange,
): NamespaceRecord => ({
  ...record,
  settings: mergedSettings(record.settings, settings),
  lease_ms: lease_ms === undefined ? record.lease_ms : lease_ms,
  seed: seed ?? record.seed,
  label: label === undefined ? record.label : label,
  generation: seed === undefined ? record.generation : record.generation + 1,
})

import type { Ids } from '../payment/ids.ts'
import type { Settings } from '../payment/settings.ts'
import { shows } from './clock.ts'
import type { Namespace, NamespaceRecord } from './namespace.ts'

/** A namespace in use: its record, and what was counted since that was saved. */
export interface LiveNamespace extends Namespace {
  readonly record: NamespaceRecord
  ids: Ids
  calls: number
  last_used: number
  /** Epoch ms when its use was saved last. */
  saved_at: number
  /** The secret key once this process has seen it; kept nowhere else. */
  key: string | null
  /** Takes over a record that was changed here or elsewhere. */
  update(record: NamespaceRecord): void
}

export interface LiveOptions {
  readonly idsFor: (name: string, seed?: string) => Ids
  readonly system: () => number
  readonly startSettings: () => Settings
}

export const createLive = (first: NamespaceRecord, { idsFor, system, startSettings }: LiveOptions): LiveNamespace => {
  let record = first
  let basis: Settings | undefined
  let settings = startSettings()
  const live: LiveNamespace = {
    name: first.name,
    ids: idsFor(first.name, first.seed ?? undefined),
    calls: first.calls,
    last_used: first.last_used,
    saved_at: first.last_used,
    key: null,
    get record() {
      return record
    },
    get settings() {
      const start = startSettings()
      if (start !== basis) {
        basis = start
        settings = { ...start, ...record.settings }
      }
      return settings
    },
    get clock() {
      return record.clock
    },
    get seed() {
      return record.seed
    },
    get lease_ms() {
      return record.lease_ms
    },
    get label() {
      return record.label
    },
    get key_mask() {
      return record.key_mask
    },
    now: () => shows(record.clock, system()),
    update(next) {
      const isNew = next.generation !== record.generation
      const unsaved = isNew ? 0 : live.calls - record.calls
      if (isNew) live.ids = idsFor(next.name, next.seed ?? undefined)
      record = next
      basis = undefined
      live.calls = next.calls + unsaved
      live.last_used = Math.max(live.last_used, next.last_used)
    },
  }
  return live
}

import type { Settings } from '../payment/settings.ts'
import type { Records } from '../store/records.ts'
import { type Clock, SYSTEM_CLOCK } from './clock.ts'
import { mergedSettings, type NamespaceChange } from './namespace.ts'

/** What a new namespace starts with, where it differs from the config. */
export interface StartRecord {
  readonly settings: Partial<Settings>
  readonly clock: Clock
  /** Null: as the config says. */
  readonly lease: { readonly ms: number | null } | null
}

const AS_CONFIGURED: StartRecord = { settings: {}, clock: SYSTEM_CLOCK, lease: null }
const START = 'start'

/** What a new namespace starts with: changed for all at once. */
export interface Start {
  readonly settings: Settings
  readonly clock: Clock
  readonly lease_ms: number | null
}

export const createStart = (
  records: Records,
  configured: { readonly settings: Settings; readonly leaseMs: number },
) => {
  let record = AS_CONFIGURED
  let settings = configured.settings
  const apply = (next: StartRecord) => {
    record = next
    settings = { ...configured.settings, ...next.settings }
  }
  records.subscribe<StartRecord>(START, (_, next = AS_CONFIGURED) => apply(next))
  const write = (change: (before: StartRecord) => StartRecord) =>
    records.change<StartRecord>(START, START, (current) => change(current ?? AS_CONFIGURED))
  const start: Start = {
    get settings() {
      return settings
    },
    get clock() {
      return record.clock
    },
    get lease_ms() {
      if (record.lease) return record.lease.ms
      return configured.leaseMs === 0 ? null : configured.leaseMs
    },
  }
  return {
    start,
    async load() {
      for (const kept of await records.list<StartRecord>(START)) apply(kept)
    },
    change: (change: Omit<NamespaceChange, 'seed' | 'label'>) =>
      write((before) => ({
        ...before,
        settings: mergedSettings(before.settings, change.settings),
        lease: change.lease_ms === undefined ? before.lease : { ms: change.lease_ms },
      })),
    moveClock: (move: (clock: Clock) => Clock) => write((before) => ({ ...before, clock: move(before.clock) })),
  }
}

import { monotonicFactory } from 'ulid'
import { createSecrets, type Secrets } from '../namespaces/secrets.ts'
import type { RandomSource } from '../payment/ids.ts'
import type { Log } from '../store/log.ts'
import { createEntries } from './entries.ts'
import { cut, type Entry, type RecordedCall, type ShownEntry } from './entry.ts'
import { type Filter, matcher, nearMatcher } from './filter.ts'
import { createShown } from './shown.ts'
import { createSlice } from './slice.ts'
import { createWaits, type Waits } from './waits.ts'

export interface Journal {
  /** Keeps a call, in the place of the oldest where the journal is full. Undefined where the journal is off. */
  record(call: RecordedCall): Entry | undefined
  /** Newest first. Like `count` and `near` it works in slices: calls that come in meanwhile are not looked at. */
  query(filter: Filter, limit?: number): Promise<readonly Entry[]>
  count(filter: Filter): Promise<number>
  find(id: string): Entry | undefined
  /** The entry without secrets. */
  shown(entry: Entry): ShownEntry
  /** The newest `count` matches as soon as there are as many; undefined after `timeoutMs`, or when `signal` ends it. */
  wait: Waits['wait']
  /** Entries that miss `filter` by one condition alone, with its name; the newest first, at most 5. */
  near(filter: Filter): Promise<readonly { readonly entry: Entry; readonly differs: string }[]>
  clear(namespace?: string): Promise<number>
  /** Calls the listener with every new entry until the returned function is called. */
  subscribe(listener: (entry: Entry) => void): () => void
  readonly size: number
  readonly dropped: number
  readonly on: boolean
  /** Reads what other processes have recorded, or an earlier one. Undefined where there is nothing to read. */
  refresh(): Promise<void> | undefined
  /** Reads what an earlier process has kept. */
  load(): Promise<void>
}

export interface JournalOptions {
  /** Calls kept. */
  readonly length: number
  readonly random: RandomSource
  /** False: nothing is kept. Default: true. */
  readonly on?: boolean
  /** Where entries are kept outside this process. */
  readonly log?: Log | undefined
  /** What entries are shown without. Default: none is known. */
  readonly secrets?: Secrets
  /** Called with each entry of this process. */
  readonly onRecord?: (entry: Entry) => void
}

const MAX_NEAR = 5

export const createJournal = (options: JournalOptions): Journal => {
  const { length, random, on = true, log, onRecord, secrets = createSecrets() } = options
  const shown = createShown(secrets)
  const ulid = monotonicFactory(() => Number.parseInt(random.hex(4), 16) / 0x1_0000_0000)
  const entries = createEntries(length, log, shown)

  /** Calls `look` with each entry, the newest first, until it returns true. */
  const scan = async (look: (entry: Entry) => boolean) => {
    const slice = createSlice()
    for (const entry of entries.newestFirst()) {
      if (slice.isOver()) await slice.rest()
      if (look(entry)) return
    }
  }
  const query: Journal['query'] = async (filter, limit = Number.POSITIVE_INFINITY) => {
    const matches = matcher(filter, shown)
    const found: Entry[] = []
    await scan((entry) => matches(entry) && found.push(entry) >= limit)
    return found
  }
  const count: Journal['count'] = async (filter) => {
    const matches = matcher(filter, shown)
    let matched = 0
    await scan((entry) => {
      if (matches(entry)) matched++
      return false
    })
    return matched
  }
  return {
    on,
    query,
    record(call) {
      if (!on) return undefined
      const entry: Entry = { ...call, id: ulid(call.at), body: cut(call.body), response: cut(call.response) }
      entries.add(entry)
      onRecord?.(entry)
      return entry
    },
    count,
    find: entries.find,
    shown,
    wait: createWaits(query, count, entries.subscribe, (filter) => matcher(filter, shown)).wait,
    async near(filter) {
      const failsBy = nearMatcher(filter, shown)
      const near: { entry: Entry; differs: string }[] = []
      await scan((entry) => {
        const differs = failsBy(entry)
        if (differs !== undefined) near.push({ entry, differs })
        return near.length >= MAX_NEAR
      })
      return near
    },
    clear: entries.clear,
    subscribe: entries.subscribe,
    refresh: entries.refresh,
    load: entries.load,
    get size() {
      return entries.size
    },
    get dropped() {
      return entries.dropped
    },
  }
}

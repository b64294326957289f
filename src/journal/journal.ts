import { monotonicFactory } from 'ulid'
import type { RandomSource } from '../payment/ids.ts'
import { cut, type Entry, type RecordedCall } from './entry.ts'
import { type Filter, failsBy, matcher } from './filter.ts'
import { createRing } from './ring.ts'
import { createWaits, type Waits } from './waits.ts'

export interface Journal {
  /** Keeps a call, in the place of the oldest where the journal is full. Undefined where the journal is off. */
  record(call: RecordedCall): Entry | undefined
  /** Newest first. */
  query(filter: Filter, limit?: number): readonly Entry[]
  count(filter: Filter): number
  find(id: string): Entry | undefined
  /** The newest `count` matches as soon as there are as many; undefined after `timeoutMs`, or when `signal` ends it. */
  wait: Waits['wait']
  /** Entries that miss `filter` by one condition alone, with its name; the newest first, at most 5. */
  near(filter: Filter): readonly { readonly entry: Entry; readonly differs: string }[]
  clear(namespace?: string): number
  /** Calls the listener with every new entry until the returned function is called. */
  subscribe(listener: (entry: Entry) => void): () => void
  readonly size: number
  readonly dropped: number
  readonly on: boolean
}

export interface JournalOptions {
  /** Calls kept. */
  readonly length: number
  readonly random: RandomSource
  /** False: nothing is kept. Default: true. */
  readonly on?: boolean
}

/** Requests kept that are no call of the API, such as wrong paths: apart, so that they cannot push calls out. */
export const MAX_OTHER_REQUESTS = 200
const MAX_NEAR = 5

/** The last calls, and a few of the other requests, in the order in which they came in. */
export const createJournal = ({ length, random, on = true }: JournalOptions): Journal => {
  const ulid = monotonicFactory(() => Number.parseInt(random.hex(4), 16) / 0x1_0000_0000)
  const calls = createRing<Entry>(length)
  const others = createRing<Entry>(Math.min(length, MAX_OTHER_REQUESTS))
  const listeners = new Set<(entry: Entry) => void>()

  const all = (): readonly Entry[] =>
    others.size === 0 ? calls.items() : [...calls.items(), ...others.items()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const query: Journal['query'] = (filter, limit = Number.POSITIVE_INFINITY) =>
    all().filter(matcher(filter)).reverse().slice(0, limit)
  const subscribe: Journal['subscribe'] = (listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const record: Journal['record'] = (call) => {
    if (!on) return undefined
    const entry: Entry = { ...call, id: ulid(call.at), body: cut(call.body), response: cut(call.response) }
    const ring = call.call === null ? others : calls
    ring.push(entry)
    for (const listener of [...listeners]) listener(entry)
    return entry
  }
  return {
    on,
    record,
    subscribe,
    query,
    count: (filter) => query(filter).length,
    find: (id) => all().find((entry) => entry.id === id),
    wait: createWaits(query, subscribe).wait,
    near(filter) {
      const near: { entry: Entry; differs: string }[] = []
      for (const entry of [...all()].reverse()) {
        const differs = failsBy(filter, entry)
        if (differs !== undefined) near.push({ entry, differs })
        if (near.length === MAX_NEAR) break
      }
      return near
    },
    clear(namespace) {
      const keep = (entry: Entry) => namespace !== undefined && entry.namespace !== namespace
      return calls.retain(keep) + others.retain(keep)
    },
    get size() {
      return calls.size + others.size
    },
    get dropped() {
      return calls.dropped
    },
  }
}

import { monotonicFactory } from 'ulid'
import type { Chance } from '../../payment/ids.ts'
import { type Call, Entry } from './entry.ts'
import { type Filter, failsBy, matcher } from './filter.ts'
import { createPages } from './pages.ts'

export interface Journal {
  /** Keeps a call, in the place of the oldest where it is full. Undefined where nothing is kept. */
  record(call: Call): Entry | undefined
  /** Newest first. */
  query(filter: Filter, limit?: number): readonly Entry[]
  count(filter: Filter): number
  find(id: string): Entry | undefined
  /** The newest `count` matches as soon as there are as many; undefined after `timeoutMs`, or when `signal` ends it. */
  wait(
    filter: Filter,
    count: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<readonly Entry[] | undefined | 'too-many'>
  /** Entries that miss `filter` by one condition alone, with its name; the newest first, at most 5. */
  near(filter: Filter): readonly { readonly entry: Entry; readonly differs: string }[]
  clear(namespace?: string): number
  /** Told of every new entry until the returned function is called. */
  subscribe(listener: (entry: Entry) => void): () => void
  /** Of a call's entry its id; entries get theirs when somebody looks. */
  idOf(entry: Entry): string
  readonly size: number
  readonly dropped: number
  readonly on: boolean
}

export interface JournalOptions {
  /** Calls kept. */
  readonly length: number
  readonly chance: Chance
  /** False: nothing is kept. Default: true. */
  readonly on?: boolean
}

/** Calls of the control API that wait at once; one more is refused. */
export const MAX_WAITING = 1000
const MAX_NEAR = 5

/** A ring of calls: the oldest goes out. */
export const createJournal = ({ length, chance, on = true }: JournalOptions): Journal => {
  const ulid = monotonicFactory(() => Number.parseInt(chance.hex(4), 16) / 0x1_0000_0000)
  let ring: Entry[] = []
  let oldest = 0
  let dropped = 0
  let named = 0
  let recorded = 0
  const listeners = new Set<(entry: Entry) => void>()
  let waiting = 0
  const pages = createPages()
  /** A client sends the same headers again and again: they are kept once, or keeping them would be half of what the journal costs. */
  let headers: Entry['headers'] = []

  const inOrder = () => (oldest === 0 ? ring : [...ring.slice(oldest), ...ring.slice(0, oldest)])

  /** An id costs more than the rest of an entry: entries get theirs, in their order, when somebody looks. */
  const name = (): readonly Entry[] => {
    const entries = inOrder()
    const unnamed = Math.min(recorded - named, entries.length)
    for (const entry of entries.slice(entries.length - unnamed)) entry.id = ulid(entry.at)
    named = recorded
    return entries
  }
  const matching = (filter: Filter) => name().filter(matcher(filter))

  const record = (call: Call): Entry | undefined => {
    if (!on) return undefined
    headers = alike(call.headers, headers) ? headers : call.headers
    const entry = new Entry(call, headers, pages)
    recorded++
    if (ring.length < length) ring.push(entry)
    else {
      ring[oldest]?.leave(pages)
      ring[oldest] = entry
      oldest = oldest + 1 === length ? 0 : oldest + 1
      dropped++
    }
    if (listeners.size > 0) {
      name()
      for (const listener of [...listeners]) listener(entry)
    }
    return entry
  }
  const subscribe = (listener: (entry: Entry) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    on,
    record,
    subscribe,
    query: (filter, limit = Number.POSITIVE_INFINITY) => matching(filter).reverse().slice(0, limit),
    count: (filter) => matching(filter).length,
    find: (id) => name().find((entry) => entry.id === id),
    idOf(entry) {
      if (entry.id === '') name()
      return entry.id
    },
    async wait(filter, count, timeoutMs, signal) {
      const newest = () => matching(filter).reverse().slice(0, count)
      let found = newest()
      if (found.length >= count) return found
      if (waiting >= MAX_WAITING) return 'too-many'
      waiting++
      return new Promise<readonly Entry[] | undefined>((resolve) => {
        const matches = matcher(filter)
        const stop = subscribe((entry) => {
          if (!matches(entry)) return
          found = newest()
          if (found.length >= count) end(found)
        })
        const end = (result: readonly Entry[] | undefined) => {
          stop()
          clearTimeout(timer)
          signal?.removeEventListener('abort', abandon)
          resolve(result)
        }
        const abandon = () => end(undefined)
        const timer = setTimeout(abandon, timeoutMs)
        signal?.addEventListener('abort', abandon)
      }).finally(() => {
        waiting--
      })
    },
    near(filter) {
      const near: { entry: Entry; differs: string }[] = []
      for (const entry of [...name()].reverse()) {
        const differs = failsBy(filter, entry)
        if (differs !== undefined) near.push({ entry, differs })
        if (near.length === MAX_NEAR) break
      }
      return near
    },
    clear(namespace) {
      const entries = name()
      const left = namespace === undefined ? [] : entries.filter((entry) => entry.namespace !== namespace)
      const kept = new Set(left)
      const gone = entries.filter((entry) => !kept.has(entry))
      for (const entry of gone) entry.leave(pages)
      // One entry of a namespace that is never cleared would keep a whole page of those that are: 10,000 of them a gigabyte.
      if (pages.isThin(left.reduce((bytes, entry) => bytes + entry.bytes, 0)))
        for (const entry of left) entry.move(pages)
      ring = [...left]
      oldest = 0
      return gone.length
    },
    get size() {
      return ring.length
    },
    get dropped() {
      return dropped
    },
  }
}

const alike = (a: Entry['headers'], b: Entry['headers']): boolean => {
  if (a === b) return true
  // Not `instanceof Headers`: to name it loads Node's whole fetch, which a start need not wait for.
  if (!('length' in a && 'length' in b) || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

import type { Log } from '../store/log.ts'
import { type Entry, fromText, type ShownEntry, toText } from './entry.ts'
import { createRing } from './ring.ts'

/** Requests kept that are no call of the API, such as wrong paths: apart, so that they cannot push calls out. */
export const MAX_OTHER_REQUESTS = 200

/** How often a log that others write too is read while somebody listens, in ms. */
const POLL_MS = 50

/** The last calls, and a few of the other requests, in this process and in the log. */
export interface Entries {
  add(entry: Entry): void
  /** As they are now: what is added later is left out. */
  newestFirst(): Iterable<Entry>
  find(id: string): Entry | undefined
  clear(namespace?: string): Promise<number>
  subscribe(listener: (entry: Entry) => void): () => void
  /** Reads what others have added. Undefined where nobody else can have. */
  refresh(): Promise<void> | undefined
  /** Reads what an earlier process has kept. */
  load(): Promise<void>
  readonly size: number
  readonly dropped: number
}

export const createEntries = (length: number, log: Log | undefined, shown: (entry: Entry) => ShownEntry): Entries => {
  const limits = { calls: length, others: Math.min(length, MAX_OTHER_REQUESTS) }
  const rings = { calls: createRing<Entry>(limits.calls), others: createRing<Entry>(limits.others) }
  const { calls, others } = rings
  const listeners = new Set<(entry: Entry) => void>()
  const shared = log?.isShared ? log : undefined
  let droppedBefore = 0
  let reading: Promise<void> = Promise.resolve()
  let stopPolling = () => {}

  const listOf = (entry: Entry): keyof typeof rings => (entry.call === null ? 'others' : 'calls')
  const keep = (entry: Entry) => {
    rings[listOf(entry)].push(entry)
    for (const listener of [...listeners]) listener(entry)
  }
  const readFrom = async (source: Log) => {
    const { isAnew, texts, dropped } = await source.read()
    droppedBefore = dropped['calls'] ?? 0
    const known = new Set(isAnew ? [...calls.items(), ...others.items()].map(({ id }) => id) : [])
    if (isAnew) for (const ring of [calls, others]) ring.retain(() => false)
    for (const { text } of texts) {
      const entry = fromText(text)
      if (known.has(entry.id)) rings[listOf(entry)].push(entry)
      else keep(entry)
    }
  }
  /** One read at a time. A caller that comes during a read waits for the next one. */
  const refresh: Entries['refresh'] = () => {
    if (!shared) return undefined
    const next = reading.then(() => readFrom(shared))
    reading = next.catch(() => {})
    return next
  }

  return {
    newestFirst: () => newestFirst(calls.items(), others.items()),
    find(id) {
      const isMeant = (entry: Entry) => entry.id === id
      return calls.items().find(isMeant) ?? others.items().find(isMeant)
    },
    refresh,
    add(entry) {
      const list = listOf(entry)
      log?.append(list, toText(shown(entry)), { namespace: entry.namespace, limit: limits[list] })
      if (!shared) keep(entry)
    },
    async clear(namespace) {
      const stays = (entry: Entry) => namespace !== undefined && entry.namespace !== namespace
      const removed = calls.retain(stays) + others.retain(stays)
      return log ? log.clear(namespace) : removed
    },
    subscribe(listener) {
      if (shared && listeners.size === 0) stopPolling = every(POLL_MS, () => refresh()?.catch(() => {}))
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stopPolling()
      }
    },
    load: async () => (log ? readFrom(log) : undefined),
    get size() {
      return calls.size + others.size
    },
    get dropped() {
      return droppedBefore + (shared ? 0 : calls.dropped)
    },
  }
}

const every = (ms: number, act: () => unknown): (() => void) => {
  const timer = setInterval(act, ms)
  timer.unref()
  return () => clearInterval(timer)
}

/** Two lists, each with the oldest first, as one with the newest first. */
function* newestFirst(a: readonly Entry[], b: readonly Entry[]) {
  let i = a.length - 1
  let j = b.length - 1
  while (i >= 0 || j >= 0) {
    const [left, right] = [a[i], b[j]]
    if (left && (!right || left.id > right.id)) {
      i--
      yield left
    } else if (right) {
      j--
      yield right
    }
  }
}

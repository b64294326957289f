import { isFinal, type Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import { createMemorySubscriptions } from './memory-subscriptions.ts'
import { createQueue } from './queue.ts'
import { createMemoryRecords } from './records.ts'
import { replaceIn } from './replace.ts'
import type { Change, Store } from './store.ts'

/** Payments that are removed before the calls that wait have their turn. */
const AT_ONCE = 2000

const inTurns = async <T>(items: readonly T[], act: (item: T) => void): Promise<void> => {
  for (let at = 0; at < items.length; at += AT_ONCE) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve))
    for (const item of items.slice(at, at + AT_ONCE)) act(item)
  }
}

/** The tid of each hash. Most payments of a test are never looked at by hash: they are indexed when somebody first looks. */
const createHashes = (added: ReturnType<typeof createQueue>, hashOf: (tid: string) => string | undefined) => {
  const tidByHash = new Map<string, string>()
  return {
    tidOf(hash: string) {
      for (const tid of added.unseen()) {
        const found = hashOf(tid)
        if (found !== undefined) tidByHash.set(found, tid)
      }
      return tidByHash.get(hash)
    },
    forget(hash?: string) {
      if (hash === undefined) tidByHash.clear()
      else tidByHash.delete(hash)
    },
  }
}

/** Payments in this process. At `limit` the oldest finished payment makes room, else the oldest of all. */
export const createMemoryStore = (limit: number, maxSubscriptions: number): Store => {
  const byTid = new Map<string, Payment>()
  const isKept = (tid: string) => byTid.has(tid)
  const added = createQueue(limit, isKept)
  const finished = createQueue(limit, isKept)
  const subscriptions = createMemorySubscriptions(maxSubscriptions)
  const records = createMemoryRecords()
  const hashes = createHashes(added, (tid) => byTid.get(tid)?.hash)

  const of = (namespace: string | undefined) =>
    [...byTid.values()].filter((p) => namespace === undefined || p.namespace === namespace)
  const drop = (payment: Payment) => {
    byTid.delete(payment.tid)
    hashes.forget(payment.hash)
  }
  const clearAtOnce = async () => {
    byTid.clear()
    hashes.forget()
    added.clear()
    finished.clear()
    return subscriptions.clear()
  }
  const makeRoom = () => {
    const payment = byTid.get(finished.take() ?? added.take() ?? '')
    if (payment) drop(payment)
  }

  const store: Store = {
    async add(payment) {
      while (byTid.size >= limit) makeRoom()
      byTid.set(payment.tid, payment)
      added.put(payment.tid)
      if (isFinal(payment)) finished.put(payment.tid)
    },
    find: async (tid) => byTid.get(tid),
    findByHash: async (hash) => byTid.get(hashes.tidOf(hash) ?? ''),
    async change<R extends Refusal<string>>(tid: string, change: Change<R>) {
      const before = byTid.get(tid)
      if (!before) return undefined
      const after = change(before)
      if (isRefusal(after)) return after
      byTid.set(tid, after)
      if (isFinal(after) && !isFinal(before)) finished.put(tid)
      return after
    },
    async list({ namespace, limit: most = Number.POSITIVE_INFINITY } = {}) {
      return of(namespace).reverse().slice(0, most)
    },
    async clear(namespace) {
      const gone = of(namespace)
      await inTurns(gone, drop)
      await subscriptions.clear(namespace)
      return gone.length
    },
    count: async (namespace) => (namespace === undefined ? byTid.size : of(namespace).length),
    // Not in turns: no call may come between.
    replace: (kept, options) => replaceIn({ ...store, clear: clearAtOnce }, kept, options),
    limits: { maxPayments: limit, maxSubscriptions },
    subscriptions,
    records,
    log: undefined,
    saved: () => undefined,
    ping: async () => {},
    close: async () => {},
  }
  return store
}

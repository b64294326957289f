import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { createQueue } from './queue.ts'
import type { Subscriptions } from './store.ts'

/** Subscriptions in this process. At `limit` the oldest inactive one makes room, else the oldest of all. */
export const createMemorySubscriptions = (limit: number): Subscriptions => {
  const bySid = new Map<string, Subscription>()
  const isKept = (sid: string) => bySid.has(sid)
  const added = createQueue(limit, isKept)
  const ended = createQueue(limit, isKept)
  return {
    async add(subscription) {
      while (bySid.size >= limit) bySid.delete(ended.take() ?? added.take() ?? '')
      bySid.set(subscription.sid, subscription)
      added.put(subscription.sid)
    },
    find: async (sid) => bySid.get(sid),
    async change<R extends Refusal<string>>(sid: string, change: (subscription: Subscription) => Subscription | R) {
      const before = bySid.get(sid)
      if (!before) return undefined
      const after = change(before)
      if (isRefusal(after)) return after
      bySid.set(sid, after)
      if (after.status === 'INACTIVE' && before.status === 'ACTIVE') ended.put(sid)
      return after
    },
    async clear(namespace) {
      const gone = [...bySid.values()].filter((s) => namespace === undefined || s.namespace === namespace)
      for (const { sid } of gone) bySid.delete(sid)
      if (namespace === undefined) for (const queue of [added, ended]) queue.clear()
      return gone.length
    },
    async list(namespace) {
      return [...bySid.values()].filter((s) => namespace === undefined || s.namespace === namespace).reverse()
    },
    count: async () => bySid.size,
  }
}

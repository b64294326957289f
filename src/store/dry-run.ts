import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Change, Store } from './store.ts'

/** Reads from a store and decides changes, but keeps none of them: for faults that check a call without carrying it out. */
export const createDryRunStore = (store: Store): Store => ({
  add: async () => {},
  find: (tid) => store.find(tid),
  findByHash: (hash) => store.findByHash(hash),
  async change<R extends Refusal<string>>(tid: string, change: Change<R>) {
    const before = await store.find(tid)
    return before && change(before)
  },
  list: (options) => store.list(options),
  clear: async () => 0,
  count: (namespace) => store.count(namespace),
  replace: async () => false,
  limits: store.limits,
  subscriptions: {
    add: async () => {},
    find: (sid) => store.subscriptions.find(sid),
    async change(sid, change) {
      const before = await store.subscriptions.find(sid)
      if (!before) return undefined
      const after = change(before)
      return isRefusal(after) ? after : before
    },
    clear: async () => 0,
    list: (namespace) => store.subscriptions.list(namespace),
    count: () => store.subscriptions.count(),
  },
  records: store.records,
  log: undefined,
  saved: () => store.saved(),
  ping: () => store.ping(),
  close: async () => {},
})

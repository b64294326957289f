import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Change, Store } from './store.ts'

/** A store to try things on: everything can be read and decided, nothing is kept. */
export const createRehearsal = (store: Store): Store => ({
  add: () => {},
  find: (tid) => store.find(tid),
  findByHash: (hash) => store.findByHash(hash),
  async change<R extends Refusal<string>>(tid: string, change: Change<R>) {
    const before = await store.find(tid)
    return before && change(before)
  },
  list: (options) => store.list(options),
  clear: () => 0,
  get size() {
    return store.size
  },
  subscriptions: {
    add: () => {},
    find: (sid) => store.subscriptions.find(sid),
    async change(sid, change) {
      const before = await store.subscriptions.find(sid)
      if (!before) return undefined
      const after = change(before)
      return isRefusal(after) ? after : before
    },
    clear: () => 0,
    get size() {
      return store.subscriptions.size
    },
  },
  applications: store.applications,
})

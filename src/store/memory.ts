import { isEnded, type Payment } from '../payment/payment.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Change, Store } from './store.ts'

/** Payments in this process. At `limit` the oldest finished payment makes room, else the oldest of all. */
export const createMemoryStore = (limit: number): Store => {
  const byTid = new Map<string, Payment>()
  const tidByHash = new Map<string, string>()
  const finished = new Set<string>()

  const drop = (payment: Payment) => {
    byTid.delete(payment.tid)
    tidByHash.delete(payment.hash)
    finished.delete(payment.tid)
  }
  const makeRoom = () => {
    const tid = finished.values().next().value ?? byTid.keys().next().value
    const payment = tid === undefined ? undefined : byTid.get(tid)
    if (payment) drop(payment)
  }

  return {
    add(payment) {
      while (byTid.size >= limit) makeRoom()
      byTid.set(payment.tid, payment)
      tidByHash.set(payment.hash, payment.tid)
    },
    find: (tid) => byTid.get(tid),
    findByHash: (hash) => byTid.get(tidByHash.get(hash) ?? ''),
    change<R extends Refusal<string>>(tid: string, change: Change<R>) {
      const before = byTid.get(tid)
      if (!before) return undefined
      const after = change(before)
      if (isRefusal(after)) return after
      byTid.set(tid, after)
      if (isEnded(after)) finished.add(tid)
      return after
    },
    list({ namespace, limit: most = Number.POSITIVE_INFINITY } = {}) {
      const found = [...byTid.values()].filter((p) => namespace === undefined || p.namespace === namespace)
      return found.reverse().slice(0, most)
    },
    clear(namespace) {
      const gone = [...byTid.values()].filter((p) => namespace === undefined || p.namespace === namespace)
      for (const payment of gone) drop(payment)
      return gone.length
    },
    get size() {
      return byTid.size
    },
  }
}

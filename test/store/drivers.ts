import { setTimeout as pause } from 'node:timers/promises'
import type { Payment } from '../../src/payment/payment.ts'
import { isRefusal, type Refusal } from '../../src/payment/refusal.ts'
import type { Subscription } from '../../src/payment/subscription.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import type { Change, Store } from '../../src/store/store.ts'

/**
 * A change as a database does it that is far away and locks nothing: read, decide, and write only where nobody was faster; else again.
 * Between the steps there is time for others, which is what a store in memory never gives them.
 */
const compareAndSet = async <T extends object, R extends Refusal<string>>(
  find: () => T | undefined | Promise<T | undefined>,
  decide: (value: T) => T | R,
  swap: (set: (current: T) => T) => unknown,
): Promise<T | R | undefined> => {
  for (;;) {
    await pause(1)
    const before = await find()
    if (!before) return undefined
    const after = decide(before)
    await pause(1)
    if (isRefusal(after)) return after
    let won = false
    await swap((current) => {
      won = current === before
      return won ? after : current
    })
    if (won) return after
  }
}

const later = async <T>(act: () => T): Promise<Awaited<T>> => {
  await pause(1)
  return await act()
}

export const createSlowStore = (limit: number, maxSubscriptions: number): Store => {
  const near = createMemoryStore(limit, maxSubscriptions)
  const { subscriptions } = near
  return {
    add: (payment) => later(() => near.add(payment)),
    find: (tid) => later(() => near.find(tid)),
    findByHash: (hash) => later(() => near.findByHash(hash)),
    change: <R extends Refusal<string>>(tid: string, change: Change<R>) =>
      compareAndSet<Payment, R>(
        () => near.find(tid),
        change,
        (set) => near.change(tid, set),
      ),
    list: (options) => later(() => near.list(options)),
    clear: (namespace) => later(() => near.clear(namespace)),
    get size() {
      return near.size
    },
    subscriptions: {
      add: (subscription) => later(() => subscriptions.add(subscription)),
      find: (sid) => later(() => subscriptions.find(sid)),
      change: <R extends Refusal<string>>(sid: string, change: (subscription: Subscription) => Subscription | R) =>
        compareAndSet<Subscription, R>(
          () => subscriptions.find(sid),
          change,
          (set) => subscriptions.change(sid, set),
        ),
      clear: (namespace) => later(() => subscriptions.clear(namespace)),
      get size() {
        return subscriptions.size
      },
    },
    applications: near.applications,
  }
}

/** Every driver there is, and one that is deliberately slow, so that what holds is the interface's promise and not one driver's habit. */
export const drivers: readonly [string, (limit: number, maxSubscriptions: number) => Store][] = [
  ['memory', createMemoryStore],
  ['slow', createSlowStore],
]

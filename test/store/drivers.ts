import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe } from 'vitest'
import type { Payment } from '../../src/payment/payment.ts'
import { isRefusal, type Refusal } from '../../src/payment/refusal.ts'
import type { Subscription } from '../../src/payment/subscription.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { openRedisStore } from '../../src/store/redis.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import type { Change, Store } from '../../src/store/store.ts'
import { needs } from '../needs.ts'
import { type RedisServer, startRedis } from './redis.ts'

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
    count: (namespace) => later(() => near.count(namespace)),
    replace: (kept, options) => later(() => near.replace(kept, options)),
    limits: near.limits,
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
      list: (namespace) => later(() => subscriptions.list(namespace)),
      count: () => later(() => subscriptions.count()),
    },
    records: near.records,
    log: undefined,
    saved: () => undefined,
    ping: async () => {},
    close: async () => {},
  }
}

type Create = (limit: number, maxSubscriptions: number) => Promise<Store>

let server: Promise<RedisServer> | undefined
let stores = 0
const folder = () => mkdtempSync(join(tmpdir(), 'kakaopay-mock-store-'))

const createSqlite: Create = async (maxPayments, maxSubscriptions) =>
  openSqliteStore(join(folder(), 'state.db'), { maxPayments, maxSubscriptions })

/** Each in a server that the tests of a file share, under a prefix of its own. */
const createRedis: Create = async (maxPayments, maxSubscriptions) => {
  server ??= startRedis()
  const { url } = await server
  return openRedisStore(url, { maxPayments, maxSubscriptions, prefix: `test-${process.pid}-${++stores}:` })
}

/** Part of Node 22.13 and later. */
export const hasSqlite = process.getBuiltinModule('node:sqlite') !== undefined

/** Every driver there is, and one that is deliberately slow, so that what holds is the interface's and not one driver's habit. */
const drivers: readonly (readonly [string, boolean, Create])[] = [
  ['memory', true, async (...limits) => createMemoryStore(...limits)],
  ['slow', true, async (...limits) => createSlowStore(...limits)],
  ['sqlite', hasSqlite, createSqlite],
  ['redis', needs('redis'), createRedis],
]

/** The same tests for every driver; those that cannot run here are skipped by name. */
export const describeStores = (title: string, tests: (create: Create) => void): void => {
  for (const [name, works, create] of drivers)
    describe.skipIf(!works)(`${name}: ${title}`, () => {
      afterAll(stopRedis)
      tests(create)
    })
}

const stopRedis = async (): Promise<void> => {
  await (await server)?.stop()
  server = undefined
}

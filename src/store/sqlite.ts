import { isFinal, type Payment } from '../payment/payment.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { replaceIn } from './replace.ts'
import { type Batch, createBatch } from './sqlite-batch.ts'
import { openFile } from './sqlite-file.ts'
import { createSqliteLog } from './sqlite-log.ts'
import { createSqliteRecords } from './sqlite-records.ts'
import { createTable } from './sqlite-table.ts'
import type { Change, Store, StoreLimits, Subscriptions } from './store.ts'

/**
 * State in a SQLite file, which outlives the process. Reads see at once what was written; it is on the file at the end of the tick, and
 * `saved` waits for that. Throws StoreError where the file cannot be used.
 */
export const openSqliteStore = (path: string, { maxPayments, maxSubscriptions }: StoreLimits): Store => {
  const db = openFile(path)
  const records = createSqliteRecords(db, () => batch)
  const batch: Batch = createBatch(db, {
    onCommit: records.keep,
    onRollback() {
      payments.recount()
      subscriptions.recount()
      log.recount()
      records.restore()
    },
  })
  const log = createSqliteLog(db, batch)
  const payments = createTable<Payment>(db, batch, {
    name: 'payments',
    columns: ['tid', 'hash', 'namespace'],
    limit: maxPayments,
    hasEnded: isFinal,
  })
  const subscriptions = createTable<Subscription>(db, batch, {
    name: 'subscriptions',
    columns: ['sid', 'namespace'],
    limit: maxSubscriptions,
    hasEnded: ({ status }) => status === 'INACTIVE',
  })
  const store: Store = {
    add: async (payment) => payments.add(payment),
    find: async (tid) => payments.find('tid', tid),
    findByHash: async (hash) => payments.find('hash', hash),
    change: async <R extends Refusal<string>>(tid: string, change: Change<R>) => payments.change(tid, change),
    list: async ({ namespace, limit } = {}) => payments.list(namespace, limit),
    count: async (namespace) => payments.count(namespace),
    async clear(namespace) {
      subscriptions.clear(namespace)
      return payments.clear(namespace)
    },
    replace: (kept, options) => replaceIn(store, kept, options),
    limits: { maxPayments, maxSubscriptions },
    subscriptions: asSubscriptions(subscriptions),
    records,
    log,
    saved: batch.saved,
    ping: async () => {},
    async close() {
      batch.flush()
      db.close()
    },
  }
  return store
}

const asSubscriptions = (table: ReturnType<typeof createTable<Subscription>>): Subscriptions => ({
  add: async (subscription) => table.add(subscription),
  find: async (sid) => table.find('sid', sid),
  change: async <R extends Refusal<string>>(sid: string, change: (subscription: Subscription) => Subscription | R) =>
    table.change(sid, change),
  list: async (namespace) => table.list(namespace),
  count: async () => table.count(),
  clear: async (namespace) => table.clear(namespace),
})

import { isFinal, type Payment } from '../payment/payment.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { connect } from './redis-connection.ts'
import { createRedisLog } from './redis-log.ts'
import { createRedisRecords } from './redis-records.ts'
import { createRedisReplace } from './redis-replace.ts'
import { createRedisTable } from './redis-table.ts'
import type { Change, Store, StoreLimits } from './store.ts'

export interface RedisOptions extends StoreLimits {
  /** Before the name of every key. */
  readonly prefix: string
}

/** State in a Redis server, shared by every mock that names it with the same prefix. Throws StoreError where there is none. */
export const openRedisStore = async (url: string, options: RedisOptions): Promise<Store> => {
  const { prefix, maxPayments, maxSubscriptions } = options
  const connection = await connect(url)
  const writes = createWrites()
  const records = await createRedisRecords(connection, prefix, writes.track)
  const tables = (before: string) => ({
    payments: createRedisTable<Payment>(connection, {
      prefix: `${before}payments:`,
      idOf: ({ tid }) => tid,
      hasEnded: isFinal,
      limit: maxPayments,
    }),
    subscriptions: createRedisTable<Subscription>(connection, {
      prefix: `${before}subscriptions:`,
      idOf: ({ sid }) => sid,
      hasEnded: ({ status }) => status === 'INACTIVE',
      limit: maxSubscriptions,
    }),
  })
  const { payments, subscriptions } = tables(prefix)
  return {
    add: payments.add,
    find: payments.find,
    findByHash: payments.findByHash,
    change: <R extends Refusal<string>>(tid: string, change: Change<R>) => payments.change(tid, change),
    list: ({ namespace, limit } = {}) => payments.list(namespace, limit),
    count: payments.count,
    async clear(namespace) {
      await subscriptions.clear(namespace)
      return payments.clear(namespace)
    },
    replace: createRedisReplace(connection, prefix, tables),
    limits: { maxPayments, maxSubscriptions },
    subscriptions,
    records,
    log: createRedisLog(connection, prefix, LOGS, writes.track),
    saved: writes.saved,
    ping: async () => {
      await connection.ask((client) => client.ping())
    },
    close: connection.close,
  }
}

/** The lists of the journal. */
const LOGS = ['calls', 'others']

/** Writes that nobody waits for where they are made. */
const createWrites = () => {
  const open = new Set<Promise<unknown>>()
  return {
    track(write: Promise<unknown>) {
      open.add(write)
      const end = () => void open.delete(write)
      write.then(end, end)
    },
    saved: () => (open.size === 0 ? undefined : Promise.all(open).then(() => {})),
  }
}

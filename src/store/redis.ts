import { isFinal, type Payment } from '../payment/payment.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { applicationsOf } from './applications.ts'
import { connect } from './redis-connection.ts'
import { createRedisRecords } from './redis-records.ts'
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
  const records = await createRedisRecords(connection, prefix)
  const payments = createRedisTable<Payment>(connection, {
    prefix: `${prefix}payments:`,
    idOf: ({ tid }) => tid,
    hasEnded: isFinal,
    limit: maxPayments,
  })
  const subscriptions = createRedisTable<Subscription>(connection, {
    prefix: `${prefix}subscriptions:`,
    idOf: ({ sid }) => sid,
    hasEnded: ({ status }) => status === 'INACTIVE',
    limit: maxSubscriptions,
  })
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
    subscriptions,
    records,
    applications: applicationsOf(records),
    saved: () => undefined,
    ping: async () => {
      await connection.ask((client) => client.ping())
    },
    close: connection.close,
  }
}

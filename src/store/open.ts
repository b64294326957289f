import { createMemoryStore } from './memory.ts'
import { type Store, StoreError, type StoreLimits } from './store.ts'

export interface StoreOptions extends StoreLimits {
  /** `memory`, `sqlite:FILE` or a URL of Redis. */
  readonly store: string
  readonly storePrefix: string
}

/** Whether a store of this name can be opened at all. */
export const STORE_FORM = /^(memory|sqlite:.+|rediss?:\/\/.+)$/

/** Opens the store that a setting names; its driver is loaded only then. Throws StoreError. */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const { store, storePrefix: prefix, maxPayments, maxSubscriptions } = options
  const limits = { maxPayments, maxSubscriptions }
  if (store === 'memory') return createMemoryStore(maxPayments, maxSubscriptions)
  if (store.startsWith('sqlite:'))
    return (await import('./sqlite.ts')).openSqliteStore(store.slice('sqlite:'.length), limits)
  if (/^rediss?:/.test(store)) return (await import('./redis.ts')).openRedisStore(store, { ...limits, prefix })
  throw new StoreError('the store must be memory, sqlite:FILE or redis://HOST:PORT')
}

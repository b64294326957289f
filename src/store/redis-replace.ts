import { randomUUID } from 'node:crypto'
import type { Connection } from './redis-connection.ts'
import { EXPIRE, REPLACE } from './redis-scripts.ts'
import type { RedisTable } from './redis-table.ts'
import type { Kept } from './store.ts'

/** What was staged and never put in place, since the process ended, goes after so many seconds. */
const STAGED_SECONDS = 3600
/** Commands that are open at once. */
const PAGE = 500

type AnyTable = RedisTable<{ readonly namespace: string }>

/** `Store.replace`: everything is written beside what is kept, and one script puts it in its place. */
export const createRedisReplace = (
  { ask, run }: Connection,
  prefix: string,
  tables: (prefix: string) => { readonly payments: unknown; readonly subscriptions: unknown },
) => {
  const stage = async (name: string, table: AnyTable, values: Kept['payments'] | Kept['subscriptions']) => {
    const namespaces = [...new Set(values.map(({ namespace }) => `of:${namespace}`))]
    const keys = ['values', 'added', 'ended', 'hashes', 'of:', 'seq', ...namespaces].map((key) => name + key)
    for (let at = 0; at < values.length; at += PAGE) {
      await Promise.all(values.slice(at, at + PAGE).map((value) => table.add(value)))
      await run(EXPIRE, keys, [String(STAGED_SECONDS)])
    }
  }
  return async (
    { payments, subscriptions, records }: Kept,
    { onlyIfEmpty = false }: { readonly onlyIfEmpty?: boolean } = {},
  ): Promise<boolean> => {
    const staged = `${prefix}import:${randomUUID()}:`
    const staging = tables(staged)
    await stage(`${staged}payments:`, staging.payments as AnyTable, payments)
    await stage(`${staged}subscriptions:`, staging.subscriptions as AnyTable, subscriptions)
    const kinds = Object.entries(records)
    for (const [kind, values] of kinds) {
      if (values.length === 0) continue
      const key = `${staged}records:${kind}`
      const fields = Object.fromEntries(values.map(({ id, value }, i) => [id, `${i + 1}|${JSON.stringify(value)}`]))
      await ask((client) => client.hSet(key, fields))
      await run(EXPIRE, [key], [String(STAGED_SECONDS)])
    }
    const names = kinds.map(([kind]) => kind)
    return (await run(REPLACE, [], [prefix, staged, onlyIfEmpty ? '1' : '0', ...names])) === 1
  }
}

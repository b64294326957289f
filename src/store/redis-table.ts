import { isRefusal } from '../payment/refusal.ts'
import type { Connection } from './redis-connection.ts'
import { ADD, CLEAR, CLEAR_SOME, SWAP } from './redis-scripts.ts'

/** A bounded table of JSON values: of payments, or of subscriptions. At `limit` the oldest ended value makes room, else the oldest. */
export interface RedisTable<T> {
  add(value: T): Promise<void>
  find(id: string): Promise<T | undefined>
  findByHash(hash: string): Promise<T | undefined>
  change<R>(id: string, change: (value: T) => T | R): Promise<T | R | undefined>
  /** Newest first. */
  list(namespace?: string, limit?: number): Promise<T[]>
  count(namespace?: string): Promise<number>
  clear(namespace?: string): Promise<number>
}

/** Values of a long list that one command asks for. */
const PAGE = 1000

export const createRedisTable = <T extends { readonly namespace: string; readonly hash?: string }>(
  { ask, run }: Connection,
  options: {
    /** Before the name of every key. */
    readonly prefix: string
    readonly idOf: (value: T) => string
    readonly hasEnded: (value: T) => boolean
    readonly limit: number
  },
): RedisTable<T> => {
  const { prefix, idOf, hasEnded, limit } = options
  const key = { values: `${prefix}values`, added: `${prefix}added`, ended: `${prefix}ended`, hashes: `${prefix}hashes` }
  const of = `${prefix}of:`
  const seq = `${prefix}seq`
  const all = [key.values, key.added, key.ended, key.hashes, of]
  const flag = (value: boolean) => (value ? '1' : '0')
  const parse = (json: string) => JSON.parse(json) as T

  const read = async (id: string) => (await ask((client) => client.hGet(key.values, id))) ?? undefined
  const idsOf = (namespace: string | undefined, most: number) =>
    ask((client) => client.zRange(namespace === undefined ? key.added : of + namespace, 0, most - 1, { REV: true }))

  return {
    async add(value) {
      const { namespace, hash = '' } = value
      await run(
        ADD,
        [...all, seq],
        [idOf(value), JSON.stringify(value), namespace, hash, flag(hasEnded(value)), String(limit)],
      )
    },
    async find(id) {
      const json = await read(id)
      return json === undefined ? undefined : parse(json)
    },
    async findByHash(hash) {
      const id = await ask((client) => client.hGet(key.hashes, hash))
      const json = id == null ? undefined : await read(id)
      return json === undefined ? undefined : parse(json)
    },
    async change(id, change) {
      for (;;) {
        const json = await read(id)
        if (json === undefined) return undefined
        const before = parse(json)
        const ended = hasEnded(before)
        const after = change(before)
        if (isRefusal(after)) return after
        const ends = flag(!ended && hasEnded(after as T))
        if (await run(SWAP, [key.values, key.ended, seq], [id, json, JSON.stringify(after), ends])) return after
      }
    },
    async list(namespace, most = Number.POSITIVE_INFINITY) {
      const ids = await idsOf(namespace, Number.isFinite(most) ? most : 0)
      const found: T[] = []
      for (let at = 0; at < ids.length; at += PAGE) {
        const page = await ask((client) => client.hmGet(key.values, ids.slice(at, at + PAGE)))
        // What was dropped since its id was read is null.
        for (const json of page) if (json !== null) found.push(parse(json))
      }
      return found
    },
    count: (namespace) =>
      ask((client) => (namespace === undefined ? client.hLen(key.values) : client.zCard(of + namespace))),
    clear: (namespace) => (namespace === undefined ? run(CLEAR, all, []) : clearOf({ ask, run }, all, seq, namespace)),
  }
}

/** Removes what a namespace has now, some at a time, so that no script holds Redis for long. */
const clearOf = async (
  { ask, run }: Pick<Connection, 'ask' | 'run'>,
  keys: readonly string[],
  seq: string,
  namespace: string,
): Promise<number> => {
  const upTo = (await ask((client) => client.get(seq))) ?? '0'
  let count = 0
  for (;;) {
    const some = await run(CLEAR_SOME, [...keys], [namespace, upTo])
    count += some
    if (some < PAGE) return count
  }
}

import type { DatabaseSync, SqlValue } from 'node:sqlite'
import { isRefusal } from '../payment/refusal.ts'
import type { Batch } from './sqlite-batch.ts'

/** A bounded table of JSON values: of payments, or of subscriptions. At `limit` the oldest ended row makes room, else the oldest. */
export interface Table<T> {
  add(value: T): void
  find(column: string, value: string): T | undefined
  change<R>(id: string, change: (value: T) => T | R): T | R | undefined
  /** Newest first. */
  list(namespace?: string, limit?: number): T[]
  count(namespace?: string): number
  clear(namespace?: string): number
  /** Reads the counters again: after a rollback they are wrong. */
  recount(): void
}

export interface TableOptions<T> {
  readonly name: string
  /** The columns beside seq, ended and json, each a text; the first is the id. */
  readonly columns: readonly string[]
  readonly limit: number
  readonly hasEnded: (value: T) => boolean
}

export const createTable = <T extends object>(db: DatabaseSync, batch: Batch, options: TableOptions<T>): Table<T> => {
  const { name, columns, limit, hasEnded } = options
  const [id = ''] = columns
  const insert = db.prepare(
    `INSERT INTO ${name} (${columns.join(', ')}, ended, json) VALUES (${columns.map(() => '?').join(', ')}, ?, ?)`,
  )
  const update = db.prepare(`UPDATE ${name} SET json = ?, ended = ? WHERE seq = ?`)
  const byColumn = Object.fromEntries(
    columns.map((column) => [column, db.prepare(`SELECT seq, ended, json FROM ${name} WHERE ${column} = ?`)]),
  )
  const removeOldestEnded = db.prepare(
    `DELETE FROM ${name} WHERE seq = (SELECT seq FROM ${name} WHERE ended IS NOT NULL ORDER BY ended LIMIT 1)`,
  )
  const removeOldest = db.prepare(`DELETE FROM ${name} WHERE seq = (SELECT seq FROM ${name} ORDER BY seq LIMIT 1)`)
  const listAll = db.prepare(`SELECT json FROM ${name} ORDER BY seq DESC LIMIT ?`)
  const listOne = db.prepare(`SELECT json FROM ${name} WHERE namespace = ? ORDER BY seq DESC LIMIT ?`)
  const countAll = db.prepare(`SELECT count(*) AS n, coalesce(max(ended), 0) AS ended FROM ${name}`)
  const countOne = db.prepare(`SELECT count(*) AS n FROM ${name} WHERE namespace = ?`)
  const clearAll = db.prepare(`DELETE FROM ${name}`)
  const clearOne = db.prepare(`DELETE FROM ${name} WHERE namespace = ?`)

  let total = 0
  let ended = 0
  const recount = () => {
    const row = countAll.get()
    total = Number(row?.['n'])
    ended = Number(row?.['ended'])
  }
  recount()

  const parse = (row: Record<string, SqlValue>): T => JSON.parse(String(row['json'])) as T
  const endedOf = (value: T, before: SqlValue): SqlValue => (hasEnded(value) ? (before ?? ++ended) : null)
  const removed = ({ changes }: { readonly changes: number | bigint }) => {
    total -= Number(changes)
    return Number(changes)
  }
  return {
    add: (value) =>
      batch.write(() => {
        while (total >= limit) if (removed(removeOldestEnded.run()) === 0) removed(removeOldest.run())
        const values = columns.map((column) => String((value as Record<string, unknown>)[column]))
        insert.run(...values, endedOf(value, null), JSON.stringify(value))
        total++
      }),
    find(column, value) {
      const row = byColumn[column]?.get(value)
      return row && parse(row)
    },
    change(key, change) {
      const row = byColumn[id]?.get(key)
      if (!row) return undefined
      const after = change(parse(row))
      if (isRefusal(after)) return after
      batch.write(() =>
        update.run(JSON.stringify(after), endedOf(after as T, row['ended'] ?? null), row['seq'] ?? null),
      )
      return after
    },
    list: (namespace, most = Number.POSITIVE_INFINITY) => {
      const bound = Number.isFinite(most) ? most : -1
      return (namespace === undefined ? listAll.all(bound) : listOne.all(namespace, bound)).map(parse)
    },
    count: (namespace) => (namespace === undefined ? total : Number(countOne.get(namespace)?.['n'])),
    clear: (namespace) =>
      batch.write(() => removed(namespace === undefined ? clearAll.run() : clearOne.run(namespace))),
    recount,
  }
}

import type { DatabaseSync } from 'node:sqlite'
import type { Log } from './log.ts'
import type { Batch } from './sqlite-batch.ts'

export const createSqliteLog = (db: DatabaseSync, batch: Batch): Log & { readonly recount: () => void } => {
  const insert = db.prepare('INSERT INTO log (list, namespace, text) VALUES (?, ?, ?)')
  const removeOldest = db.prepare('DELETE FROM log WHERE seq = (SELECT min(seq) FROM log WHERE list = ?)')
  const setDropped = db.prepare('INSERT OR REPLACE INTO log_dropped (list, dropped) VALUES (?, ?)')
  const counts = db.prepare('SELECT list, count(*) AS n FROM log GROUP BY list')
  const drops = db.prepare('SELECT list, dropped AS n FROM log_dropped')
  const all = db.prepare('SELECT list, text FROM log ORDER BY seq')
  const clearAll = db.prepare('DELETE FROM log')
  const clearOne = db.prepare('DELETE FROM log WHERE namespace = ?')

  const kept = new Map<string, number>()
  const dropped = new Map<string, number>()
  const recount = () => {
    kept.clear()
    dropped.clear()
    for (const row of counts.all()) kept.set(String(row['list']), Number(row['n']))
    for (const row of drops.all()) dropped.set(String(row['list']), Number(row['n']))
  }
  recount()
  return {
    isShared: false,
    recount,
    append(list, text, { namespace, limit }) {
      batch.write(() => {
        insert.run(list, namespace, text)
        let count = (kept.get(list) ?? 0) + 1
        for (; count > limit; count--) {
          removeOldest.run(list)
          dropped.set(list, (dropped.get(list) ?? 0) + 1)
          setDropped.run(list, dropped.get(list) ?? 0)
        }
        kept.set(list, count)
      })
    },
    read: async () => ({
      isAnew: true,
      texts: all.all().map((row) => ({ list: String(row['list']), text: String(row['text']) })),
      dropped: Object.fromEntries(dropped),
    }),
    async clear(namespace) {
      const { changes } = batch.write(() => (namespace === undefined ? clearAll.run() : clearOne.run(namespace)))
      recount()
      return Number(changes)
    },
  }
}

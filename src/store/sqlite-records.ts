import type { DatabaseSync } from 'node:sqlite'
import { createListeners, type RecordChange, type Records } from './records.ts'
import type { Batch } from './sqlite-batch.ts'

/** Records in the file. `restore` tells the listeners what the file holds of the records that a rolled-back tick has changed. */
export const createSqliteRecords = (
  db: DatabaseSync,
  batch: () => Batch,
): Records & { readonly restore: () => void; readonly keep: () => void } => {
  const { subscribe, notify } = createListeners()
  const all = db.prepare('SELECT id, json FROM records WHERE kind = ? ORDER BY seq')
  const one = db.prepare('SELECT json FROM records WHERE kind = ? AND id = ?')
  const count = db.prepare('SELECT count(*) AS n FROM records WHERE kind = ?')
  const put = db.prepare(
    'INSERT INTO records (kind, id, json) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json',
  )
  const remove = db.prepare('DELETE FROM records WHERE kind = ? AND id = ?')
  let touched: (readonly [kind: string, id: string])[] = []

  const find = <T>(kind: string, id: string): T | undefined => {
    const row = one.get(kind, id)
    return row && (JSON.parse(String(row['json'])) as T)
  }
  return {
    scope: 'file',
    list: async <T>(kind: string) => all.all(kind).map((row) => JSON.parse(String(row['json'])) as T),
    ids: async (kind) => all.all(kind).map((row) => String(row['id'])),
    async change<T>(kind: string, id: string, change: RecordChange<T>, limit = Number.POSITIVE_INFINITY) {
      const before = find<T>(kind, id)
      const after = change(before)
      if (after === before) return after
      if (before === undefined && Number(count.get(kind)?.['n']) >= limit) return 'full'
      batch().write(() => (after === undefined ? remove.run(kind, id) : put.run(kind, id, JSON.stringify(after))))
      touched.push([kind, id])
      notify(kind, id, after)
      return after
    },
    subscribe,
    refresh: () => undefined,
    keep() {
      touched = []
    },
    restore() {
      for (const [kind, id] of touched) notify(kind, id, find(kind, id))
      touched = []
    },
  }
}

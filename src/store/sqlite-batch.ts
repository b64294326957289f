import type { DatabaseSync } from 'node:sqlite'
import { reasonOf } from './sqlite-file.ts'

/** All writes of one tick of the event loop as one transaction. */
export interface Batch {
  /** Runs a write in the tick's transaction. Throws where it fails, or where another write of the same tick has failed. */
  write<T>(act: () => T): T
  /** Resolves when the open transaction is on the file; rejects where it was rolled back. Undefined where none is open. */
  saved(): Promise<void> | undefined
  /** Ends the open transaction now. */
  flush(): void
}

interface BatchEvents {
  readonly onCommit: () => void
  /** The file is again as it was before the tick. */
  readonly onRollback: () => void
}

export const createBatch = (db: DatabaseSync, { onCommit, onRollback }: BatchEvents): Batch => {
  let open: (PromiseWithResolvers & { failure?: Error }) | undefined
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')

  const start = () => {
    begin.run()
    open = withResolvers()
    setImmediate(flush)
    return open
  }
  const flush = () => {
    const batch = open
    if (!batch) return
    try {
      if (!batch.failure) commit.run()
    } catch (error) {
      batch.failure = failureOf(error)
    }
    open = undefined
    if (!batch.failure) {
      onCommit()
      return batch.resolve()
    }
    try {
      db.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself, as it does where the disk is full.
    }
    onRollback()
    batch.reject(batch.failure)
  }
  return {
    write(act) {
      const batch = open ?? start()
      if (batch.failure) throw batch.failure
      try {
        return act()
      } catch (error) {
        batch.failure = failureOf(error)
        throw batch.failure
      }
    },
    saved: () => open?.promise,
    flush,
  }
}

const failureOf = (error: unknown): Error =>
  new Error(`cannot write the SQLite file: ${reasonOf(error)}`, { cause: error })

interface PromiseWithResolvers {
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Promise.withResolvers is newer than Node 20. */
const withResolvers = (): PromiseWithResolvers => {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  // A tick of which nobody waits for the end must not end the process.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

import { createListeners, type RecordChange, type Records } from './records.ts'
import type { Connection } from './redis-connection.ts'
import { createFollower, inOrder, jsonOf } from './redis-follower.ts'
import { CHANGE_RECORD } from './redis-scripts.ts'

/** Changes kept for processes that have not read them yet; one that is further behind reads all records again. */
const FEED_LENGTH = 10_000

/**
 * Records in Redis. Every change has a version and goes into a feed; a process that is behind reads the feed from the version that it
 * knows. To learn that it is not behind costs one GET, shared by the calls of a tick.
 */
export const createRedisRecords = async (
  connection: Connection,
  prefix: string,
  track: (write: Promise<unknown>) => void,
): Promise<Records> => {
  const { ask, run } = connection
  const { subscribe, notify } = createListeners()
  const keys = { seq: `${prefix}records:seq`, version: `${prefix}records:version`, feed: `${prefix}records:feed` }
  const hashOf = (kind: string) => `${prefix}records:${kind}`
  const follower = await createFollower(connection, keys, hashOf, notify)
  const { known, catchUp } = follower
  let asking: Promise<void> | undefined

  const changeUntilWon = async <T>(
    kind: string,
    id: string,
    change: RecordChange<T>,
    limit = 0,
  ): Promise<T | undefined | 'full'> => {
    for (;;) {
      const stored = await ask((client) => client.hGet(hashOf(kind), id))
      const before = stored == null ? '' : jsonOf(stored)
      const current = before === '' ? undefined : (JSON.parse(before) as T)
      const next = change(current)
      if (next === current) return next
      const after = next === undefined ? '' : JSON.stringify(next)
      const values = [kind, id, before, after, String(limit), String(FEED_LENGTH)]
      const { version } = follower
      const answer = await run(CHANGE_RECORD, [hashOf(kind), keys.seq, keys.version, keys.feed], values)
      if (answer === -2) return 'full'
      if (answer === -1) continue
      await catchUp(answer, version)
      return next
    }
  }

  return {
    scope: 'shared',
    async list<T>(kind: string) {
      const stored = inOrder(await ask((client) => client.hGetAll(hashOf(kind))))
      known.set(kind, new Set(stored.map(([id]) => id)))
      return stored.map(([, text]) => JSON.parse(jsonOf(text)) as T)
    },
    ids: (kind) => ask((client) => client.hKeys(hashOf(kind))),
    change<T>(kind: string, id: string, change: RecordChange<T>, limit?: number) {
      const changing = changeUntilWon(kind, id, change, limit)
      track(changing)
      return changing
    },
    subscribe(kind, listener) {
      if (!known.has(kind)) known.set(kind, new Set())
      subscribe(kind, listener)
    },
    refresh() {
      const { version } = follower
      asking ??= ask((client) => {
        // Once it is on its way another call must ask again: what it waits for may have changed since.
        setImmediate(() => {
          asking = undefined
        })
        return client.get(keys.version)
      }).then((text) => catchUp(Number(text ?? 0), version))
      return asking
    },
  }
}

import { createListeners, type RecordChange, type Records } from './records.ts'
import type { Connection } from './redis-connection.ts'
import { CHANGE_RECORD } from './redis-scripts.ts'

/** Changes kept for processes that have not read them yet; one that is further behind reads all records again. */
const FEED_LENGTH = 10_000

const jsonOf = (stored: string) => stored.slice(stored.indexOf('|') + 1)

/** Reads the feed of changes that other processes have made, and hands each to `notify`. */
const createFollower = async (
  { ask }: Connection,
  keys: { readonly version: string; readonly feed: string },
  hashOf: (kind: string) => string,
  notify: (kind: string, id: string, value: unknown) => void,
) => {
  /** Ids by kind, of the kinds that are listened to: to see what has gone when all is read again. */
  const known = new Map<string, Set<string>>()

  const currentVersion = async () => Number((await ask((client) => client.get(keys.version))) ?? 0)
  let version = await currentVersion()
  let catchingUp: Promise<void> | undefined

  const apply = (kind: string, id: string, json: string) => {
    const ids = known.get(kind)
    if (json === '') ids?.delete(id)
    else ids?.add(id)
    notify(kind, id, json === '' ? undefined : JSON.parse(json))
  }
  const readAll = async () => {
    version = await currentVersion()
    for (const [kind, before] of known) {
      const stored = await ask((client) => client.hGetAll(hashOf(kind)))
      for (const id of before) if (!Object.hasOwn(stored, id)) apply(kind, id, '')
      for (const [id, text] of inOrder(stored)) apply(kind, id, jsonOf(text))
    }
  }
  const readFeed = async () => {
    const entries = await ask((client) => client.xRange(keys.feed, `${version + 1}-0`, '+'))
    for (const { id, message } of entries ?? []) {
      const n = Number(id.split('-')[0])
      if (n !== version + 1) return readAll()
      version = n
      apply(message['kind'] ?? '', message['id'] ?? '', message['json'] ?? '')
    }
  }
  /** Until this process knows `wanted`. A version that went back is a Redis that was emptied. */
  const catchUp = async (wanted: number) => {
    if (wanted < version) await readAll()
    while (version < wanted) {
      catchingUp ??= readFeed().finally(() => {
        catchingUp = undefined
      })
      await catchingUp
    }
  }
  return { known, catchUp }
}

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
  const { known, catchUp } = await createFollower(connection, keys, hashOf, notify)
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
      const answer = await run(CHANGE_RECORD, [hashOf(kind), keys.seq, keys.version, keys.feed], values)
      if (answer === -2) return 'full'
      if (answer === -1) continue
      await catchUp(answer)
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
      asking ??= ask((client) => {
        // Once it is on its way another call must ask again: what it waits for may have changed since.
        setImmediate(() => {
          asking = undefined
        })
        return client.get(keys.version)
      }).then((text) => catchUp(Number(text ?? 0)))
      return asking
    },
  }
}

const inOrder = (stored: Readonly<Record<string, string>>) =>
  Object.entries(stored).sort(([, a], [, b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))

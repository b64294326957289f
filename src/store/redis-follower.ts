import type { Connection } from './redis-connection.ts'

/** A stored record is its place in the order, '|' and its JSON. */
export const jsonOf = (stored: string) => stored.slice(stored.indexOf('|') + 1)

export const inOrder = (stored: Readonly<Record<string, string>>) =>
  Object.entries(stored).sort(([, a], [, b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))

/** One reading at a time: two at once would apply changes out of their order. */
const createTurns = () => {
  let reading: Promise<void> = Promise.resolve()
  return (read: () => Promise<void>): Promise<void> => {
    const next = reading.then(read)
    reading = next.catch(() => {})
    return next
  }
}

/** Reads the feed of changes that all processes make, and hands each to `notify`, in the order of their versions. */
export const createFollower = async (
  { ask, onReconnect }: Connection,
  keys: { readonly version: string; readonly feed: string },
  hashOf: (kind: string) => string,
  notify: (kind: string, id: string, value: unknown) => void,
) => {
  /** Ids by kind, of the kinds that are listened to: to see what has gone when all is read again. */
  const known = new Map<string, Set<string>>()
  let version = Number((await ask((client) => client.get(keys.version))) ?? 0)
  let isStale = false
  const inTurn = createTurns()
  // A Redis that was away may have lost its last changes, and others may have made as many since.
  onReconnect(() => {
    isStale = true
  })

  const apply = (kind: string, id: string, json: string) => {
    const ids = known.get(kind)
    if (json === '') ids?.delete(id)
    else ids?.add(id)
    notify(kind, id, json === '' ? undefined : JSON.parse(json))
  }
  const readAll = async () => {
    isStale = false
    const kinds = [...known.keys()]
    // One transaction, so that the records are those of the version.
    const [now, ...hashes] = await ask((client) => {
      const transaction = client.multi().get(keys.version)
      for (const kind of kinds) transaction.hGetAll(hashOf(kind))
      return transaction.exec() as unknown as Promise<[string | null, ...Record<string, string>[]]>
    })
    version = Number(now ?? 0)
    kinds.forEach((kind, i) => {
      const stored = hashes[i] ?? {}
      for (const id of [...(known.get(kind) ?? [])]) if (!Object.hasOwn(stored, id)) apply(kind, id, '')
      for (const [id, text] of inOrder(stored)) apply(kind, id, jsonOf(text))
    })
  }
  const readFeed = async () => {
    const entries = (await ask((client) => client.xRange(keys.feed, `${version + 1}-0`, '+'))) ?? []
    for (const { id, message } of entries) {
      const n = Number(id.split('-')[0])
      // It has dropped what this process has not read.
      if (n !== version + 1) return
      version = n
      apply(message['kind'] ?? '', message['id'] ?? '', message['json'] ?? '')
    }
  }
  return {
    known,
    get version() {
      return version
    },
    /** Until this process knows the version `now`, which Redis named when this process knew `before`. */
    async catchUp(now: number, before: number) {
      // It went back: Redis was emptied.
      if (isStale || now < before) return inTurn(readAll)
      if (now <= version) return
      await inTurn(async () => {
        if (version < now) await readFeed()
        if (version < now) await readAll()
      })
    },
  }
}

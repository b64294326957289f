import type { Log } from './log.ts'
import type { Connection } from './redis-connection.ts'
import { APPEND, CLEAR_LOG } from './redis-scripts.ts'

/** A list is a stream; beside them stand how many texts each has dropped, and how often texts were removed. */
export const createRedisLog = (
  { ask, run }: Connection,
  prefix: string,
  lists: readonly string[],
  track: (write: Promise<unknown>) => void,
): Log => {
  const streamOf = (list: string) => `${prefix}log:${list}`
  const keys = { dropped: `${prefix}log:dropped`, cleared: `${prefix}log:cleared` }
  const positions = new Map<string, string>()
  let cleared: string | null | undefined

  const readList = async (list: string, position: string) => {
    const entries = (await ask((client) => client.xRange(streamOf(list), `(${position}`, '+'))) ?? []
    const last = entries.at(-1)
    if (last) positions.set(list, last.id)
    return entries.map(({ message }) => ({ list, text: message['text'] ?? '' }))
  }
  return {
    isShared: true,
    append: (list, text, { namespace, limit }) =>
      track(run(APPEND, [streamOf(list), keys.dropped], [list, text, namespace ?? '', String(limit)])),
    async read() {
      const now = await ask((client) => client.get(keys.cleared))
      const isAnew = now !== cleared
      cleared = now
      if (isAnew) positions.clear()
      const [dropped, ...texts] = await Promise.all([
        ask((client) => client.hGetAll(keys.dropped)),
        ...lists.map((list) => readList(list, positions.get(list) ?? '0-0')),
      ])
      const numbers = Object.entries(dropped).map(([list, count]): [string, number] => [list, Number(count)])
      return { isAnew, texts: texts.flat(), dropped: Object.fromEntries(numbers) }
    },
    async clear(namespace) {
      let count = 0
      for (const list of lists)
        count += await run(CLEAR_LOG, [streamOf(list), keys.cleared], namespace === undefined ? [] : [namespace])
      return count
    },
  }
}

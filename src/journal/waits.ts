import type { Entry } from './entry.ts'
import { type Filter, matcher } from './filter.ts'

/** Calls of the control API that wait at once; one more is refused. */
export const MAX_WAITING = 1000

type Query = (filter: Filter, limit?: number) => readonly Entry[]
type Subscribe = (listener: (entry: Entry) => void) => () => void

export interface Waits {
  wait(
    filter: Filter,
    count: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<readonly Entry[] | undefined | 'too-many'>
}

/** Waits for entries. Each wait counts its own matches, so that a new entry costs one comparison per wait. */
export const createWaits = (query: Query, subscribe: Subscribe): Waits => {
  let waiting = 0
  return {
    async wait(filter, count, timeoutMs, signal) {
      const found = query(filter, count)
      if (found.length >= count) return found
      if (waiting >= MAX_WAITING) return 'too-many'
      waiting++
      const matches = matcher(filter)
      let matched = found.length
      const arrived = new Promise<boolean>((resolve) => {
        const stop = subscribe((entry) => {
          if (matches(entry) && ++matched >= count) end(true)
        })
        const end = (enough: boolean) => {
          stop()
          clearTimeout(timer)
          signal?.removeEventListener('abort', abandon)
          resolve(enough)
        }
        const abandon = () => end(false)
        const timer = setTimeout(abandon, timeoutMs)
        signal?.addEventListener('abort', abandon)
      })
      try {
        return (await arrived) ? query(filter, count) : undefined
      } finally {
        waiting--
      }
    },
  }
}

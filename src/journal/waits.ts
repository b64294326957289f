import type { Entry } from './entry.ts'
import type { Filter } from './filter.ts'

/** Calls of the control API that wait at once; one more is refused. */
export const MAX_WAITING = 1000

type Query = (filter: Filter, limit?: number) => Promise<readonly Entry[]>
type Count = (filter: Filter) => Promise<number>
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
export const createWaits = (
  query: Query,
  count: Count,
  subscribe: Subscribe,
  matcher: (filter: Filter) => (entry: Entry) => boolean,
): Waits => {
  let waiting = 0
  return {
    async wait(filter, wanted, timeoutMs, signal) {
      if (waiting >= MAX_WAITING) return 'too-many'
      waiting++
      const matches = matcher(filter)
      let matched = 0
      let end = () => {}
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      const stop = subscribe((entry) => {
        if (matches(entry) && ++matched >= wanted) end()
      })
      const timer = setTimeout(end, timeoutMs)
      signal?.addEventListener('abort', () => end(), { once: true })
      try {
        // Counted after the subscription, so that none is missed between the two.
        const before = await count(filter)
        matched += before
        if (matched < wanted) await ended
        return matched >= wanted ? await query(filter, wanted) : undefined
      } finally {
        stop()
        clearTimeout(timer)
        waiting--
      }
    },
  }
}

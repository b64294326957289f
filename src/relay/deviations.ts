import type { Deviation } from './judge.ts'

/** The same deviation, however often it was seen. Instants are epoch ms. */
export interface SeenDeviation extends Deviation {
  readonly first_at: number
  last_at: number
  count: number
}

export interface Deviations {
  add(deviation: Deviation, at: number): void
  list(): readonly SeenDeviation[]
  clear(): number
  /** Different ones that were seen beyond the limit, and are not kept. */
  readonly dropped: number
}

/** Different deviations kept; more are counted only. */
export const MAX_DEVIATIONS = 1000

export const createDeviations = (limit: number = MAX_DEVIATIONS): Deviations => {
  const byKey = new Map<string, SeenDeviation>()
  let dropped = 0
  return {
    add(deviation, at) {
      const { call, rule, at: place, expected, actual } = deviation
      const key = JSON.stringify([call, rule, place, expected, actual])
      const seen = byKey.get(key)
      if (seen) {
        seen.count++
        seen.last_at = at
      } else if (byKey.size >= limit) dropped++
      else byKey.set(key, { ...deviation, first_at: at, last_at: at, count: 1 })
    },
    list: () => [...byKey.values()],
    clear() {
      const { size } = byKey
      byKey.clear()
      dropped = 0
      return size
    },
    get dropped() {
      return dropped
    },
  }
}

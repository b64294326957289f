/** The last `limit` items: a new one takes the place of the oldest. */
export interface Ring<T> {
  push(item: T): void
  /** Oldest first, as they are now: what is pushed later does not change the list. */
  items(): readonly T[]
  /** Keeps what `keep` accepts; returns how many were removed. */
  retain(keep: (item: T) => boolean): number
  readonly size: number
  /** How many were pushed out by newer ones. */
  readonly dropped: number
}

export const createRing = <T>(limit: number): Ring<T> => {
  let ring: T[] = []
  let oldest = 0
  let dropped = 0
  const items = () => (oldest === 0 ? ring.slice() : ring.slice(oldest).concat(ring.slice(0, oldest)))
  return {
    push(item) {
      if (ring.length < limit) {
        ring.push(item)
        return
      }
      ring[oldest] = item
      oldest = oldest + 1 === limit ? 0 : oldest + 1
      dropped++
    },
    items,
    retain(keep) {
      const before = ring.length
      ring = items().filter(keep)
      oldest = 0
      return before - ring.length
    },
    get size() {
      return ring.length
    },
    get dropped() {
      return dropped
    },
  }
}

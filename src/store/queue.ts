/**
 * First in, first out, skipping what is no longer kept. Not the insertion order of a Map: to find a Map's first key costs as many steps
 * as keys were deleted before it, which made a full store forty times slower.
 */
export const createQueue = (limit: number, isKept: (id: string) => boolean) => {
  let ids: string[] = []
  let head = 0
  let seen = 0
  /** What was taken goes; only where little was taken must the rest be looked through for what is no longer kept. */
  const tidy = () => {
    const known = ids.slice(head, Math.max(head, seen))
    const fresh = ids.slice(Math.max(head, seen))
    const isStale = head < limit
    ids = isStale ? known.filter(isKept) : known
    seen = ids.length
    for (const id of fresh) if (!isStale || isKept(id)) ids.push(id)
    head = 0
  }
  return {
    put(id: string) {
      ids.push(id)
      if (ids.length >= limit * 2 + 1024) tidy()
    },
    clear() {
      ids = []
      head = 0
      seen = 0
    },
    /** What was put since the last call of this and has not been taken; some of it may no longer be kept. */
    unseen(): readonly string[] {
      const fresh = ids.slice(Math.max(head, seen))
      seen = ids.length
      return fresh
    },
    take(): string | undefined {
      while (head < ids.length) {
        const id = ids[head++] as string
        if (isKept(id)) return id
      }
      return undefined
    },
  }
}

/**
 * First in, first out, skipping what is no longer kept. Not the insertion order of a Map: to find a Map's first key costs as many steps
 * as keys were deleted before it, which made a full store forty times slower.
 */
export const createQueue = (limit: number, isKept: (id: string) => boolean) => {
  let ids: string[] = []
  let head = 0
  return {
    put(id: string) {
      ids.push(id)
      if (ids.length < limit * 2 + 1024) return
      ids = ids.slice(head).filter(isKept)
      head = 0
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

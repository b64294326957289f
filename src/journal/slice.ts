/** How long one control call may hold the event loop before the calls that wait have their turn, in ms. */
export const SLICE_MS = 2

const waiting: (() => void)[] = []

/** One call goes on in each turn of the event loop, so that a thousand of them delay a request as little as one does. */
const resumeNext = () => {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(resumeNext)
}

/** Resolves in a turn of the event loop in which no other control call goes on. */
export const nextTurn = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(resumeNext)
  })

export interface Slice {
  /** Whether the loop was held for long enough: then `await rest()` before the next step. */
  isOver(): boolean
  rest(): Promise<void>
}

/** Divides long work into slices: `for (…) { if (slice.isOver()) await slice.rest(); … }`. The first one begins with a rest. */
export const createSlice = (): Slice => {
  let until = 0
  return {
    isOver: () => performance.now() >= until,
    async rest() {
      await nextTurn()
      until = performance.now() + SLICE_MS
    },
  }
}

export const forEachInSlices = async <T>(items: Iterable<T>, act: (item: T) => void): Promise<void> => {
  const slice = createSlice()
  for (const item of items) {
    if (slice.isOver()) await slice.rest()
    act(item)
  }
}

/** Items that are sorted at once; sorted runs of them are merged in slices. */
const RUN = 1024

/** A sorted copy. Equal items keep their order. */
export const sortInSlices = async <T>(items: readonly T[], compare: (a: T, b: T) => number): Promise<T[]> => {
  const slice = createSlice()
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += RUN) {
    if (slice.isOver()) await slice.rest()
    runs.push(items.slice(at, at + RUN).sort(compare))
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let i = 0; i < runs.length; i += 2) longer.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, slice))
    runs = longer
  }
  return runs[0] ?? []
}

const merge = async <T>(a: T[], b: T[], compare: (a: T, b: T) => number, slice: Slice): Promise<T[]> => {
  const merged: T[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (merged.length % RUN === 0 && slice.isOver()) await slice.rest()
    const takesFirst = j >= b.length || (i < a.length && compare(a[i] as T, b[j] as T) <= 0)
    merged.push((takesFirst ? a[i++] : b[j++]) as T)
  }
  return merged
}

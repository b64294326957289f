/** Where JSON text cannot be read: the offset of the first character that is none of it. */
class NotJson extends Error {
  readonly at: number
  constructor(at: number) {
    super('not JSON')
    this.at = at
  }
}

const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const BLANK = /[ \t\r\n]*/y

/** Reads `text` once and calls `found` with the path and the offset of each value. Throws NotJson. */
const walk = (text: string, found: (path: readonly PropertyKey[], at: number) => void) => {
  let at = 0
  const path: PropertyKey[] = []
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const matched = pattern.exec(text)?.[0]
    at += matched?.length ?? 0
    return matched
  }
  const blank = () => void take(BLANK)
  const skip = (character: string): boolean => {
    const isThere = text[at] === character
    if (isThere) at++
    return isThere
  }
  const expect = (character: string) => {
    if (!skip(character)) throw new NotJson(at)
  }
  const string = (): string => {
    const read = take(STRING)
    if (read === undefined) throw new NotJson(at)
    return JSON.parse(read)
  }
  /** What stands between two brackets; each item is read by `item`. */
  const items = (end: string, item: (index: number) => void) => {
    at++
    blank()
    if (skip(end)) return
    for (let index = 0; ; index++) {
      blank()
      item(index)
      blank()
      if (skip(end)) return
      expect(',')
    }
  }
  const inside = (key: PropertyKey) => {
    blank()
    path.push(key)
    value()
    path.pop()
  }
  const value = () => {
    found(path, at)
    if (text[at] === '[') return items(']', inside)
    if (text[at] === '"') return void string()
    if (text[at] !== '{') {
      if (take(SCALAR) === undefined) throw new NotJson(at)
      return
    }
    items('}', () => {
      const key = string()
      blank()
      expect(':')
      inside(key)
    })
  }
  blank()
  value()
  blank()
  if (at < text.length) throw new NotJson(at)
}

/** Number of the line, from 1, on which the value at `path` begins, or the text stops being JSON; of a missing value that of its parent. */
export const lineOf = (text: string, path: readonly PropertyKey[] = []): number => {
  let offset = 0
  let depth = 0
  try {
    walk(text, (here, at) => {
      // A longer common beginning comes only within the shorter one.
      if (here.length < depth || here.length > path.length) return
      if (!here.every((key, i) => String(key) === String(path[i]))) return
      depth = here.length
      offset = at
    })
  } catch (error) {
    // Or it is nested deeper than this can follow: then what was found so far.
    if (error instanceof NotJson) offset = error.at
  }
  return text.slice(0, offset).split('\n').length
}

/** The known word with the fewest edits, if at most a third of the word would have to change. Case and separators do not count. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const wanted = plain(word)
  let best: { word: string; edits: number } | undefined
  for (const other of known) {
    const edits = distance(wanted, plain(other))
    if (!best || edits < best.edits) best = { word: other, edits }
  }
  return best && best.edits <= Math.max(1, Math.floor(wanted.length / 3)) ? best.word : undefined
}

/** ` (did you mean X?)` for the nearest word, else for one that begins so; or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const begun = plain(word).length > 2 ? known.find((other) => other.startsWith(word)) : undefined
  const match = nearest(word, known) ?? begun
  return match === undefined ? '' : ` (did you mean ${match}?)`
}

const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Edits (insert, delete, replace, swap of neighbours) that make one text of the other. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      next.push(edits)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** The word that the fewest edits away, if at most a third of it would have to change; else one that begins so. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  let best: { word: string; edits: number } | undefined
  for (const other of known) {
    const edits = distance(word.toLowerCase(), other.toLowerCase())
    if (!best || edits < best.edits) best = { word: other, edits }
  }
  if (best && best.edits <= Math.max(1, Math.floor(word.replace(/^-+/, '').length / 3))) return best.word
  return word.replace(/^-+/, '').length > 2 ? known.find((other) => other.startsWith(word)) : undefined
}

/** ` (did you mean X?)`, or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const match = nearest(word, known)
  return match === undefined ? '' : ` (did you mean ${match}?)`
}

/** Edits (insert, delete, replace, swap of neighbours) that make one word of the other. */
const distance = (a: string, b: string): number => {
  const edits: number[][] = []
  const at = (i: number, j: number): number => edits[i]?.[j] ?? Math.max(i, j)
  for (let i = 1; i <= a.length; i++) {
    edits[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? at(i - 2, j - 2) + 1 : replace
      edits[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replace, swap))
    }
  }
  return at(a.length, b.length)
}

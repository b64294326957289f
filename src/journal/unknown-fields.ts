import type { Fields } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { type Entry, identifiersOf } from './entry.ts'

export interface UnknownField {
  readonly field: string
  readonly did_you_mean: string | null
  readonly message: string
}

const MAX_REPORTED = 20
const MAX_NAME = 60

/** What the client sent that nobody reads, each with the nearest field that the call knows. */
export const unknownFields = (entry: Entry): UnknownField[] => {
  const contract = Object.values(endpoints).find((e) => e.name === entry.call)
  const { json } = identifiersOf(entry)
  if (!contract || json === null) return []
  const known = Object.keys(contract.request as Fields)
  const missing = known.filter((name) => !Object.hasOwn(json, name))
  return Object.keys(json)
    .filter((name) => !known.includes(name))
    .slice(0, MAX_REPORTED)
    .map((name) => {
      const field = name.slice(0, MAX_NAME)
      const did_you_mean = nearest(field, missing) ?? null
      const message =
        did_you_mean === null
          ? `\`${field}\` is not a field of ${contract.name} and is ignored`
          : `\`${field}\`: did you mean \`${did_you_mean}\`?`
      return { field, did_you_mean, message }
    })
}

/** The field that the fewest edits away, if a third of the name or less would have to change. Case and separators do not count. */
const nearest = (name: string, known: readonly string[]): string | undefined => {
  const wanted = plain(name)
  let best: { field: string; edits: number } | undefined
  for (const field of known) {
    const edits = distance(wanted, plain(field))
    if (!best || edits < best.edits) best = { field, edits }
  }
  return best && best.edits <= Math.max(1, Math.floor(wanted.length / 3)) ? best.field : undefined
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Edits (insert, delete, replace, swap of neighbours) that make one text of the other. */
export const distance = (a: string, b: string): number => {
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

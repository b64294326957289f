import * as z from 'zod'
import type { Result } from './result.ts'

/** A flow that is known to fail: it is run, and must fail, until it is repaired or the entry expires. */
const entry = z.strictObject({
  /** A fixture's id. */
  id: z.string().min(1),
  reason: z.string().min(1),
  /** When it was found, and the last day on which it is excused: yyyy-MM-dd. */
  date: z.iso.date(),
  expires: z.iso.date(),
})

export type KnownFailure = z.output<typeof entry>

/** Reads the file's text. Throws a sentence that says what is wrong with it. */
export const readKnownFailures = (text: string): readonly KnownFailure[] => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`)
  }
  const result = z.array(entry).safeParse(json)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new Error(
      `it must be a list of {"id", "reason", "date", "expires"} with days as yyyy-MM-dd; ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  const seen = new Set<string>()
  for (const { id } of result.data) {
    if (seen.has(id)) throw new Error(`it names ${id} twice`)
    seen.add(id)
  }
  return result.data
}

/**
 * Marks what is known to fail. An entry whose flow passes fails the run, and so does one that has expired. `today` is yyyy-MM-dd.
 */
export const excuse = (
  results: readonly Result[],
  known: readonly KnownFailure[],
  today: string,
): readonly Result[] => {
  const byId = new Map(known.map((k) => [k.id, k]))
  return results.map((result) => {
    const { reason, date, expires } = byId.get(result.id) ?? {}
    if (reason === undefined || expires === undefined) return result
    if (result.outcome === 'passed')
      return {
        ...result,
        outcome: 'failed',
        reason: `listed as a known failure (${reason}), but it passes: remove the entry`,
      }
    if (result.outcome !== 'failed') return result
    if (expires < today)
      return { ...result, reason: `was a known failure until ${expires} (${reason}): repair it, or give it a new day` }
    return { ...result, outcome: 'known failure', reason: `${reason} (since ${date}, excused until ${expires})` }
  })
}

/** Entries whose id no fixture has. */
export const strayEntries = (known: readonly KnownFailure[], ids: ReadonlySet<string>): readonly string[] =>
  known.filter(({ id }) => !ids.has(id)).map(({ id }) => id)

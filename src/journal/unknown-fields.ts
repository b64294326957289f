import type { Fields } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { nearest } from '../nearest.ts'
import { type Entry, identifiersOf } from './entry.ts'

export interface UnknownField {
  readonly field: string
  readonly did_you_mean: string | null
  readonly message: string
}

const MAX_REPORTED = 20
const MAX_NAME = 60

/** Unknown fields of a request, each with the most similar known field. */
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

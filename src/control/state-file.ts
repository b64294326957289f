import { readFileSync } from 'node:fs'
import { lineOf } from './json-lines.ts'
import { issueOf, sentenceAt } from './request.ts'
import { type StateFile, toKept } from './snapshot.ts'
import { problemOf, type StateLimits } from './state-checks.ts'
import { completed } from './state-defaults.ts'
import { stateInput } from './state-input.ts'

/** Reads and checks the file. Throws an Error whose message names the file, the line and the field. */
export const readStateFile = (path: string, limits: StateLimits, now: number): StateFile => {
  const text = readFileSync(path, 'utf8')
  const problem = (at: readonly PropertyKey[], message: string) =>
    new Error(sentenceAt(`${path}, line ${lineOf(text, at)}`, at, message))
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw problem([], 'is not well-formed JSON')
  }
  const { data, error } = stateInput.safeParse(json)
  if (error) {
    const { path: at, message } = issueOf(error)
    throw problem(at, message)
  }
  const found = problemOf(completed(data, now), limits)
  if (found) throw problem(found.path, found.message)
  return (at) => toKept(completed(data, at))
}

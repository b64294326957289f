import { kstMs } from './match.ts'

/** Masks what is different in every run, and what is secret. */
export type Sanitise = (value: unknown) => unknown

/** The same value has the same number throughout a flow, so that two recordings of the same behaviour are equal. */
const numbered: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, 'hash'],
  [/\bT[0-9a-f]{19}\b/g, 'tid'],
  [/\bA[0-9a-f]{19}\b/g, 'aid'],
  [/\bS[0-9a-f]{19}\b/g, 'sid'],
  [/\b[0-9a-f]{20}\b/g, 'pg_token'],
]

const DATETIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\b/g
const KEY = /\b(?:DEV|PRD)[0-9A-F]{37}\b/g

/** One for each flow: it counts what it masks. Times become seconds since the first one. */
export const createSanitiser = (secrets: readonly string[]): Sanitise => {
  const seen = new Map<string, string>()
  const counts = new Map<string, number>()
  let began: number | undefined
  const maskOf = (name: string) => (value: string) => {
    const known = seen.get(value)
    if (known !== undefined) return known
    const number = (counts.get(name) ?? 0) + 1
    counts.set(name, number)
    const mask = `<${name}#${number}>`
    seen.set(value, mask)
    return mask
  }
  const time = (text: string) => {
    const ms = kstMs(text)
    if (ms === undefined) return '<no time>'
    began ??= ms
    const offset = Math.round((ms - began) / 1000)
    return `<time ${offset < 0 ? '-' : '+'}${Math.abs(offset)}s>`
  }
  const ofText = (text: string): string => {
    const known = secrets.filter((s) => s !== '').reduce((result, s) => result.replaceAll(s, '<secret key>'), text)
    const masked = numbered.reduce((result, [pattern, name]) => result.replace(pattern, maskOf(name)), known)
    return masked.replace(KEY, '<secret key>').replace(DATETIME, time)
  }
  const sanitise: Sanitise = (value) => {
    if (typeof value === 'string') return ofText(value)
    if (Array.isArray(value)) return value.map(sanitise)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sanitise(inner)]))
  }
  return sanitise
}

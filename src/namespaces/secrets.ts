import { mask } from './mask.ts'

/** Shorter secrets are not masked by value: ordinary text would match them. */
export const MIN_SECRET = 8
/** Secrets kept to mask by; then the oldest is forgotten. */
export const MAX_SECRETS = 100_000

/** Every secret that was ever admitted or configured, so that texts can be shown without them. */
export interface Secrets {
  add(secret: string): void
  /** The text without secrets: by value in any case and escaped as JSON or URLs escape, and what follows `cid_secret`. */
  mask(text: string): string
  /** The same for every text in a JSON value. */
  maskAll<T>(value: T): T
  /** Changes with every secret that is added. */
  readonly version: number
}

/** Characters by which secrets are looked up. */
const PREFIX = 4
const names = ['cid_secret', 'secret_key']
/** A JSON value that is nested deeper is not shown. */
const MAX_DEPTH = 50

interface Range {
  readonly from: number
  readonly until: number
  readonly shown: string
}

export const createSecrets = (): Secrets => {
  const known = new Set<string>()
  const byPrefix = new Map<string, string[]>()
  const isPrefix = new Uint8Array(0x10000)
  let version = 0

  const forget = (secret: string) => {
    known.delete(secret)
    const same = byPrefix.get(secret.slice(0, PREFIX)) ?? []
    byPrefix.set(
      secret.slice(0, PREFIX),
      same.filter((other) => other !== secret),
    )
  }
  const longestAt = (lower: string, at: number): string | undefined => {
    let longest: string | undefined
    for (const secret of byPrefix.get(lower.slice(at, at + PREFIX)) ?? [])
      if (lower.startsWith(secret, at) && secret.length > (longest?.length ?? 0)) longest = secret
    return longest
  }
  const values = ({ lower, text, starts }: Decoded): Range[] => {
    const ranges: Range[] = []
    for (let at = 0; at + MIN_SECRET <= lower.length; at++) {
      if (isPrefix[hashAt(lower, at)] === 0) continue
      const secret = longestAt(lower, at)
      if (secret === undefined) continue
      const end = at + secret.length
      ranges.push({ from: starts(at), until: starts(end), shown: mask(text.slice(at, end)) })
      at = end - 1
    }
    return ranges
  }
  const maskText = (text: string): string => {
    const decoded = decode(text)
    const ranges = [...(known.size === 0 ? [] : values(decoded)), ...named(text, decoded)]
    return ranges.length === 0 ? text : replaced(text, ranges)
  }
  const maskAll = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'string') return maskText(value)
    if (typeof value === 'number') return known.has(String(value)) ? mask(String(value)) : value
    if (typeof value !== 'object' || value === null) return value
    if (depth === MAX_DEPTH) return '…'
    if (Array.isArray(value)) return value.map((inner) => maskAll(inner, depth + 1))
    const masked = Object.entries(value).map(([key, inner]): [string, unknown] => [
      maskText(key),
      names.includes(lowered(key)) && inner !== null ? '…' : maskAll(inner, depth + 1),
    ])
    return Object.fromEntries(masked)
  }

  return {
    add(given) {
      const secret = lowered(given)
      if (secret.length < MIN_SECRET || known.has(secret)) return
      const [oldest] = known
      if (known.size >= MAX_SECRETS && oldest !== undefined) forget(oldest)
      known.add(secret)
      const prefix = secret.slice(0, PREFIX)
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), secret])
      isPrefix[hashAt(secret, 0)] = 1
      version++
    },
    mask: maskText,
    maskAll: <T>(value: T) => maskAll(value) as T,
    get version() {
      return version
    },
  }
}

const hashAt = (text: string, at: number): number => {
  let hash = 0
  for (let i = at; i < at + PREFIX; i++) hash = (hash * 31 + text.charCodeAt(i)) & 0xffff
  return hash
}

/** Lower case without a change of length. */
const lowered = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** A text without its escapes, and where each of its characters begins in the text as it was. */
interface Decoded {
  readonly text: string
  readonly lower: string
  readonly starts: (at: number) => number
}

/** An escape within an escape is one of a JSON text that is a field of another. */
const MAX_NESTED = 3

const decode = (original: string): Decoded => {
  let text = original
  let starts: number[] | undefined
  for (let i = 0; i < MAX_NESTED && /[%\\]/.test(text); i++) {
    const at: number[] = []
    const outer: number[] | undefined = starts
    const next = text.replace(/%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\?[\s\S]/gi, (piece, offset: number) => {
      at.push(outer?.[offset] ?? offset)
      return characterOf(piece)
    })
    at.push(original.length)
    if (next === text) break
    text = next
    starts = at
  }
  return { text, lower: lowered(text), starts: (at) => starts?.[at] ?? at }
}

const characterOf = (piece: string): string => {
  if (piece.length === 1) return piece
  if (piece.startsWith('%')) return String.fromCharCode(Number.parseInt(piece.slice(1), 16))
  return piece.length === 6 ? String.fromCharCode(Number.parseInt(piece.slice(2), 16)) : piece.slice(1)
}

/** What follows the name of a secret: the JSON string, or all up to the end of the field. */
const named = (original: string, { lower, starts }: Decoded): Range[] =>
  names.flatMap((name) => {
    const ranges: Range[] = []
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      const after = at + name.length
      const [, before = ''] = /^(["']?\s{0,9}[:=]\s{0,9})/.exec(lower.slice(after, after + 20)) ?? []
      if (before === '') continue
      const from = starts(after + before.length)
      const [quote] = /^\\{0,7}["']/.exec(original.slice(from, from + 8)) ?? []
      if (quote !== undefined)
        ranges.push({ from: from + quote.length, until: endOf(original, from, quote), shown: '…' })
      else {
        const until = fieldEnd(original, lower, starts, after + before.length)
        if (until > from) ranges.push({ from, until, shown: original[from - 1] === '=' ? '…' : '"…"' })
      }
    }
    return ranges
  })

/** Where a quoted text ends; a text that was cut ends with it. */
const endOf = (original: string, from: number, quote: string): number => {
  for (let at = from + quote.length; at < original.length; at++) {
    if (original.startsWith(quote, at)) return at
    if (quote.length === 1 && original[at] === '\\') at++
  }
  return original.length
}

const fieldEnd = (original: string, lower: string, starts: Decoded['starts'], from: number): number => {
  const isList = lower[from] === '['
  const length = lower.slice(from).search(isList ? /\]/ : /[,&;}\s]/)
  return length < 0 ? original.length : starts(from + length + (isList ? 1 : 0))
}

const replaced = (original: string, ranges: readonly Range[]): string => {
  let text = ''
  let at = 0
  for (const { from, until, shown } of [...ranges].sort((a, b) => a.from - b.from || b.until - a.until)) {
    if (until <= at) continue
    text += original.slice(at, Math.max(at, from)) + shown
    at = until
  }
  return text + original.slice(at)
}

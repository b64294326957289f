/** One thing that is not as expected: where, what was expected, what came. */
export interface Difference {
  /** Such as `body.amount.vat`, `status`, `header content-type`. */
  readonly at: string
  readonly expected: string
  readonly actual: string
}

/** What a matcher may need to know: epoch ms of the flow's clock. */
export interface Moment {
  readonly now: number
}

/** How far an answer's clock may be from ours, in ms. Clients are seen to refuse a payment that is older than half an hour. */
const CLOCK_TOLERANCE_MS = 120_000

const KST_OFFSET_MS = 9 * 60 * 60 * 1000
const KST_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/

/** Ids as published answers have them: a letter and 19 lower-case hex digits; tokens and hashes are bare hex. */
const ids: Readonly<Record<string, RegExp>> = {
  tid: /^T[0-9a-f]{19}$/,
  aid: /^A[0-9a-f]{19}$/,
  sid: /^S[0-9a-f]{19}$/,
  pg_token: /^[0-9a-f]{20}$/,
  hash: /^[0-9a-f]{64}$/,
}

type Check = (actual: unknown, wanted: unknown, moment: Moment) => boolean

const matchers: Readonly<Record<string, { readonly holds: Check; readonly says: (wanted: unknown) => string }>> = {
  $match: {
    holds: (actual, wanted) => typeof actual === 'string' && new RegExp(String(wanted), 'u').test(actual),
    says: (wanted) => `text like /${String(wanted)}/`,
  },
  $is: {
    holds: (actual, wanted) => typeof actual === 'string' && (ids[String(wanted)]?.test(actual) ?? false),
    says: (wanted) => `a ${String(wanted)}: ${ids[String(wanted)]?.source ?? 'unknown kind'}`,
  },
  $kst: {
    holds: (actual, _, { now }) => {
      const ms = kstMs(actual)
      return ms !== undefined && Math.abs(ms - now) <= CLOCK_TOLERANCE_MS
    },
    says: () => 'the KST wall clock now, as yyyy-MM-ddTHH:mm:ss',
  },
  $near: {
    holds: (actual, wanted) => {
      const ms = kstMs(actual)
      const [from, to] = wanted as readonly [number, number]
      return ms !== undefined && ms >= from - (from % 1000) && ms <= to
    },
    says: (wanted) => {
      const [from, to] = wanted as readonly [number, number]
      return `the KST wall clock of the call, from ${kstText(from)} to ${kstText(to)}`
    },
  },
  $any: { holds: (actual) => actual !== undefined && actual !== null, says: () => 'any value' },
  $none: { holds: (actual) => actual === undefined || actual === null, says: () => 'null or absent' },
  $absent: { holds: (actual) => actual === undefined, says: () => 'absent' },
  $type: { holds: (actual, wanted) => typeOf(actual) === wanted, says: (wanted) => `of type ${String(wanted)}` },
  $contains: {
    holds: (actual, wanted) => typeof actual === 'string' && actual.includes(String(wanted)),
    says: (wanted) => `text with ${JSON.stringify(wanted)}`,
  },
  $oneOf: {
    holds: (actual, wanted) =>
      Array.isArray(wanted) && wanted.some((w) => JSON.stringify(w) === JSON.stringify(actual)),
    says: (wanted) => `one of ${JSON.stringify(wanted)}`,
  },
}

const kstText = (ms: number) => new Date(ms + KST_OFFSET_MS).toISOString().slice(0, 19)

/** Epoch ms of a KST wall clock text; undefined where it is none, or names a day that does not exist. */
export const kstMs = (text: unknown): number | undefined => {
  if (typeof text !== 'string' || !KST_FORM.test(text)) return undefined
  const ms = Date.parse(`${text}Z`)
  return new Date(ms).toISOString().slice(0, 19) === text ? ms - KST_OFFSET_MS : undefined
}

export const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const matcherOf = (expected: unknown) => {
  if (!isObject(expected)) return undefined
  const [name = '', ...more] = Object.keys(expected)
  if (!name.startsWith('$')) return undefined
  const matcher = matchers[name]
  if (!matcher || more.length > 0) throw new Error(`unknown matcher ${JSON.stringify(expected)}`)
  return { ...matcher, wanted: expected[name] }
}

/** Where `actual` is not as `expected`. Objects match in part, unless `exact`; lists match item by item, all of them. */
export const match = (
  expected: unknown,
  actual: unknown,
  moment: Moment,
  at = 'body',
  exact = false,
): readonly Difference[] => {
  const matcher = matcherOf(expected)
  if (matcher) {
    const { holds, says, wanted } = matcher
    return holds(actual, wanted, moment) ? [] : [{ at, expected: says(wanted), actual: shown(actual) }]
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return [{ at, expected: shown(expected), actual: shown(actual) }]
    return expected.flatMap((item, i) => match(item, actual[i], moment, `${at}[${i}]`, exact))
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [{ at, expected: shown(expected), actual: shown(actual) }]
    const inside = Object.entries(expected).flatMap(([key, value]) =>
      match(value, actual[key], moment, `${at}.${key}`, exact),
    )
    const extra = exact ? Object.keys(actual).filter((key) => !Object.hasOwn(expected, key)) : []
    return [...inside, ...extra.map((key) => ({ at: `${at}.${key}`, expected: 'absent', actual: shown(actual[key]) }))]
  }
  return Object.is(expected, actual) ? [] : [{ at, expected: shown(expected), actual: shown(actual) }]
}

/** Whether the keys that both have come in the same order. */
export const matchOrder = (expected: unknown, actual: unknown): readonly Difference[] => {
  if (!isObject(expected) || !isObject(actual)) return []
  const wanted = Object.keys(expected).filter((key) => Object.hasOwn(actual, key))
  const came = Object.keys(actual).filter((key) => Object.hasOwn(expected, key))
  return wanted.join() === came.join()
    ? []
    : [{ at: 'order of the keys', expected: wanted.join(', '), actual: came.join(', ') }]
}

/** A value as JSON, cut where nobody would read on. */
export const shown = (value: unknown): string => {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

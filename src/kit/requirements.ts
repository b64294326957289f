import type * as z from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { documented, inferred, type Known } from '../../contracts/evidence.ts'
import type { Answer } from './answer.ts'
import { type Difference, kstMs, shown, typeOf } from './match.ts'

/** A requirement of every answer of every call. */
export interface AnswerRequirement extends Known {
  readonly id: string
  readonly sentence: string
  /** Where the answer breaks it; empty where it holds. */
  readonly violations: (answer: Answer, endpoint: Endpoint) => readonly Difference[]
}

const ok = ({ status }: Answer) => status >= 200 && status < 300
const difference = (at: string, expected: string, actual: string): readonly Difference[] => [{ at, expected, actual }]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const answerRequirements: readonly AnswerRequirement[] = [
  {
    id: 'answer.json',
    sentence: 'Every answer is a JSON object, a refusal too.',
    ...documented('single-payment'),
    violations: ({ json, text }) => (isObject(json) ? [] : difference('body', 'a JSON object', shown(text))),
  },
  {
    id: 'answer.utf-8',
    sentence: 'Every answer is UTF-8 without a byte order mark.',
    ...documented('single-payment'),
    violations: ({ undecodable, text }) =>
      undecodable ? difference('bytes of the body', 'UTF-8 without a byte order mark', shown(text)) : [],
  },
  {
    id: 'answer.keys-once',
    sentence: 'No object of an answer has a key twice: parsers differ in which of the two they take.',
    ...inferred('client-practice'),
    violations: ({ json, text }) =>
      isObject(json) && keysOf(text) > countKeys(json) ? difference('body as text', 'each key once', shown(text)) : [],
  },
  {
    id: 'answer.integers',
    sentence: 'Numbers are written as integers, without a point or an exponent: typed clients refuse 2200.0.',
    ...documented('single-payment'),
    violations: ({ text, json }) =>
      isObject(json) && /\d[.eE]/.test(withoutStrings(text))
        ? difference('body as text', 'numbers of digits alone', shown(text))
        : [],
  },
  {
    id: 'answer.content-type',
    sentence: 'Every answer has the Content-Type application/json, in UTF-8.',
    ...documented('single-payment'),
    violations: ({ headers }) => {
      const sent = headers['content-type']
      return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(sent ?? '')
        ? []
        : difference('header content-type', 'application/json;charset=UTF-8', shown(sent))
    },
  },
  {
    id: 'answer.charset',
    sentence: 'Content-Type names the charset: application/json;charset=UTF-8.',
    ...inferred('live-answers'),
    violations: ({ headers }) => {
      const sent = headers['content-type']
      return sent === undefined || /charset/i.test(sent)
        ? []
        : difference('header content-type', 'application/json;charset=UTF-8', shown(sent))
    },
  },
  {
    id: 'answer.compact',
    sentence: 'JSON has no whitespace between its parts: some clients search the text instead of parsing it.',
    ...inferred('client-practice'),
    violations: ({ text }) => {
      return /\s/.test(withoutStrings(text))
        ? difference('body as text', 'no whitespace outside of strings', shown(text))
        : []
    },
  },
  {
    id: 'answer.shape',
    sentence: 'The answer of an accepted call has the documented keys with their JSON types.',
    ...documented('single-payment'),
    violations: (answer, { response }) => (ok(answer) ? shapeDifferences(response, answer.json) : []),
  },
  {
    id: 'answer.no-other-keys',
    sentence:
      'The answer of an accepted call has no undocumented keys. KakaoPay adds keys now and then: a server may be ahead of us.',
    ...inferred('client-practice'),
    violations: (answer, endpoint) => undocumentedKeys(answer, endpoint),
  },
  {
    id: 'answer.envelope',
    sentence:
      'A refusal has error_code (an integer), error_message and, for failures of the payment method, extras. msg and code are the retired host’s keys.',
    ...documented('api-common-guide'),
    violations: (answer) => (ok(answer) ? [] : envelopeDifferences(answer.json)),
  },
  {
    id: 'answer.readable',
    sentence: 'A refusal has no WWW-Authenticate header: with it the JDK’s client does not return the body of a 401.',
    ...inferred('client-practice'),
    violations: ({ headers }) => {
      const challenge = headers['www-authenticate']
      return challenge === undefined ? [] : difference('header www-authenticate', 'absent', shown(challenge))
    },
  },
  {
    id: 'answer.dates',
    sentence: 'Datetimes are the KST wall clock as yyyy-MM-ddTHH:mm:ss, without zone and fraction.',
    ...documented('single-payment'),
    violations: ({ json }) => dateDifferences(json),
  },
]

/** The keys of an accepted call's answer that its contract does not have. */
export const undocumentedKeys = (answer: Answer, { response }: Endpoint): readonly Difference[] =>
  ok(answer) ? otherKeys(response, answer.json) : []

const withoutStrings = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/gs, '""')

const keysOf = (text: string) => withoutStrings(text).match(/""\s*:/g)?.length ?? 0

const countKeys = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countKeys(item), 0)
  if (!isObject(value)) return 0
  return Object.values(value).reduce((sum: number, inner) => sum + 1 + countKeys(inner), 0)
}

const otherKeys = (schema: z.ZodType, json: unknown): readonly Difference[] => {
  const result = schema.safeParse(withoutNulls(json))
  return result.success ? unknownKeys(withoutNulls(json), result.data, 'body') : []
}

/** Differences from the contract's types. An optional key may also be null. */
const shapeDifferences = (schema: z.ZodType, json: unknown): readonly Difference[] => {
  const result = schema.safeParse(withoutNulls(json))
  if (result.success) return []
  return result.error.issues.map((issue) => ({
    at: ['body', ...issue.path].join('.'),
    expected: issue.message.replace(/^Invalid (input|string): /, ''),
    actual: shown(
      issue.path.reduce<unknown>((v, key) => (isObject(v) || Array.isArray(v) ? Reflect.get(v, key) : undefined), json),
    ),
  }))
}

/** Keys without a value are seen as null and left out; which of the two is a matter of other rules. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  )
}

const unknownKeys = (sent: unknown, known: unknown, at: string): readonly Difference[] => {
  if (Array.isArray(sent) && Array.isArray(known))
    return sent.flatMap((item, i) => unknownKeys(item, known[i], `${at}[${i}]`))
  if (!isObject(sent) || !isObject(known)) return []
  return Object.entries(sent).flatMap(([key, value]) =>
    Object.hasOwn(known, key)
      ? unknownKeys(value, known[key], `${at}.${key}`)
      : difference(`${at}.${key}`, 'no undocumented key', shown(value)),
  )
}

const envelope = new Set(['error_code', 'error_message', 'extras'])

const envelopeDifferences = (json: unknown): readonly Difference[] => {
  if (!isObject(json)) return []
  const { error_code, error_message, extras } = json
  return [
    ...(typeOf(error_code) === 'integer' ? [] : difference('body.error_code', 'an integer', shown(error_code))),
    ...(typeof error_message === 'string' && error_message !== ''
      ? []
      : difference('body.error_message', 'a non-empty string', shown(error_message))),
    ...(extras === undefined || isObject(extras) ? [] : difference('body.extras', 'an object', shown(extras))),
    ...Object.keys(json)
      .filter((key) => !envelope.has(key))
      .flatMap((key) => difference(`body.${key}`, 'absent', shown(json[key]))),
  ]
}

const dateDifferences = (json: unknown, at = 'body'): readonly Difference[] => {
  if (Array.isArray(json)) return json.flatMap((item, i) => dateDifferences(item, `${at}[${i}]`))
  if (!isObject(json)) return []
  return Object.entries(json).flatMap(([key, value]) => {
    if (!key.endsWith('_at')) return dateDifferences(value, `${at}.${key}`)
    if (value === null || kstMs(value) !== undefined) return []
    return difference(`${at}.${key}`, 'yyyy-MM-ddTHH:mm:ss', shown(value))
  })
}

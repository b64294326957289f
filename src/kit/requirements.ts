import type * as z from 'zod'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { documented, inferred, type Known } from '../../contracts/evidence.ts'
import { type Difference, kstMs, shown, typeOf } from './match.ts'

/** Something that every answer of every call must keep, whatever it is about. */
export interface AnswerRequirement extends Known {
  readonly id: string
  readonly sentence: string
  /** Where the answer breaks it. */
  readonly broken: (answer: Answer, endpoint: Endpoint) => readonly Difference[]
}

/** A response, read once. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
  /** From the request until the last byte. */
  readonly ms: number
}

/** `began`: performance.now() of the request. */
export const readAnswer = async (response: Response, began: number): Promise<Answer> => {
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    json: parsed(text),
    ms: performance.now() - began,
  }
}

/** What stands in the place of an answer where the connection was closed without one. */
export const noAnswer = (began: number): Answer => ({
  status: 0,
  headers: {},
  text: '',
  json: undefined,
  ms: performance.now() - began,
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const ok = ({ status }: Answer) => status >= 200 && status < 300
const broken = (at: string, expected: string, actual: string): readonly Difference[] => [{ at, expected, actual }]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const answerRequirements: readonly AnswerRequirement[] = [
  {
    id: 'answer.json',
    sentence: 'Every answer is a JSON object, a refusal too.',
    ...documented('single-payment'),
    broken: ({ json, text }) => (isObject(json) ? [] : broken('body', 'a JSON object', shown(text))),
  },
  {
    id: 'answer.content-type',
    sentence: 'Every answer says Content-Type: application/json;charset=UTF-8.',
    ...documented('single-payment'),
    broken: ({ headers }) => {
      const sent = headers['content-type']
      return /^application\/json; ?charset=utf-8$/i.test(sent ?? '')
        ? []
        : broken('header content-type', 'application/json;charset=UTF-8', shown(sent))
    },
  },
  {
    id: 'answer.compact',
    sentence: 'JSON is sent without spaces between its parts: a client that scans the text relies on it.',
    ...inferred('client-practice'),
    broken: ({ text }) => {
      const bare = withoutStrings(text)
      return /\s/.test(bare) ? broken('body as text', 'no space outside of texts', shown(text)) : []
    },
  },
  {
    id: 'answer.shape',
    sentence: 'An accepted call’s answer has the documented keys with their JSON types, and no others.',
    ...documented('single-payment'),
    broken: (answer, { response }) => (ok(answer) ? shapeDifferences(response, answer.json) : []),
  },
  {
    id: 'answer.envelope',
    sentence:
      'A refusal has error_code (an integer), error_message and perhaps extras; msg and code are the retired host’s.',
    ...documented('api-common-guide'),
    broken: (answer) => (ok(answer) ? [] : envelopeDifferences(answer.json)),
  },
  {
    id: 'answer.readable',
    sentence: 'A refusal sends no WWW-Authenticate: the JDK’s client then hides the body of a 401.',
    ...inferred('client-practice'),
    broken: ({ headers }) => {
      const challenge = headers['www-authenticate']
      return challenge === undefined ? [] : broken('header www-authenticate', 'absent', shown(challenge))
    },
  },
  {
    id: 'answer.dates',
    sentence: 'Datetimes are the KST wall clock as yyyy-MM-ddTHH:mm:ss, without zone and fraction.',
    ...documented('single-payment'),
    broken: ({ json }) => dateDifferences(json),
  },
]

const withoutStrings = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/gs, '""')

/** The contract's types, and nothing that the contract does not know: what it leaves out of the parsed answer is an unknown key. */
const shapeDifferences = (schema: z.ZodType, json: unknown): readonly Difference[] => {
  const result = schema.safeParse(json)
  if (result.success) return unknownKeys(json, result.data, 'body')
  return result.error.issues.map((issue) => ({
    at: ['body', ...issue.path].join('.'),
    expected: issue.message.replace(/^Invalid (input|string): /, ''),
    actual: shown(
      issue.path.reduce<unknown>((v, key) => (isObject(v) || Array.isArray(v) ? Reflect.get(v, key) : undefined), json),
    ),
  }))
}

const unknownKeys = (sent: unknown, known: unknown, at: string): readonly Difference[] => {
  if (Array.isArray(sent) && Array.isArray(known))
    return sent.flatMap((item, i) => unknownKeys(item, known[i], `${at}[${i}]`))
  if (!isObject(sent) || !isObject(known)) return []
  return Object.entries(sent).flatMap(([key, value]) =>
    Object.hasOwn(known, key)
      ? unknownKeys(value, known[key], `${at}.${key}`)
      : broken(`${at}.${key}`, 'no undocumented key', shown(value)),
  )
}

const envelope = new Set(['error_code', 'error_message', 'extras'])

const envelopeDifferences = (json: unknown): readonly Difference[] => {
  if (!isObject(json)) return []
  const { error_code, error_message, extras } = json
  return [
    ...(typeOf(error_code) === 'integer' ? [] : broken('body.error_code', 'an integer', shown(error_code))),
    ...(typeof error_message === 'string' && error_message !== ''
      ? []
      : broken('body.error_message', 'a text', shown(error_message))),
    ...(extras === undefined || isObject(extras) ? [] : broken('body.extras', 'an object', shown(extras))),
    ...Object.keys(json)
      .filter((key) => !envelope.has(key))
      .flatMap((key) => broken(`body.${key}`, 'absent', shown(json[key]))),
  ]
}

const dateDifferences = (json: unknown, at = 'body'): readonly Difference[] => {
  if (Array.isArray(json)) return json.flatMap((item, i) => dateDifferences(item, `${at}[${i}]`))
  if (!isObject(json)) return []
  return Object.entries(json).flatMap(([key, value]) => {
    if (!key.endsWith('_at')) return dateDifferences(value, `${at}.${key}`)
    if (value === null || kstMs(value) !== undefined) return []
    return broken(`${at}.${key}`, 'yyyy-MM-ddTHH:mm:ss', shown(value))
  })
}

import * as z from 'zod'
import { documented, inferred, type Known } from './evidence.ts'

/** What can be wrong with a field. Each aspect of each field is one rule: `ready.item_name.max`. */
export type Aspect = 'required' | 'type' | 'min' | 'max' | 'length' | 'characters' | 'form' | 'scheme' | 'values'

/** How the default, lenient mode may read a value of another JSON type: `integer` takes digits in a string, `text` a number. */
export type Kind = 'text' | 'integer' | 'list' | 'map'

export interface Field<S extends z.ZodType = z.ZodType, R extends boolean = boolean> {
  readonly kind: Kind
  readonly required: R
  readonly schema: S
  readonly description: string
  /** Each aspect's sentence and how well it is known, in the order of checking. */
  readonly aspects: Readonly<Partial<Record<Aspect, Known & Sentences>>>
}

/** Completes "name …" in a message. `element`: the sentence about one value of a list or a map, `custom_json[key]`. */
interface Sentences {
  readonly must: string
  readonly element?: string
}

type Shape<S extends z.ZodType> = Omit<Field<S>, 'required' | 'description'>

const known = (k: Known, must: string) => ({ ...k, must })
const page = documented('single-payment')

/** A check that names its aspect in the zod issue, so that a refusal can name its rule. */
const that = (aspect: Aspect, holds: (value: string) => boolean) =>
  z.refine<string>(holds, { params: { aspect }, abort: true })

/** JSON Schema counts code points; JavaScript's `length` counts UTF-16 units. */
export const characters = (value: string): number => {
  let count = value.length
  for (let i = 0; i < value.length - 1; i++) {
    if ((value.charCodeAt(i) & 0xfc00) === 0xd800 && (value.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--
      i++
    }
  }
  return count
}

/** No control characters but tab and line ends, and no half of a surrogate pair: neither survives a database or a header. */
const PRINTABLE = '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\p{Cs}]*$'
const printable = new RegExp(PRINTABLE, 'u')

/**
 * openapi.yaml must be read alike by the regular expressions of Python, Go, PHP, Java and JavaScript: `\xHH` and classes of ASCII are,
 * look-aheads, `\p{…}`, `\d` and `\s` are not, and `$` also matches before a last line end in some of them. So it says what a text must not
 * have, or its length and how it begins. Where that is less than the rule, the whole of it is in `x-pattern`, for JavaScript with the flag u.
 */
const CONTROL = '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]'
const printableMeta = { not: { pattern: CONTROL }, 'x-pattern': PRINTABLE }

export const text = (max: number, k: Known = page, min: 0 | 1 = 1, maxKnown: Known = k) => ({
  kind: 'text' as const,
  schema: z
    .string()
    .check(
      that('min', (v) => v.length >= min),
      that('max', (v) => v.length <= max || characters(v) <= max),
      that('characters', (v) => printable.test(v)),
    )
    .meta({ ...(min ? { minLength: min } : {}), maxLength: max, ...printableMeta }),
  aspects: {
    type: known(k, 'must be a string'),
    ...(min ? { min: known(inferred(), 'must not be empty') } : {}),
    max: known(maxKnown, `must be at most ${max} characters`),
    characters: known(inferred(), 'must not have control characters or broken surrogates'),
  },
})

const exactly = (
  length: number,
  pattern: string,
  k: Known,
  form: Known & { must: string },
  meta: Record<string, unknown>,
) => {
  const regex = new RegExp(pattern, 'u')
  return {
    kind: 'text' as const,
    schema: z
      .string()
      .check(
        that('length', (v) => characters(v) === length),
        that('form', (v) => regex.test(v)),
      )
      .meta({ minLength: length, maxLength: length, ...meta }),
    aspects: { type: known(k, 'must be a string'), length: known(k, `must be exactly ${length} characters`), form },
  }
}

/** KRW and counts: whole numbers that a 32-bit signed integer holds. */
export const MAX_INTEGER = 2_147_483_647

/** `bounds`: how well each bound is known, and a maximum other than that of 32 bits. */
export const integer = (
  min: number,
  k: Known = page,
  bounds: { readonly min?: Known; readonly max?: number; readonly maxKnown?: Known } = {},
) => ({
  kind: 'integer' as const,
  schema: z
    .int()
    .min(min)
    .max(bounds.max ?? MAX_INTEGER),
  aspects: {
    type: known(k, 'must be an integer'),
    min: known(bounds.min ?? inferred(), `must be ${min} or more`),
    max: known(bounds.maxKnown ?? inferred(), `must be ${bounds.max ?? MAX_INTEGER} or less`),
  },
})

/** `javascript:alert(1)` must never become a redirect; `myapp://paid` must. JSON Schema has no case-blind flag. */
const anyCase = (word: string) => [...word].map((c) => `[${c}${c.toUpperCase()}]`).join('')
const FORBIDDEN = ['javascript', 'data', 'vbscript', 'file', 'blob']
const NOT_FORBIDDEN = `^(?!(?:${FORBIDDEN.map(anyCase).join('|')}):)`
const HTTP = `${anyCase('http')}[sS]?`
const ABSOLUTE = `(?:${HTTP}:\\/\\/[^\\s\\u0000-\\u001F\\u007F\\p{Cs}\\/?#\\\\]+|(?!${HTTP}:)[A-Za-z][A-Za-z0-9+.\\-]*:)[^\\s\\u0000-\\u001F\\u007F\\p{Cs}]*$`
const absolute = new RegExp(`^${ABSOLUTE}`, 'u')
const allowed = new RegExp(NOT_FORBIDDEN, 'u')

/** The same for any validator: what it must begin with, and what it must not have: blanks, a script's scheme, http without a host. */
const urlMeta = {
  pattern: '^[A-Za-z][A-Za-z0-9+.-]*:',
  not: {
    pattern: `[\\x00-\\x20\\x7F]|^(${FORBIDDEN.map(anyCase).join('|')}):|^${HTTP}:(/?[^/]|/?$|//[/?#\\\\]|//$)`,
  },
  'x-pattern': NOT_FORBIDDEN + ABSOLUTE,
}

/** Whether a browser may be sent there: an absolute URL whose scheme runs no script. */
export const isRedirectUrl = (value: string): boolean => absolute.test(value) && allowed.test(value)

export const url = (k: Known = page) => ({
  kind: 'text' as const,
  schema: z
    .string()
    .check(
      that('max', (v) => v.length <= 255 || characters(v) <= 255),
      that('form', (v) => absolute.test(v)),
      that('scheme', (v) => allowed.test(v)),
    )
    .meta({ maxLength: 255, ...urlMeta }),
  aspects: {
    type: known(k, 'must be a string'),
    max: known(k, 'must be at most 255 characters'),
    form: known(
      inferred('client-practice'),
      'must be an absolute URL such as https://shop.example/paid or myapp://paid',
    ),
    scheme: known(inferred(), `must not use the schemes ${FORBIDDEN.join(', ')}`),
  },
})

export const oneOf = <const V extends readonly [string, ...string[]]>(values: V, k: Known = page) => ({
  kind: 'text' as const,
  schema: z.enum(values),
  aspects: { values: known(k, `must be one of ${values.join(', ')}`) },
})

export const listOf = <const V extends readonly [string, ...string[]]>(values: V, k: Known = page) => ({
  kind: 'list' as const,
  schema: z.array(z.enum(values)),
  aspects: {
    type: known(k, 'must be an array of strings'),
    values: {
      ...known(k, `must have only the codes ${values.join(', ')}`),
      element: `must be one of ${values.join(', ')}`,
    },
  },
})

export const mapOfText = (k: Known = page) => ({
  kind: 'map' as const,
  schema: z.record(z.string(), z.string()),
  aspects: { type: { ...known(k, 'must be an object whose values are strings'), element: 'must be a string' } },
})

export const required = <S extends z.ZodType>(
  shape: Shape<S>,
  description: string,
  k: Known = page,
): Field<S, true> => ({
  ...shape,
  required: true,
  description,
  aspects: { required: known(k, 'must be sent and must not be null'), ...shape.aspects },
})

export const optional = <S extends z.ZodType>(shape: Shape<S>, description: string): Field<S, false> => ({
  ...shape,
  required: false,
  description,
})

/** The fields that several calls share, graded by the page of the call that has them. */
export const fieldsOfCalls = (k: Known) => {
  const control = known(inferred(), 'must not have control characters')
  const twenty = exactly(20, PRINTABLE, k, control, printableMeta)
  return {
    cid: required(
      exactly(10, PRINTABLE, k, control, printableMeta),
      'Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE.',
      k,
    ),
    cid_secret: optional(
      exactly(24, '^[0-9a-z]*$', k, known(k, 'must have only digits and lower-case letters'), {
        pattern: '^[0-9a-z]{24}',
      }),
      'Authentication key of the merchant code: 24 digits and lower-case letters.',
    ),
    tid: required(twenty, 'Payment id, 20 characters, from the answer of ready.', k),
    sid: required(twenty, 'Subscription id, 20 characters, from the answer of approve.', k),
    partner_order_id: required(
      text(100, k),
      'The merchant’s order id, at most 100 characters. Not checked for uniqueness.',
      k,
    ),
    partner_user_id: required(
      text(100, k),
      'The merchant’s user id, at most 100 characters, without personal data.',
      k,
    ),
    payload: optional(text(200, k, 0), 'At most 200 characters, stored and echoed.'),
  }
}

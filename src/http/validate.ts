import { parse as parseLossless } from 'lossless-json'
import * as z from 'zod'
import type { Endpoint, RequestOf } from '../../contracts/endpoint.ts'
import { requestSchema } from '../../contracts/endpoint.ts'
import type { Aspect, Field } from '../../contracts/fields.ts'
import { fieldRule } from '../../contracts/rules.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import type { ValidationOptions } from './deps.ts'

export type ValidationRefusal = Refusal<'field-missing' | 'field-invalid' | 'body-invalid'>

/** An issue as zod reports it, as far as it matters here. */
interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly params?: { readonly aspect?: Aspect }
  readonly keys?: readonly string[]
}

/** Compiles a contract once; what it returns reads the JSON text of a request. */
export const compileValidator = <E extends Endpoint>(
  endpoint: E,
  { strict, extraCards, rulesOff }: ValidationOptions,
) => {
  const fields = Object.entries(endpoint.request)
  const schema = z.compile(requestSchema(endpoint))

  const violation = (issue: Issue, body: Record<string, unknown>): ValidationRefusal | undefined => {
    const name = String(issue.path[0] ?? issue.keys?.[0])
    const field = Object.hasOwn(endpoint.request, name) ? endpoint.request[name] : undefined
    const at = issue.path.length > 1 ? `${name}[${String(issue.path[1])}]` : name
    if (!field)
      return unlessOff(
        refuse('field-invalid', 'wire.unknown-field', { field: at, reason: 'is not a documented field' }),
      )
    const value = body[name]
    if (value === undefined || (value === null && field.required))
      return unlessOff(refuse('field-missing', fieldRule(endpoint.name, name, 'required'), { field: name }))
    const aspect = aspectOf(issue, field)
    if (
      aspect === 'values' &&
      issue.path.length > 1 &&
      extraCards.includes((value as string[])[Number(issue.path[1])] ?? '')
    )
      return undefined
    const { must = 'is invalid', element = must } = field.aspects[aspect] ?? {}
    const reason = issue.path.length > 1 ? element : must
    return unlessOff(refuse('field-invalid', fieldRule(endpoint.name, name, aspect), { field: at, reason }))
  }
  const unlessOff = (refusal: ValidationRefusal) => (rulesOff.has(refusal.rule) ? undefined : refusal)

  return (text: string): RequestOf<E> | ValidationRefusal => {
    const { json, mistake } = parseJson(text)
    if (mistake !== undefined && !rulesOff.has('wire.json'))
      return refuse('body-invalid', 'wire.json', { reason: `is not well-formed JSON. ${mistake}` })
    if (mistake === undefined && !isObject(json) && !rulesOff.has('wire.object'))
      return refuse('body-invalid', 'wire.object', { reason: 'must be a JSON object' })
    const sent = isObject(json) ? json : {}
    const body = strict ? sent : coerce(sent, fields, text)
    const result = schema.safeParse(body)
    if (result.success) return result.data as RequestOf<E>
    const inOrder = [...(result.error.issues as Issue[])].sort((a, b) => order(a) - order(b))
    for (const issue of inOrder) {
      const refusal = violation(issue, body)
      if (refusal) return refusal
    }
    return body as RequestOf<E>
  }

  /** Documented fields first, in their order; what is not documented comes last. */
  function order(issue: Issue) {
    const at = fields.findIndex(([name]) => name === issue.path[0])
    return at < 0 ? fields.length : at
  }
}

/** Which aspect of the field an issue is about. Our own checks name theirs; the rest are zod's. */
const aspectOf = (issue: Issue, field: Field): Aspect => {
  if (issue.params?.aspect) return issue.params.aspect
  if (issue.code === 'too_small') return 'min'
  if (issue.code === 'too_big') return 'max'
  if (issue.code === 'invalid_value' || field.aspects.type === undefined) return 'values'
  return 'type'
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseJson = (text: string): { readonly json?: unknown; readonly mistake?: string } => {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { mistake: text.trim() === '' ? 'it is empty' : (error as Error).message.slice(0, 120) }
  }
}

const DIGITS = /^[0-9]+$/

/**
 * Reads as the real service is seen to read: unknown fields are ignored, null is the same as absent, digits in a string are an integer
 * (the official sample of ready sends them so), a number is a text where a text is asked for.
 */
const coerce = (sent: Record<string, unknown>, fields: readonly [string, Field][], text: string) => {
  const body: Record<string, unknown> = {}
  for (const [name, { kind }] of fields) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    if (value === undefined || value === null) continue
    if (kind === 'integer' && typeof value === 'string' && DIGITS.test(value)) body[name] = Number(value)
    else if (kind === 'text' && typeof value === 'number') body[name] = literal(name, value, text)
    else body[name] = value
  }
  return body
}

/** A long order id sent as a number must be echoed digit for digit, but JSON.parse has already rounded it: read its digits again. */
const literal = (name: string, value: number, text: string): string => {
  if (Number.isSafeInteger(value)) return String(value)
  try {
    const lossless = parseLossless(text, undefined, { onDuplicateKey: ({ newValue }) => newValue })
    return String((lossless as Record<string, unknown>)[name])
  } catch {
    // Nested deeper than the parser's stack: JSON.parse has accepted it, so the rounded number is what is known.
    return String(value)
  }
}

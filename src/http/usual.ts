import * as z from 'zod'
import { characters, type Field } from '../../contracts/fields.ts'

type Accepts = (value: unknown) => boolean

/**
 * A quick yes for the usual body: every field is documented, present where required, of its own JSON type and within its rule. It never
 * says yes where zod says no; what it does not know it leaves to zod, which also finds the words of a refusal. Asking zod alone would
 * take a fifth of the time of a whole call. It reads the same limits as openapi.yaml, and test/http/usual.test.ts holds it to zod.
 */
export const compileUsual = (
  request: Readonly<Record<string, Field>>,
): ((body: Readonly<Record<string, unknown>>) => boolean) => {
  const fields = new Map(
    Object.entries(request).map(([name, { schema, required }]) => [name, { required, accepts: compileField(schema) }]),
  )
  const needed = [...fields.values()].filter((field) => field.required).length
  return (body) => {
    let missing = needed
    for (const name in body) {
      const field = fields.get(name)
      if (field === undefined || !field.accepts(body[name])) return false
      if (field.required) missing--
    }
    return missing === 0
  }
}

const compileField = (schema: z.ZodType): Accepts => {
  if (schema instanceof z.ZodString) return compileText(schema.meta() ?? {})
  if (schema instanceof z.ZodNumber && schema.isInt) return compileInteger(schema.minValue, schema.maxValue)
  if (schema instanceof z.ZodEnum) return compileChoice(schema.options)
  return () => false
}

/** Lengths are in characters, as JSON Schema counts them; `length` is never less, so that a short text needs no counting. */
const compileText = ({ minLength, maxLength, pattern }: Readonly<Record<string, unknown>>): Accepts => {
  if (typeof maxLength !== 'number' || typeof pattern !== 'string') return () => false
  const min = typeof minLength === 'number' ? minLength : 0
  const form = new RegExp(pattern, 'u')
  const isLong = min > 1 ? (value: string) => characters(value) >= min : (value: string) => value.length >= min
  return (value) => typeof value === 'string' && value.length <= maxLength && isLong(value) && form.test(value)
}

const compileInteger = (min: number | null, max: number | null): Accepts => {
  if (min === null || max === null) return () => false
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}

const compileChoice = (options: readonly unknown[]): Accepts => {
  const choices = new Set(options)
  return (value) => choices.has(value)
}

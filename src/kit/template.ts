import { HarnessError } from './errors.ts'
import type { Repeat } from './fixture.ts'

/** Values that a flow has stored so far, by name. */
export type Variables = Readonly<Record<string, unknown>>

const NAME = /\{\{([a-z_]+)\}\}/g

/** A fixture's value with every `{{name}}` and `$repeat` replaced. A text that is one name alone keeps the type of the stored value. */
export const resolveTemplate = (value: unknown, variables: Variables): unknown => {
  if (typeof value === 'string') return resolveText(value, variables)
  if (Array.isArray(value)) return value.map((item) => resolveTemplate(item, variables))
  if (typeof value !== 'object' || value === null) return value
  if (isRepeat(value)) return value.$repeat.repeat(value.times)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveTemplate(inner, variables)]))
}

export const isRepeat = (value: object): value is Repeat => '$repeat' in value && 'times' in value

const resolveText = (text: string, variables: Variables): unknown => {
  const whole = /^\{\{([a-z_]+)\}\}$/.exec(text)
  if (whole?.[1] !== undefined) return lookUp(whole[1], variables)
  return text.replace(NAME, (_, name: string) => String(lookUp(name, variables)))
}

const lookUp = (name: string, variables: Variables): unknown => {
  if (!Object.hasOwn(variables, name)) throw new HarnessError(`no value is stored as {{${name}}}`)
  return variables[name]
}

/**
 * The value at a JSON pointer such as `/amount/total`; undefined where there is none. `/url ([0-9a-f]+)$`, with a pattern after a space,
 * returns the first group that the pattern finds in the text there.
 */
export const extract = (value: unknown, where: string): unknown => {
  const [pointer = '', pattern] = where.split(/ (.*)/s)
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)
  return pattern === undefined ? found : new RegExp(pattern, 'u').exec(String(found))?.[1]
}

/** Text as JSON; undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

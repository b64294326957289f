import type { Repeat } from './fixture.ts'

/** What is kept in a flow, by name. */
export type Kept = Readonly<Record<string, unknown>>

/** The kit's own mistake, or its surroundings': never the fault of what is checked. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
}

const NAME = /\{\{([a-z_]+)\}\}/g

/** A fixture's value with every `{{name}}` and `$repeat` filled in. A text that is one name alone keeps the type of what was kept. */
export const fill = (value: unknown, kept: Kept): unknown => {
  if (typeof value === 'string') return fillText(value, kept)
  if (Array.isArray(value)) return value.map((item) => fill(item, kept))
  if (typeof value !== 'object' || value === null) return value
  if (isRepeat(value)) return value.$repeat.repeat(value.times)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept)]))
}

export const isRepeat = (value: object): value is Repeat => '$repeat' in value && 'times' in value

const fillText = (text: string, kept: Kept): unknown => {
  const whole = /^\{\{([a-z_]+)\}\}$/.exec(text)
  if (whole?.[1] !== undefined) return known(whole[1], kept)
  return text.replace(NAME, (_, name: string) => String(known(name, kept)))
}

const known = (name: string, kept: Kept): unknown => {
  if (!Object.hasOwn(kept, name)) throw new HarnessError(`nothing was kept as {{${name}}}`)
  return kept[name]
}

/**
 * What a JSON pointer such as `/amount/total` leads to; undefined where it leads nowhere. `/url ([0-9a-f]+)$`, with a pattern after a
 * space, takes the part of the text that the pattern's group finds.
 */
export const pointed = (value: unknown, where: string): unknown => {
  const [pointer = '', pattern] = where.split(/ (.*)/s)
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)
  return pattern === undefined ? found : new RegExp(pattern, 'u').exec(String(found))?.[1]
}

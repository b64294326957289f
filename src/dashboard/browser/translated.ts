import type { Said } from '../words/said.ts'

/** `body: by: must be …`, or `quantity must be ….` */
const FIELD = /^(?:(?:body|query): )?(?:([\w.[\]]+):? )?(must .+|Invalid input)\.?$/

type Table = readonly (readonly [pattern: RegExp, other: string])[]

const compiled = (table: Said['fields']): Table =>
  table.map(([pattern, other]) => [new RegExp(`^${pattern}$`), other] as const)

/** The text that the first pattern with a match has in the other language, its places filled in. */
const match = (text: string, table: Table): string | undefined => {
  for (const [pattern, other] of table) {
    const found = pattern.exec(text)
    if (found) return other.replace(/\$(\d)/g, (_, n: string) => found[Number(n)] ?? '')
  }
  return undefined
}

/** Translates sentences of the server by the table of another language; undefined where it has none. */
export const createTranslator = (said: Said): ((text: string) => string | undefined) => {
  const fields = compiled(said.fields)
  const sentences = compiled(said.sentences)
  return (text) => {
    const whole = match(text, sentences)
    if (whole !== undefined) return whole
    const [, field, must = ''] = FIELD.exec(text) ?? []
    const rest = match(must.replace(/\.$/, ''), fields)
    return rest && `${field === undefined ? '' : `${field}: `}${rest}.`
  }
}

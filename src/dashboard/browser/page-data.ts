import type { PageData } from '../page-data.ts'
import { createTranslator } from './translated.ts'

/** What the server put into the page. */
const data: PageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}')

export const { lists } = data

export type WordKey = keyof PageData['words']

/** Not toLocaleString: browsers group differently, and tests read these. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3}){1,6}$)/g, ',')

const PLACE = /\{(\w+)(?: ([^|}]*)\|([^}]*))?\}/g

/** A text of the page in its language. `{n}` is filled in; `{n payment|payments}` is the word for one or for any other number. */
export const t = (key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
  data.words[key].replace(PLACE, (whole, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (one !== undefined && many !== undefined) return value === 1 ? one : many
    return typeof value === 'number' ? grouped(value) : (value ?? whole)
  })

/** A text that exists for some names only; else the name itself, or what the server says in its place. */
export const textOr = (key: string, otherwise: string): string =>
  (data.words as Readonly<Record<string, string>>)[key] ?? otherwise

/** A sentence of the server in the page's language; undefined where it is known in English alone. */
export const said = createTranslator(data.said)

import type { PageData } from '../page-data.ts'

/** What the server put into the page. */
const data: PageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}')

export const { lists } = data

export type WordKey = keyof PageData['words']

/** A text of the page in its language; `{n}` is filled in. */
export const t = (key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
  data.words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** A text that exists for some names only; else the name itself, or what the server says in its place. */
export const textOr = (key: string, otherwise: string): string =>
  (data.words as Readonly<Record<string, string>>)[key] ?? otherwise

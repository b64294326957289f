/** Texts appended to named lists, each with a bound: the journal's entries, as far as they outlive the process. */
export interface Log {
  /** Whether other processes append at the same time: then the own texts are read back among theirs. */
  readonly isShared: boolean
  /** Appends a text; at `limit` the oldest of its list goes. `Store.saved` waits for it. */
  append(list: string, text: string, options: { readonly namespace: string | null; readonly limit: number }): void
  /** What was appended since the last call of this, the oldest first; all of it the first time. */
  read(): Promise<LogNews>
  /** Removes all texts, or those of one namespace; resolves to how many. */
  clear(namespace?: string): Promise<number>
}

export interface LogNews {
  /** Texts were removed: what was read before is to be forgotten. */
  readonly isAnew: boolean
  readonly texts: readonly { readonly list: string; readonly text: string }[]
  /** How many texts have made room for newer ones, by list. */
  readonly dropped: Readonly<Record<string, number>>
}

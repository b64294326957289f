/**
 * What every process keeps in memory beside the payments: namespaces, fault rules, applications. A record is JSON, known by its kind and
 * id; the module that owns a kind holds its records in a map of its own and listens for changes.
 */
export interface Records {
  /** All records of a kind, in the order in which they were first kept. */
  list<T>(kind: string): Promise<readonly T[]>
  ids(kind: string): Promise<readonly string[]>
  /**
   * Changes one record, atomically. `change` gets undefined where there is none, returns undefined to remove it, and may be called again
   * when another process was faster. With a limit, a new record beyond it is not kept: the result is 'full'.
   */
  change<T>(kind: string, id: string, change: RecordChange<T>, limit?: number): Promise<T | undefined | 'full'>
  /** Calls the listener with every change of a kind, made here or elsewhere, as soon as this process knows it. */
  subscribe<T>(kind: string, listener: RecordListener<T>): void
  /** Who shares them: this process alone, whoever opens the file after it, or other processes at the same time. */
  readonly scope: 'process' | 'file' | 'shared'
  /** Reads what other processes have changed. A call waits for it. Undefined where no other process can have changed anything. */
  refresh(): Promise<void> | undefined
}

export type RecordChange<T> = (current: T | undefined) => T | undefined
export type RecordListener<T> = (id: string, value: T | undefined) => void

/** Who listens to which kind; shared by the drivers. */
export const createListeners = () => {
  const byKind = new Map<string, RecordListener<unknown>[]>()
  return {
    subscribe<T>(kind: string, listener: RecordListener<T>) {
      byKind.set(kind, [...(byKind.get(kind) ?? []), listener as RecordListener<unknown>])
    },
    notify(kind: string, id: string, value: unknown) {
      for (const listener of byKind.get(kind) ?? []) listener(id, value)
    },
  }
}

export const createMemoryRecords = (): Records => {
  const { subscribe, notify } = createListeners()
  const byKind = new Map<string, Map<string, unknown>>()
  const recordsOf = (kind: string) => {
    const found = byKind.get(kind) ?? new Map<string, unknown>()
    byKind.set(kind, found)
    return found
  }
  return {
    scope: 'process',
    list: async <T>(kind: string) => [...recordsOf(kind).values()] as T[],
    ids: async (kind) => [...recordsOf(kind).keys()],
    async change<T>(kind: string, id: string, change: RecordChange<T>, limit = Number.POSITIVE_INFINITY) {
      const records = recordsOf(kind)
      const before = records.get(id) as T | undefined
      const after = change(before)
      if (after === before) return after
      if (before === undefined && records.size >= limit) return 'full'
      if (after === undefined) records.delete(id)
      else records.set(id, after)
      notify(kind, id, after)
      return after
    },
    subscribe,
    refresh: () => undefined,
  }
}

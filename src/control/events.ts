/** What happens beside the calls, for whoever watches. */
export type EventName = 'scenario' | 'clock' | 'namespace' | 'application' | 'reset'

export interface Happening {
  readonly event: EventName
  /** Public name; null: every namespace. */
  readonly namespace: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface Events {
  tell(happening: Happening): void
  /** Told of everything until the returned function is called. */
  subscribe(listener: (happening: Happening) => void): () => void
}

export const createEvents = (): Events => {
  const listeners = new Set<(happening: Happening) => void>()
  return {
    tell(happening) {
      for (const listener of [...listeners]) listener(happening)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

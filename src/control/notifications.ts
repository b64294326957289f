/** Events beside the calls, for GET /_mock/events. */
export type EventName = 'fault' | 'clock' | 'namespace' | 'application' | 'reset'

export interface Notification {
  readonly event: EventName
  /** Public name; null: every namespace. */
  readonly namespace: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface Notifications {
  notify(happening: Notification): void
  /** Calls the listener with every notification until the returned function is called. */
  subscribe(listener: (happening: Notification) => void): () => void
}

export const createNotifications = (): Notifications => {
  const listeners = new Set<(happening: Notification) => void>()
  return {
    notify(happening) {
      for (const listener of [...listeners]) listener(happening)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

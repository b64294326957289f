import type { Records } from '../store/records.ts'

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

const KIND = 'notification'
/** One record for all of them: what matters is that it changes. */
const LAST = 'last'

/** What one process notifies of, all that share its store are notified of, through the feed of its records. */
export const createNotifications = (records: Records): Notifications => {
  const listeners = new Set<(happening: Notification) => void>()
  const notifyHere = (happening: Notification) => {
    for (const listener of [...listeners]) listener(happening)
  }
  let stop = () => {}
  const isShared = records.scope === 'shared'
  if (isShared) records.subscribe<Notification>(KIND, (_, happening) => happening && notifyHere(happening))
  return {
    notify(happening) {
      if (!isShared) return notifyHere(happening)
      // The answer of the call waits for it, and says where it could not be kept.
      records.change<Notification>(KIND, LAST, () => ({ ...happening })).catch(() => {})
    },
    subscribe(listener) {
      listeners.add(listener)
      if (listeners.size === 1 && isShared) stop = follow(records)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
  }
}

/** How often the records are read while somebody listens, in ms. */
const POLL_MS = 50

const follow = (records: Records): (() => void) => {
  const timer = setInterval(() => records.refresh()?.catch(() => {}), POLL_MS)
  timer.unref()
  return () => clearInterval(timer)
}

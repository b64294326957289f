import { effect, signal } from '@preact/signals'
import { namespace, scope } from './api.ts'

const types = ['call', 'payment', 'fault', 'clock', 'namespace', 'application', 'reset'] as const
export type EventType = (typeof types)[number]

/**
 * Runs `task` soon, at most once per `ms`: a busy server sends thousands of events. On a hidden page it waits until the page is visible.
 */
export const throttled = (ms: number, task: () => unknown) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOwed = false
  const go = async () => {
    timer = undefined
    if (!isOwed || document.hidden) return
    isOwed = false
    await task()
    timer = setTimeout(go, ms)
  }
  const whenSeen = () => {
    if (!document.hidden && timer === undefined) go()
  }
  document.addEventListener('visibilitychange', whenSeen)
  return {
    ask: () => {
      isOwed = true
      timer ??= setTimeout(go, 30)
    },
    stop: () => {
      clearTimeout(timer)
      isOwed = false
      document.removeEventListener('visibilitychange', whenSeen)
    },
  }
}

export const liveState = signal<'on' | 'waiting' | 'off'>('waiting')

const listeners = new Set<(type: EventType | 'connected') => void>()

/** Calls `task` on these events, and after every connection, since events before it were missed. */
export const onEvents = (wanted: readonly EventType[], ms: number, task: () => unknown): (() => void) => {
  const { ask, stop } = throttled(ms, task)
  const listener = (type: EventType | 'connected') => {
    if (type === 'connected' || wanted.includes(type)) ask()
  }
  listeners.add(listener)
  return () => {
    stop()
    listeners.delete(listener)
  }
}

let source: EventSource | undefined

/** One stream of server-sent events, of the chosen namespace. */
export const connect = (): void => {
  source?.close()
  const opened = new EventSource(`/_mock/events${namespace.value === '' ? '' : `?${new URLSearchParams(scope())}`}`)
  source = opened
  liveState.value = 'waiting'
  const publish = (type: EventType | 'connected') => {
    for (const listener of listeners) listener(type)
  }
  opened.onopen = () => {
    liveState.value = 'on'
    publish('connected')
  }
  opened.onerror = () => {
    liveState.value = opened.readyState === EventSource.CLOSED ? 'off' : 'waiting'
  }
  for (const type of types) opened.addEventListener(type, () => publish(type))
}

effect(() => {
  namespace.value
  connect()
})

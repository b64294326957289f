import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type EventType, onEvents } from './live.ts'
import { Empty, Said } from './marks.tsx'
import { t } from './page-data.ts'
import { arrival } from './route.ts'

const RELOAD_EVERY_MS = 250

/** Counted up when something was done: every view then asks again. */
export const reloads = signal(0)
export const reload = () => {
  reloads.value++
}

interface Loading<T> {
  /** Identifies the request: a new value loads again. */
  readonly id: string
  readonly load: () => Promise<T>
  /** The events after which the answer may be another one. */
  readonly watch: readonly EventType[]
  readonly children: (data: T) => ComponentChildren
}

/** Asks for a view's data and draws it; keeps what is drawn until the next answer is there. */
export const Loaded = <T,>({ id, load, watch, children }: Loading<T>) => {
  const [state, setState] = useState<{ data?: T; error?: Error }>({})
  const tickets = useRef(0)
  const latest = useRef(load)
  latest.current = load

  const run = async () => {
    const ticket = ++tickets.current
    const next = await latest.current().then(
      (data) => ({ data }),
      (error: Error) => ({ error }),
    )
    // Only the newest answer is shown, in whatever order they come in.
    if (ticket === tickets.current) setState(next)
  }
  const asked = `${id} ${reloads.value}`
  // Before the browser paints: the answer need not wait for a frame.
  useLayoutEffect(() => {
    run()
  }, [asked])
  useEffect(() => onEvents(watch, RELOAD_EVERY_MS, run), [])
  useLayoutEffect(focusAfterArrival, [state])

  if (state.error) return <Trouble error={state.error} />
  return state.data === undefined ? null : children(state.data)
}

/** After a step to another view the keyboard and the screen reader go on there, not at the top of the page. */
const focusAfterArrival = () => {
  const main = document.getElementById('main')
  const heading = main?.querySelector<HTMLElement>('[data-focus], h1[tabindex]')
  if (!arrival.isDue || !heading) return
  arrival.isDue = false
  const detail = main?.querySelector<HTMLElement>('[data-focus]') ?? heading
  detail.focus()
  main?.querySelector('.detail')?.scrollTo(0, 0)
}

const Trouble = ({ error }: { error: Error }) => (
  <>
    <Empty text={t('trouble')} hint={<Said text={error.message} />} />
    <p class="links">
      <button type="button" class="quiet" onClick={reload}>
        {t('again')}
      </button>
    </p>
  </>
)

import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { curl, type Reply, type Request, send } from './api.ts'
import { Command } from './code.tsx'
import { confirmed, sentWithKey } from './dialogs.tsx'
import { reload } from './loaded.tsx'
import { t } from './page-data.ts'
import { current } from './route.ts'

/** A call that a button sends. */
export interface Act<B = unknown> {
  readonly id: string
  readonly label: string
  readonly request: Request<B>
  readonly tone?: 'primary' | 'danger'
  /** What is lost by it: asked first. */
  readonly confirm?: ComponentChildren
  readonly disabled?: boolean
  /** The same call with a secret key that had to be asked for: the mock has not seen it since its start. */
  readonly withKey?: (key: string) => Request<B>
  readonly after?: (answer: B) => void
}

/** Lets acts with different answers stand in one list. */
export const act = <B,>(one: Act<B>): Act => one as Act

/** The last act and its answer, shown at the foot of the page until another view than `view` is opened. */
export const last = signal<{ act: Act; reply: Reply; view: string } | undefined>(undefined)

/** What the mock answers where it does not know the secret key of a namespace. */
const KEY_UNKNOWN = 409

const carryOut = async (one: Act): Promise<void> => {
  if (one.confirm && !(await confirmed(one.label, one.confirm, curl(one.request)))) return
  const first = await send(one.request)
  const reply = first.status === KEY_UNKNOWN && one.withKey ? ((await sentWithKey(one.withKey)) ?? first) : first
  if (reply.ok) one.after?.(reply.body)
  last.value = { act: one, reply, view: current().name }
  reload()
}

/** Buttons, each beside its curl. */
export const Acts = ({ acts, isSubmit = false }: { acts: readonly Act[]; isSubmit?: boolean }) => {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setShown(new Set(shown.has(id) ? [...shown].filter((one) => one !== id) : [...shown, id]))
  return (
    <div class="acts">
      <div class="buttons">
        {acts.map((one) => (
          <span key={one.id} class={`pair ${one.tone ?? ''}`}>
            <ActButton act={one} isSubmit={isSubmit} />
            <button
              type="button"
              class="reveal"
              aria-expanded={shown.has(one.id)}
              aria-label={t('curlOf', { label: one.label })}
              data-testid={`curl-${one.id}`}
              onClick={() => toggle(one.id)}
            >
              curl
            </button>
          </span>
        ))}
      </div>
      {acts
        .filter(({ id }) => shown.has(id))
        .map((one) => (
          <Command key={one.id} text={curl(one.request)} testid={`command-${one.id}`} label={one.label} />
        ))}
    </div>
  )
}

/** Sends the call once, however often it is pressed. In a form it submits it. */
const ActButton = ({ act: one, isSubmit }: { act: Act; isSubmit: boolean }) => {
  const [isBusy, setBusy] = useState(false)
  const press = async () => {
    if (isBusy) return
    setBusy(true)
    await carryOut(one)
    setBusy(false)
  }
  return (
    <button
      type={isSubmit ? 'submit' : 'button'}
      disabled={one.disabled}
      aria-busy={isBusy}
      data-testid={`act-${one.id}`}
      onClick={isSubmit ? undefined : press}
    >
      {one.label}
    </button>
  )
}

interface Form {
  readonly id: string
  readonly act: Act
  readonly children: ComponentChildren
}

/** A form whose submit is an act, worked out from what the fields hold at the moment. */
export const ActForm = ({ id, act: one, children }: Form) => {
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    await carryOut(one)
    setBusy(false)
  }
  return (
    <form class="sheet" data-testid={`form-${id}`} aria-busy={isBusy} onSubmit={submit}>
      {children}
      <Acts acts={[one]} isSubmit />
    </form>
  )
}

import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { problemOf, type Reply, type Request, request, send, token } from './api.ts'
import { Code } from './code.tsx'
import { Said } from './marks.tsx'
import { t } from './page-data.ts'

interface Question {
  readonly label: string
  readonly text: ComponentChildren
  readonly command: string
  readonly answer: (isYes: boolean) => void
}

const question = signal<Question | undefined>(undefined)

/** A secret that was asked for. `take` resolves to what is wrong with it. */
interface SecretQuestion {
  readonly of: 'token' | 'key'
  readonly take: (secret: string) => Promise<string | undefined>
  /** False where the dialog was left. */
  readonly answer: (isTaken: boolean) => void
}

const secretWanted = signal<SecretQuestion | undefined>(undefined)

const secretTaken = (of: SecretQuestion['of'], take: SecretQuestion['take']): Promise<boolean> =>
  new Promise((answer) => {
    secretWanted.value = { of, take, answer }
  })

/** Asks for the secret key and sends the call with it; undefined where the dialog was left. */
export const sentWithKey = async <B,>(withKey: (key: string) => Request<B>): Promise<Reply<B> | undefined> => {
  let reply: Reply<B> | undefined
  const isSent = await secretTaken('key', async (key) => {
    reply = await send(withKey(key))
    const problem = problemOf(reply)
    return !reply.ok && problem.startsWith('key: ') ? problem : undefined
  })
  return isSent ? reply : undefined
}

/** Asks before an act that loses something. */
export const confirmed = (label: string, text: ComponentChildren, command: string): Promise<boolean> =>
  new Promise((answer) => {
    question.value = { label, text, command, answer }
  })

let asking: Promise<boolean> | undefined

/** Resolves to true once the server has taken the token. Several calls that were refused at once ask once. */
token.ask = () => {
  asking ??= secretTaken('token', async (given) => {
    const reply = await send(request('post', '/_mock/session', { body: { token: given } }))
    return reply.ok ? undefined : problemOf(reply)
  }).finally(() => {
    asking = undefined
  })
  return asking
}

/** The browser's own modal dialog: it keeps the focus and closes on Escape. */
export const Dialog = (props: {
  id: string
  title: string
  onClose: (value: string) => void
  children: ComponentChildren
}) => {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    element.current?.showModal()
    // Its field, or the button that changes nothing: not the command above, which can be focused because it scrolls.
    element.current?.querySelector<HTMLElement>('input, button')?.focus()
  }, [])
  return (
    <dialog
      ref={element}
      class="ask"
      aria-labelledby={props.id}
      onClose={(event) => props.onClose(event.currentTarget.returnValue)}
    >
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </dialog>
  )
}

const Confirmation = ({ label, text, command, answer }: Question) => (
  <Dialog
    id="ask-title"
    title={label}
    onClose={(value) => {
      question.value = undefined
      answer(value === 'yes')
    }}
  >
    <p>{text}</p>
    <Code text={command} />
    <form method="dialog" class="buttons">
      <button type="submit" value="no" class="quiet">
        {t('no')}
      </button>
      <button type="submit" value="yes" class="danger" data-testid="confirm">
        {label}
      </button>
    </form>
  </Dialog>
)

const SecretDialog = ({ of, take, answer }: SecretQuestion) => {
  const [wrong, setWrong] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const problem = await take(String(new FormData(form).get('secret')))
    if (problem === undefined) form.closest('dialog')?.close('yes')
    else setWrong(problem)
  }
  return (
    <Dialog
      id="secret-title"
      title={t(`${of}.title`)}
      onClose={(value) => {
        secretWanted.value = undefined
        answer(value === 'yes')
      }}
    >
      <p>{t(`${of}.text`)}</p>
      <form onSubmit={submit}>
        <label class="field">
          <span>{t(`${of}.label`)}</span>
          <input
            type="password"
            name="secret"
            required
            autoComplete={of === 'token' ? 'current-password' : 'off'}
            data-testid={of}
          />
        </label>
        <p class="message" role="alert">
          {wrong && <Said text={wrong} />}
        </p>
        <div class="buttons">
          <button type="button" class="quiet" onClick={(event) => event.currentTarget.closest('dialog')?.close()}>
            {t('no')}
          </button>
          <button type="submit" class="primary">
            {t(`${of}.enter`)}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

export const Dialogs = () => (
  <>
    {question.value && <Confirmation {...question.value} />}
    {secretWanted.value && <SecretDialog {...secretWanted.value} />}
  </>
)

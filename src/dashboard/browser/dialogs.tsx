import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { problemOf, request, send, token } from './api.ts'
import { Code } from './code.tsx'
import { t } from './page-data.ts'

interface Question {
  readonly label: string
  readonly text: ComponentChildren
  readonly command: string
  readonly answer: (isYes: boolean) => void
}

const question = signal<Question | undefined>(undefined)
const tokenWanted = signal<((isGiven: boolean) => void) | undefined>(undefined)

/** Asks before an act that loses something. */
export const confirmed = (label: string, text: ComponentChildren, command: string): Promise<boolean> =>
  new Promise((answer) => {
    question.value = { label, text, command, answer }
  })

let asking: Promise<boolean> | undefined

/** Resolves to true once the server has taken the token. Several calls that were refused at once ask once. */
token.ask = () => {
  asking ??= new Promise<boolean>((answer) => {
    tokenWanted.value = answer
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
  useLayoutEffect(() => element.current?.showModal(), [])
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

const TokenDialog = ({ answer }: { answer: (isGiven: boolean) => void }) => {
  const [wrong, setWrong] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const reply = await send(
      request('post', '/_mock/session', { body: { token: String(new FormData(form).get('token')) } }),
    )
    if (reply.ok) form.closest('dialog')?.close('yes')
    else setWrong(problemOf(reply))
  }
  return (
    <Dialog
      id="token-title"
      title={t('token.title')}
      onClose={(value) => {
        tokenWanted.value = undefined
        answer(value === 'yes')
      }}
    >
      <p>{t('token.text')}</p>
      <form onSubmit={submit}>
        <label class="field">
          <span>{t('token.label')}</span>
          <input type="password" name="token" required autoComplete="current-password" data-testid="token" />
        </label>
        <p class="message" role="alert">
          {wrong}
        </p>
        <div class="buttons">
          <button type="submit" class="primary">
            {t('token.enter')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

export const Dialogs = () => (
  <>
    {question.value && <Confirmation {...question.value} />}
    {tokenWanted.value && <TokenDialog answer={tokenWanted.value} />}
  </>
)

import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Answer, problemOf, send } from './api.ts'
import { t } from './page-data.ts'

/** Saves all that is kept as a file, and puts a file in the place of it. */
export const State = () => {
  const said = useSignal('')
  const file = useRef<HTMLInputElement>(null)
  const put = async (input: HTMLInputElement) => {
    const [chosen] = input.files ?? []
    if (!chosen) return
    // As the file stands: the server names the line that is wrong.
    const body = await chosen.text()
    const reply = await send<Answer<'/_mock/state', 'put'>>({ method: 'PUT', path: '/_mock/state', body })
    const { payments = 0, subscriptions = 0 } = reply.body as Partial<Answer<'/_mock/state', 'put'>>
    said.value = reply.ok ? t('state.imported', { payments, subscriptions }) : problemOf(reply)
    input.value = ''
  }
  return (
    <section class="kept" data-testid="state">
      <p class="lead">{t('state.lead')}</p>
      <p class="buttons">
        <a class="button" href="/_mock/state" download="kakaopay-mock-state.json" data-testid="state-export">
          {t('state.export')}
        </a>
        <button type="button" class="quiet" onClick={() => file.current?.click()}>
          {t('state.import')}
        </button>
      </p>
      <input
        ref={file}
        type="file"
        hidden
        accept="application/json,.json"
        data-testid="state-import"
        onChange={(event) => void put(event.currentTarget)}
      />
      <p role="status" data-testid="state-said">
        {said.value}
      </p>
    </section>
  )
}

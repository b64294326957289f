import { useSignal } from '@preact/signals'
import { type Answer, problemOf, send } from './api.ts'
import { t } from './page-data.ts'

/** Saves all that is kept as a file, and puts a file in the place of it. */
export const State = () => {
  const said = useSignal('')
  const put = async (input: HTMLInputElement) => {
    const [file] = input.files ?? []
    if (!file) return
    // As the file stands: the server names the line that is wrong.
    const body = await file.text()
    const reply = await send<Answer<'/_mock/state', 'put'>>({ method: 'PUT', path: '/_mock/state', body })
    const { payments = 0, subscriptions = 0 } = reply.body as Partial<Answer<'/_mock/state', 'put'>>
    said.value = reply.ok ? t('state.imported', { payments, subscriptions }) : problemOf(reply)
    input.value = ''
  }
  return (
    <section class="state" data-testid="state">
      <p class="lead">{t('state.lead')}</p>
      <p>
        <a class="button" href="/_mock/state" download="kakaopay-mock-state.json" data-testid="state-export">
          {t('state.export')}
        </a>{' '}
        <label class="button">
          {t('state.import')}{' '}
          <input
            type="file"
            accept="application/json,.json"
            data-testid="state-import"
            onChange={(event) => void put(event.currentTarget)}
          />
        </label>
      </p>
      <p role="status" data-testid="state-said">
        {said.value}
      </p>
    </section>
  )
}

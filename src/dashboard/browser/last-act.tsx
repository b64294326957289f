import { useEffect } from 'preact/hooks'
import { last } from './acts.tsx'
import { curl } from './api.ts'
import { Code, Command } from './code.tsx'
import { HttpStatus, Problem } from './marks.tsx'
import { t } from './page-data.ts'
import { route } from './route.ts'

/** What the last act sent, and what came of it. */
export const LastAct = () => {
  const { name } = route.value
  useEffect(() => {
    if (last.value?.view !== name) last.value = undefined
  }, [name])
  if (!last.value) return <footer id="last" hidden />
  const { act, reply } = last.value
  return (
    <footer id="last" class={reply.ok ? '' : 'failed'}>
      <div class="last-line" role="status" data-testid="last">
        <b>{act.label}</b>
        <code>
          {act.request.method} {act.request.path}
        </code>
        {reply.status > 0 && <HttpStatus status={reply.status} />}
        {!reply.ok && <Problem of={reply} />}
        <span class="took">{reply.ms} ms</span>
      </div>
      <details>
        <summary>{t('last.more')}</summary>
        <Command text={curl(act.request)} testid="last-curl" label="curl" />
        <Code text={JSON.stringify(reply.body, null, 2)} testid="last-answer" label={t('call.answer')} />
      </details>
      <button
        type="button"
        class="quiet"
        aria-label={t('close')}
        onClick={() => {
          last.value = undefined
        }}
      >
        ×
      </button>
    </footer>
  )
}

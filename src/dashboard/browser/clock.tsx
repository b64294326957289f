import { signal } from '@preact/signals'
import { type Act, ActForm, Acts, act } from './acts.tsx'
import { type Answer, type Clock, get, namespace, request, scope } from './api.ts'
import { Field, useFields } from './fields.tsx'
import { fullTime, span } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, PaymentLink, Title } from './marks.tsx'
import { t } from './page-data.ts'

type Moved = Answer<'/_mock/clock/advance', 'post'>

const SHOWN = 100

/** The payments that expired when a clock was moved last. */
const due = signal<Moved['due']>([])

const after = (moved: Moved) => {
  due.value = moved.due
}

/** The clocks, and what became due when one was moved. */
export const clockView = () => (
  <Loaded
    id={namespace.value}
    load={() => get('/_mock/clock', { query: scope() })}
    watch={['clock', 'namespace', 'reset']}
  >
    {({ clocks }) => (
      <div class="page">
        <Title>{t('nav.clock')}</Title>
        <p class="lead">
          {namespace.value === '' ? t('clock.leadAll') : t('clock.leadOne', { name: namespace.value })}
        </p>
        <div class="columns">
          <section aria-label={t('clock.move')}>
            <Acts acts={quickMoves()} />
            <AdvanceForm />
            <OffsetForm />
            <InstantForm />
          </section>
          <section aria-label={t('clock.clocks')}>
            <h2>{t('clock.clocks')}</h2>
            <ClockTable clocks={clocks.slice(0, SHOWN)} />
            {clocks.length > SHOWN && (
              <p class="note">{t('namespaces.more', { shown: SHOWN, total: clocks.length })}</p>
            )}
            <Due />
          </section>
        </div>
      </div>
    )}
  </Loaded>
)

const advance = (id: 'minute' | 'quarter' | 'day' | 'advance', by: string): Act =>
  act({
    id,
    label: t(`clock.${id}`),
    request: request('post', '/_mock/clock/advance', { body: { by, ...scope() } }),
    after,
  })

const quickMoves = (): Act[] => [
  advance('minute', '1m'),
  { ...advance('quarter', '15m'), tone: 'primary' },
  advance('day', '1d'),
  act({
    id: 'freeze',
    label: t('clock.freeze'),
    request: request('post', '/_mock/clock/freeze', { body: scope() }),
    after,
  }),
  act({
    id: 'resume',
    label: t('clock.resume'),
    request: request('post', '/_mock/clock/resume', { body: scope() }),
    after,
  }),
]

const DURATIONS = '30s, 15m, -2h, 1d'

const AdvanceForm = () => {
  const { values, of } = useFields({ by: '15m' })
  return (
    <ActForm id="advance" act={advance('advance', values.by)}>
      <Field {...of('by')} label={t('clock.by')} placeholder={DURATIONS} />
    </ActForm>
  )
}

const OffsetForm = () => {
  const { values, of } = useFields({ offset: '0s' })
  const one = act({
    id: 'offset',
    label: t('clock.offset'),
    request: request('post', '/_mock/clock/offset', { body: { by: values.offset, ...scope() } }),
    after,
  })
  return (
    <ActForm id="offset" act={one}>
      <Field {...of('offset')} label={t('clock.fromSystem')} placeholder={DURATIONS} />
    </ActForm>
  )
}

const InstantForm = () => {
  const { values, of } = useFields({ at: '' })
  // A browser leaves the seconds out where they are zero.
  const at = values.at && `${values.at.length === 16 ? `${values.at}:00` : values.at}+09:00`
  const one = act({
    id: 'to',
    label: t('clock.to'),
    request: request('post', '/_mock/clock/to', { body: { at, ...scope() } }),
    after,
  })
  return (
    <ActForm id="to" act={one}>
      <Field {...of('at')} label={t('clock.at')} type="datetime-local" step={1} required />
    </ActForm>
  )
}

const ClockTable = ({ clocks }: { clocks: readonly Clock[] }) => (
  <section class="scrolls" tabIndex={0} aria-label={t('clock.clocks')}>
    <table data-testid="clocks">
      <thead>
        <tr>
          {(['clock.namespace', 'clock.shows', 'clock.state'] as const).map((key) => (
            <th key={key} scope="col">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {clocks.map((one) => (
          <tr key={one.namespace ?? ''}>
            <th scope="row">{one.namespace ? <code>{one.namespace}</code> : t('clock.new')}</th>
            <td class="mono">{one.kst.replace('T', ' ')}</td>
            <td>
              <ClockState of={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

export const ClockState = ({ of: { frozen, offset_ms } }: { of: Clock }) => {
  if (frozen) return <span class="flag">{t('clock.frozen')}</span>
  if (offset_ms === 0) return <>{t('clock.system')}</>
  return <span class="flag">{`${offset_ms > 0 ? '+' : ''}${span(offset_ms)}`}</span>
}

const Due = () => (
  <>
    <h2>
      {t('clock.due')}
      {due.value.length > 0 && <span class="count">{due.value.length}</span>}
    </h2>
    {due.value.length === 0 ? (
      <Empty text={t('clock.nothingDue')} />
    ) : (
      <ul class="plain-list" data-testid="due">
        {due.value.slice(0, SHOWN).map(({ tid, at }) => (
          <li key={tid}>
            {t('clock.expired')} <PaymentLink tid={tid} /> {fullTime(at)} KST
          </li>
        ))}
      </ul>
    )}
  </>
)

import { type Act, ActForm, Acts, act } from './acts.tsx'
import { chooseNamespace, get, type Namespace, namespace, request } from './api.ts'
import { ClockState } from './clock.tsx'
import { Field, Select, useFields } from './fields.tsx'
import { fullTime, grouped, span } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Title } from './marks.tsx'
import { t } from './page-data.ts'

/** A page that draws thousands of forms draws none: the rest are found by the picker or the API. */
const SHOWN = 100

/** One namespace per secret key: their settings, leases and seeds, and the way back to nothing. */
export const namespacesView = () => (
  <Loaded
    id=""
    load={() => get('/_mock/namespaces', { query: { limit: SHOWN } })}
    watch={['namespace', 'payment', 'clock', 'fault', 'reset']}
  >
    {({ namespaces, total, limit }) => (
      <div class="page">
        <Title count={total}>{t('nav.namespaces')}</Title>
        <p class="lead">{t('namespaces.lead', { limit: grouped(limit) })}</p>
        <Acts
          acts={[
            act({
              id: 'reset-all',
              label: t('namespaces.resetAll'),
              tone: 'danger',
              confirm: t('namespaces.resetAllSure'),
              request: request('post', '/_mock/reset', { body: {} as never }),
            }),
          ]}
        />
        <details class="block">
          <summary>{t('namespaces.forAll')}</summary>
          <SettingsForm />
        </details>
        {namespaces.length === 0 && <Empty text={t('namespaces.empty')} hint={t('namespaces.emptyHint')} />}
        {total > namespaces.length && <p class="note">{t('namespaces.more', { shown: namespaces.length, total })}</p>}
        <ul class="cards wide" data-testid="namespaces">
          {namespaces.map((one) => (
            <li key={one.name} class="card" data-key={one.name}>
              <Card of={one} />
            </li>
          ))}
        </ul>
      </div>
    )}
  </Loaded>
)

const Card = ({ of: one }: { of: Namespace }) => (
  <>
    <h3>
      <code>{one.name}</code>
      {one.key && <span class="note">{one.key}</span>}
      {one.name === namespace.value && <span class="flag">{t('namespaces.chosen')}</span>}
    </h3>
    <p>
      {[
        t('namespaces.counts', { payments: one.payments, calls: one.calls, faults: one.faults }),
        t('namespaces.used', { at: fullTime(one.last_used) }),
        one.lease_ms !== null && t('namespaces.lease', { lease: span(one.lease_ms) }),
        one.seeded && t('namespaces.seeded'),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <p class="settings">
      {Object.entries(one.settings).map(([name, value]) => (
        <code key={name}>
          {name}={String(value)}
        </code>
      ))}
      {(one.clock.frozen || one.clock.offset_ms !== 0) && <ClockState of={one.clock} />}
    </p>
    <details>
      <summary>{t('namespaces.change')}</summary>
      <SettingsForm of={one} />
    </details>
    <Acts acts={actsOf(one)} />
  </>
)

const actsOf = ({ name }: Namespace): readonly Act[] => [
  act({
    id: 'reset',
    label: t('namespaces.reset'),
    confirm: t('namespaces.resetSure', { name }),
    request: request('post', '/_mock/namespaces/{name}/reset', { params: { name }, body: {} as never }),
  }),
  act({
    id: 'remove-namespace',
    label: t('namespaces.remove'),
    tone: 'danger',
    confirm: t('namespaces.removeSure', { name }),
    request: request('delete', '/_mock/namespaces/{name}', { params: { name } }),
    after: () => name === namespace.value && chooseNamespace(''),
  }),
]

type Settings = Namespace['settings']

/** What each setting can be. The keys and values are checked against the control API. */
const choices = {
  payer: ['manual', 'approve', 'cancel', 'fail', 'expire'],
  redirects: ['local', 'real'],
  emptyKeys: ['null', 'omit'],
  vatRemainder: ['refuse', 'clamp'],
  appSchemes: [true, false],
} as const satisfies { [K in keyof Settings]: readonly Settings[K][] }

const names = Object.keys(choices) as (keyof Settings)[]
const unchanged = { payer: '', redirects: '', emptyKeys: '', vatRemainder: '', appSchemes: '', lease: '', seed: '' }

/** Of one namespace, or of all of them. What is left as it is is not sent. */
const SettingsForm = ({ of: one }: { of?: Namespace }) => {
  const { values, of } = useFields(unchanged)
  const settings = Object.fromEntries(
    names.flatMap((name) => {
      const value = choices[name].find((each) => String(each) === values[name])
      return value === undefined ? [] : [[name, value]]
    }),
  ) as Partial<Settings>
  const body = {
    settings: Object.keys(settings).length > 0 ? settings : undefined,
    lease: values.lease === 'never' ? null : values.lease || undefined,
  }
  const save = act({
    id: 'save',
    label: t('save'),
    tone: 'primary',
    request: one
      ? request('put', '/_mock/namespaces/{name}', {
          params: { name: one.name },
          body: { ...body, seed: values.seed || undefined },
        })
      : request('put', '/_mock/namespaces', { body }),
  } as Act)
  return (
    <ActForm id={`settings-${one?.name ?? 'all'}`} act={save}>
      <div class="fields">
        {names.map((name) => (
          <Select
            key={name}
            {...of(name)}
            label={t(`setting.${name}`)}
            options={[
              ['', one ? t('namespaces.keepNow', { value: String(one.settings[name]) }) : t('namespaces.keep')],
              ...choices[name].map((value) => [String(value), String(value)] as const),
            ]}
          />
        ))}
        <Field {...of('lease')} label={t('namespaces.leaseField')} placeholder="30m, 1d, never" />
        {one && <Field {...of('seed')} label={t('namespaces.seedField')} />}
      </div>
    </ActForm>
  )
}

import { type Act, ActForm, Acts, act } from './acts.tsx'
import { type Answer, catalogue, chooseNamespace, get, type Namespace, namespace, request } from './api.ts'
import { ClockState } from './clock.tsx'
import { Field, Select, useFields } from './fields.tsx'
import { fullTime, span } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Title, Untrusted } from './marks.tsx'
import { t, textOr } from './page-data.ts'

/** Namespaces drawn: each has a form, and thousands of them would be too slow. The picker and the API know the rest. */
const SHOWN = 100

/** Namespaces, one per secret key: settings, lease and seed of each, and buttons that reset or remove it. */
export const namespacesView = () => (
  <Loaded
    id=""
    load={async () => ({
      ...(await get('/_mock/namespaces', { query: { limit: SHOWN } })),
      known: (await catalogue('/_mock/settings')).settings,
    })}
    watch={['namespace', 'payment', 'clock', 'fault', 'reset']}
  >
    {({ namespaces, total, limit, known, settings }) => (
      <div class="page">
        <Title count={total}>{t('nav.namespaces')}</Title>
        <p class="lead">{t('namespaces.lead', { limit })}</p>
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
          <SettingsForm names={Object.keys(settings)} known={known} />
        </details>
        {namespaces.length === 0 && <Empty text={t('namespaces.empty')} hint={t('namespaces.emptyHint')} />}
        {total > namespaces.length && <p class="note">{t('namespaces.more', { shown: namespaces.length, total })}</p>}
        <ul class="cards wide" data-testid="namespaces">
          {namespaces.map((one) => (
            <li key={one.name} class="card" data-key={one.name}>
              <Card of={one} known={known} />
            </li>
          ))}
        </ul>
      </div>
    )}
  </Loaded>
)

const Card = ({ of: one, known }: { of: Namespace; known: Known }) => (
  <>
    <h3>
      {one.label && <Untrusted>{one.label}</Untrusted>}
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
      {Object.entries(one.settings)
        .filter(([name, value]) => value !== known.find((setting) => setting.name === name)?.default)
        .map(([name, value]) => (
          <code key={name}>
            {name}={String(value)}
          </code>
        ))}
      {(one.clock.frozen || one.clock.offset_ms !== 0) && <ClockState of={one.clock} />}
    </p>
    <details>
      <summary>{t('namespaces.change')}</summary>
      <SettingsForm of={one} names={Object.keys(one.settings)} known={known} />
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

/** The server's settings, which say what values a namespace's setting of the same name takes. */
type Known = Answer<'/_mock/settings'>['settings']

const optionsOf = (name: string, known: Known): readonly string[] => {
  const setting = known.find((one) => one.name === name)
  return typeof setting?.default === 'boolean' ? ['true', 'false'] : (setting?.values ?? [])
}

/** As JSON has it. */
const parsed = (text: string): unknown => (/^(true|false|\d+)$/.test(text) ? JSON.parse(text) : text)

const labelOf = (name: string) => textOr(`setting.${name}`, name)

/** Of one namespace, or of all of them. What is left as it is is not sent. */
const SettingsForm = ({ of: one, names, known }: { of?: Namespace; names: readonly string[]; known: Known }) => {
  const empty = Object.fromEntries([...names, 'label', 'lease', 'seed'].map((name) => [name, '']))
  const { values, of } = useFields<Record<string, string>>(empty)
  const given = names.filter((name) => values[name]).map((name) => [name, parsed(values[name] ?? '')])
  const body = {
    settings: given.length > 0 ? Object.fromEntries(given) : undefined,
    lease: values['lease'] === 'never' ? null : values['lease'] || undefined,
  }
  const save = act({
    id: 'save',
    label: t('save'),
    tone: 'primary',
    request: one
      ? request('put', '/_mock/namespaces/{name}', {
          params: { name: one.name },
          body: { ...body, label: values['label'] || undefined, seed: values['seed'] || undefined },
        })
      : request('put', '/_mock/namespaces', { body }),
  } as Act)
  return (
    <ActForm id={`settings-${one?.name ?? 'all'}`} act={save}>
      <div class="fields">
        {one && <Field {...of('label')} label={t('namespaces.labelField')} placeholder={one.label ?? ''} />}
        {names.map((name) => (
          <SettingField
            key={name}
            bound={of(name)}
            options={optionsOf(name, known)}
            now={one && String(one.settings[name as keyof typeof one.settings])}
          />
        ))}
        <Field {...of('lease')} label={t('namespaces.leaseField')} placeholder="30m, 1d, never" />
        {one && <Field {...of('seed')} label={t('namespaces.seedField')} />}
      </div>
    </ActForm>
  )
}

interface SettingFieldProps {
  readonly bound: { readonly name: string; readonly value: string | undefined; readonly onValue: (v: string) => void }
  readonly options: readonly string[]
  /** What is in force. */
  readonly now: string | undefined
}

/** A list to choose from where the values are few, else a number. */
const SettingField = ({ bound, options, now }: SettingFieldProps) => {
  const field = { ...bound, value: bound.value ?? '', label: labelOf(bound.name) }
  const keep = now === undefined ? t('namespaces.keep') : t('namespaces.keepNow', { value: now })
  return options.length === 0 ? (
    <Field {...field} type="number" min={0} placeholder={keep} />
  ) : (
    <Select {...field} options={[['', keep], ...options.map((value) => [value, value] as const)]} />
  )
}

import { type Answer, get } from './api.ts'
import { Tick, useFields } from './fields.tsx'
import { Loaded } from './loaded.tsx'
import { Prose, Title, Untrusted } from './marks.tsx'
import { t, textOr } from './page-data.ts'
import { State } from './state.tsx'

type Setting = Answer<'/_mock/settings'>['settings'][number]

/** The settings that the server was started with, and where each came from. */
export const settingsView = () => (
  <Loaded id="" load={() => get('/_mock/settings')} watch={[]}>
    {({ settings }) => <Settings all={settings} />}
  </Loaded>
)

const Settings = ({ all }: { all: readonly Setting[] }) => {
  const { values, of } = useFields({ changed: false as boolean })
  const shown = values.changed ? all.filter(({ origin }) => origin !== 'default') : all
  return (
    <div class="page">
      <Title count={shown.length}>{t('nav.settings')}</Title>
      <State />
      <p class="lead">{t('settings.lead')}</p>
      <Tick {...of('changed')} label={t('settings.changed')} />
      <section class="scrolls" tabIndex={0} aria-label={t('nav.settings')}>
        <table class="settings-table" data-testid="settings">
          <thead>
            <tr>
              {(['settings.name', 'settings.value', 'settings.origin', 'settings.set'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row key={one.name} of={one} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value) && value.length === 0) return '–'
  return typeof value === 'string' ? value || '–' : JSON.stringify(value)
}

const Row = ({ of: one }: { of: Setting }) => (
  <tr>
    <th scope="row">
      {one.name}
      <small class="help">
        <Prose text={textOr(`help.${one.name}`, one.help)} />
      </small>
    </th>
    <td class="mono">
      <Untrusted>{textOf(one.value)}</Untrusted>
    </td>
    <td>{one.origin === 'default' ? t('origin.default') : <span class="flag">{t(`origin.${one.origin}`)}</span>}</td>
    <td class="mono">
      {one.flag}
      <br />
      {one.variable}
    </td>
  </tr>
)

import { useEffect, useState } from 'preact/hooks'
import { type Answer, chooseNamespace, get, namespace } from './api.ts'
import { connect, liveState, onEvents } from './live.ts'
import { reload } from './loaded.tsx'
import { t } from './page-data.ts'

/** Themes of the page: `system` follows the browser's preference. */
const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const YEAR_S = 31_536_000

/** A cookie, so that the server sends the page as it was chosen and nothing flashes. */
const remember = (name: string, value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where the page is not https.
  document.cookie = `${name}=${value}; Path=/_mock; Max-Age=${YEAR_S}; SameSite=Strict`
}

export const Header = () => (
  <header class="top">
    <a class="brand" href="#/payments">
      <span aria-hidden="true" />
      <b>kakaopay-mock</b>
      <small>{t('mock')}</small>
    </a>
    <a class="button primary" href="#/new" data-testid="new-payment">
      {t('new.title')}
    </a>
    <div class="tools">
      <NamespacePicker />
      <LiveState />
      <ThemePicker />
      <LanguageLink />
    </div>
  </header>
)

const SHOWN_NAMESPACES = 200
const RELOAD_EVERY_MS = 3000

const NamespacePicker = () => {
  const [known, setKnown] = useState<Answer<'/_mock/namespaces'>['namespaces']>([])
  useEffect(() => {
    const load = () =>
      get('/_mock/namespaces', { query: { limit: SHOWN_NAMESPACES } }).then(
        ({ namespaces }) => setKnown(namespaces),
        () => setKnown([]),
      )
    load()
    return onEvents(['namespace', 'payment', 'reset'], RELOAD_EVERY_MS, load)
  }, [])
  const chosen = namespace.value
  const names = known.map(({ name, label, key }) => [name, [label, key, name].filter(Boolean).join(' · ')] as const)
  const isMissing = chosen !== '' && !names.some(([name]) => name === chosen)
  return (
    <label class="tool">
      <span class="unseen">{t('namespace')}</span>
      <select id="namespace" value={chosen} onChange={(event) => chooseNamespace(event.currentTarget.value)}>
        <option value="">{t('allNamespaces')}</option>
        {isMissing && <option value={chosen}>{chosen}</option>}
        {names.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

const LiveState = () => {
  const state = liveState.value
  const again = () => {
    connect()
    reload()
  }
  return (
    <button type="button" id="live" class="live" data-state={state} title={t(`live.${state}.long`)} onClick={again}>
      {t(`live.${state}`)}
    </button>
  )
}

const ThemePicker = () => {
  const root = document.documentElement
  const [theme, setTheme] = useState<Theme>(themes.find((one) => one === root.dataset['theme']) ?? 'system')
  const choose = (chosen: Theme) => {
    remember('kakaopay_mock_theme', chosen)
    if (chosen === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = chosen
    setTheme(chosen)
  }
  return (
    <label class="tool">
      <span class="unseen">{t('theme')}</span>
      <select id="theme" value={theme} onChange={(event) => choose(event.currentTarget.value as Theme)}>
        {themes.map((name) => (
          <option key={name} value={name}>
            {t(`theme.${name}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

const LanguageLink = () => {
  const other = document.documentElement.lang === 'ko' ? 'en' : 'ko'
  const choose = (event: Event) => {
    event.preventDefault()
    remember('kakaopay_mock_lang', other)
    location.reload()
  }
  return (
    <a id="language" href={`?lang=${other}`} lang={other} hrefLang={other} onClick={choose}>
      {other === 'ko' ? '한국어' : 'English'}
    </a>
  )
}

import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { applicationsView } from './applications.tsx'
import { auditView } from './audit.tsx'
import { clockView } from './clock.tsx'
import { deviationsView } from './deviations.tsx'
import { Dialogs } from './dialogs.tsx'
import { faultsView } from './faults.tsx'
import { Header } from './header.tsx'
import { journalView } from './journal.tsx'
import { LastAct } from './last-act.tsx'
import { namespacesView } from './namespaces.tsx'
import { newPaymentView } from './new-payment.tsx'
import { t } from './page-data.ts'
import { paymentsView } from './payments.tsx'
import { refusalsView } from './refusals.tsx'
import { arrival, route } from './route.ts'
import { settingsView } from './settings.tsx'
import { ShortcutHelp } from './shortcuts.tsx'
import { subscriptionsView } from './subscriptions.tsx'

const views = {
  payments: paymentsView,
  subscriptions: subscriptionsView,
  journal: journalView,
  faults: faultsView,
  clock: clockView,
  namespaces: namespacesView,
  applications: applicationsView,
  audit: auditView,
  refusals: refusalsView,
  deviations: deviationsView,
  settings: settingsView,
} as const

type ViewName = keyof typeof views
const names = Object.keys(views) as ViewName[]

const skip = (event: Event) => {
  event.preventDefault()
  const main = document.getElementById('main')
  const heading = main?.querySelector('h1') ?? main
  heading?.focus()
}

/** Computed apart from the filters, so that typing in a search does not render the whole page again. */
const viewName = computed(() => route.value.name)

/** The whole page: header, list of views, the view, and what the last act answered. */
export const App = () => {
  const name = viewName.value
  const view = names.find((one) => one === name)
  useEffect(() => {
    document.title = `${view ? t(`nav.${view}`) : t(name === 'new' ? 'new.title' : 'noPage')} · kakaopay-mock`
  }, [view, name])
  const View = view ? views[view] : name === 'new' ? newPaymentView : NoPage
  return (
    <>
      <a id="skip" class="skip" href="#main" onClick={skip}>
        {t('skip')}
      </a>
      <Header />
      <nav id="nav" aria-label={t('nav')}>
        {names.map((one) => (
          <ViewLink key={one} name={one} isHere={one === view} />
        ))}
      </nav>
      <main id="main" tabIndex={-1} data-view={name}>
        <View key={name} />
      </main>
      <LastAct />
      <Dialogs />
      <ShortcutHelp />
    </>
  )
}

const ViewLink = ({ name, isHere }: { name: ViewName; isHere: boolean }) => (
  <a href={`#/${name}`} aria-current={isHere ? 'page' : undefined} ref={isHere ? scrollIntoRow : null}>
    {t(`nav.${name}`)}
  </a>
)

/** On a phone the views are a row that scrolls. Not by scrollIntoView: Chromium then lets Tab go on from there, past the way to the content. */
const scrollIntoRow = (link: HTMLAnchorElement | null) => {
  const row = link?.parentElement
  if (!link || !row) return
  const { left, width } = link.getBoundingClientRect()
  row.scrollLeft += left + width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2
}

const NoPage = () => {
  useEffect(() => {
    if (arrival.isDue) document.querySelector<HTMLElement>('#main h1')?.focus()
    arrival.isDue = false
  })
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t('noPage')}</h1>
      <p class="lead">{t('noPageHint', { name: route.value.name })}</p>
      <p class="links">
        <a href="#/payments">{t('nav.payments')}</a>
      </p>
    </div>
  )
}

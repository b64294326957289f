import { Acts, act } from './acts.tsx'
import { type Answer, catalogue, type Entry, get, namespace, request, scope } from './api.ts'
import { CallBody, CallLine, Took } from './call.tsx'
import { Difference } from './diff.tsx'
import { Filters, QuerySelect, SearchBox } from './fields.tsx'
import { Loaded } from './loaded.tsx'
import { Empty, Title, Untrusted } from './marks.tsx'
import { lists, t } from './page-data.ts'
import { hrefOf, route, setQuery } from './route.ts'

type Page = Answer<'/_mock/journal'>

const SHOWN = 200
/** Filters that links from other views set; they are shown as chips. */
const linked = ['tid', 'order_id', 'refusal'] as const

const load = async () => {
  const { ids, query } = route.value
  const of = (name: string) => query.get(name) || undefined
  const { refusals } = await catalogue('/_mock/refusals')
  const refusal = refusals.find(({ name }) => name === of('refusal'))?.name
  const [page, ...chosen] = await Promise.all([
    get('/_mock/journal', {
      query: {
        ...scope(),
        text: of('text'),
        call: lists.calls.find((name) => name === of('call')) as 'ready',
        status: of('status') as number | undefined,
        tid: of('tid'),
        order_id: of('order_id'),
        refusal: refusal as 'not-found',
        limit: SHOWN,
      },
    }),
    ...ids.slice(0, 2).map((id) => get('/_mock/journal/{id}', { params: { id } }).catch((error: Error) => error)),
  ])
  return { page, chosen }
}

/** Every call as it was sent and answered; two of them side by side. */
export const journalView = () => {
  const { ids, query } = route.value
  return (
    <Loaded id={`${ids} ${query} ${namespace.value}`} load={load} watch={['call', 'reset', 'namespace']}>
      {({ page, chosen }) => (
        <div class={`panes ${chosen.length > 0 ? 'has-detail' : ''}`}>
          <section class="list" aria-labelledby="list-title">
            <List page={page} />
          </section>
          <section class="detail" aria-label={t('journal.one')}>
            <Detail key={ids.join()} of={chosen} />
          </section>
        </div>
      )}
    </Loaded>
  )
}

const statuses = ['200', '302', '400', '401', '403', '404', '429', '500', '503'] as const

const List = ({ page: { entries, total, kept, dropped } }: { page: Page }) => {
  const { ids, query } = route.value
  return (
    <>
      <Title count={total}>{t('nav.journal')}</Title>
      <Filters class="three-filters">
        <SearchBox name="text" label={t('journal.search')} />
        <QuerySelect
          name="call"
          label={t('journal.call')}
          options={[['', t('journal.anyCall')], ...lists.calls.map((name) => [name, name] as const)]}
        />
        <QuerySelect
          name="status"
          label={t('journal.status')}
          options={[['', t('journal.anyStatus')], ...statuses.map((code) => [code, code] as const)]}
        />
        {linked
          .filter((name) => query.has(name))
          .map((name) => (
            <button key={name} type="button" class="chip" onClick={() => setQuery({ [name]: '' })}>
              {name}: <Untrusted>{query.get(name)}</Untrusted>
              <span aria-hidden="true"> ×</span>
              <span class="unseen"> {t('remove')}</span>
            </button>
          ))}
      </Filters>
      {entries.length === 0 && <Empty text={t(kept === 0 ? 'journal.empty' : 'nothingFound')} />}
      <ol class="rows entries" data-testid="journal">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} chosen={ids} />
        ))}
      </ol>
      <p class="note">{t('journal.kept', { shown: entries.length, kept, dropped })}</p>
      <Acts
        acts={[
          act({
            id: 'clear-journal',
            label: t('journal.clear'),
            tone: 'danger',
            confirm: t('journal.clearSure'),
            request: request('delete', '/_mock/journal', { query: scope() }),
          }),
        ]}
      />
    </>
  )
}

const Row = ({ entry, chosen: [first, second] }: { entry: Entry; chosen: readonly string[] }) => (
  <li>
    <a href={hrefOf('journal', entry.id)} aria-current={entry.id === first || entry.id === second ? 'true' : undefined}>
      <span class="row-top">
        <CallLine entry={entry} />
      </span>
      <span class="row-bottom">
        <Untrusted class="order">{entry.order_id ?? (entry.tid || entry.path)}</Untrusted>
        <Took entry={entry} />
      </span>
    </a>
    {first && first !== entry.id && (
      <a class="compare" href={hrefOf('journal', first, entry.id)} data-testid="compare">
        {t('journal.compare')}
      </a>
    )}
  </li>
)

const Detail = ({ of }: { of: readonly (Entry | Error)[] }) => {
  const back = (
    <a class="back" href={hrefOf('journal')}>
      {t('journal.back')}
    </a>
  )
  const missing = of.find((entry) => entry instanceof Error)
  if (missing)
    return (
      <>
        {back}
        <Empty text={t('journal.gone')} hint={missing.message} />
      </>
    )
  const [first, second] = of as readonly Entry[]
  if (!first) return <Empty text={t('journal.none')} hint={t('journal.noneHint')} />
  if (second)
    return (
      <>
        {back}
        <h2 tabIndex={-1} data-focus>
          {t('diff.title')}
        </h2>
        <Difference a={first} b={second} />
        <p class="links">
          <a href={hrefOf('journal', first.id)}>{t('diff.close')}</a>
        </p>
      </>
    )
  return (
    <>
      {back}
      <h2 tabIndex={-1} data-focus class="entry-title">
        <CallLine entry={first} />
        <Took entry={first} />
      </h2>
      <p class="note">
        {first.id} · {first.namespace ?? '–'}
      </p>
      <div class="call-body">
        <CallBody entry={first} />
      </div>
      <p class="note">{t('journal.compareHint')}</p>
    </>
  )
}

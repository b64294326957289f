import { Acts, act } from './acts.tsx'
import { type Answer, addressOf, catalogue, type Entry, get, namespace, type Refusal, request, scope } from './api.ts'
import { CallBody, CallLine, Took } from './call.tsx'
import { Difference } from './diff.tsx'
import { Filters, QueryChip, QuerySelect, SearchBox, ShowMore } from './fields.tsx'
import { Loaded } from './loaded.tsx'
import { Empty, Said, Title, Untrusted } from './marks.tsx'
import { lists, t } from './page-data.ts'
import { hrefOf, route } from './route.ts'
import { moveInList } from './shortcuts.tsx'

type Page = Answer<'/_mock/journal'>

const SHOWN = 100
const MAX_EXPORTED = 10_000
/** Filters that links from other views set; they are shown as chips. */
const linked = ['tid', 'order_id', 'refusal'] as const

/** What the address asks of the journal. */
const journalQuery = (refusals: readonly Refusal[]) => {
  const { query } = route.value
  const of = (name: string) => query.get(name) || undefined
  return {
    ...scope(),
    text: of('text'),
    call: lists.calls.find((name) => name === of('call')) as 'ready' | undefined,
    status: of('status') as number | undefined,
    tid: of('tid'),
    order_id: of('order_id'),
    refusal: refusals.find(({ name }) => name === of('refusal'))?.name as 'not-found' | undefined,
  }
}

const load = async () => {
  const { refusals } = await catalogue('/_mock/refusals')
  const query = journalQuery(refusals)
  const limit = Number(route.value.query.get('limit')) || SHOWN
  const [page, ...chosen] = await Promise.all([
    get('/_mock/journal', { query: { ...query, limit } }),
    ...route.value.ids
      .slice(0, 2)
      .map((id) => get('/_mock/journal/{id}', { params: { id } }).catch((error: Error) => error)),
  ])
  const har = addressOf(request('get', '/_mock/journal', { query: { ...query, as: 'har', limit: MAX_EXPORTED } }))
  return { page, chosen, har }
}

/** Every call as it was sent and answered; two of them side by side. */
export const journalView = () => {
  const { ids, query } = route.value
  return (
    <Loaded id={`${ids} ${query} ${namespace.value}`} load={load} watch={['call', 'reset', 'namespace']}>
      {({ page, chosen, har }) => (
        <div class={`panes ${chosen.length > 0 ? 'has-detail' : ''}`}>
          <section class="list" aria-labelledby="list-title">
            <List page={page} har={har} />
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

const List = ({ page: { entries, total, kept, dropped }, har }: { page: Page; har: string }) => {
  const { ids } = route.value
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
        {linked.map((name) => (
          <QueryChip key={name} name={name} />
        ))}
      </Filters>
      {entries.length === 0 && <Empty text={t(kept === 0 ? 'journal.empty' : 'nothingFound')} />}
      <ol class="rows entries" data-testid="journal" onKeyDown={moveInList}>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} chosen={ids} />
        ))}
      </ol>
      <ShowMore shown={entries.length} total={total} step={SHOWN} />
      <p class="note">{t('journal.kept', { kept, dropped })}</p>
      {entries.length > 0 && (
        <p class="links">
          <a href={har} download="kakaopay-mock.har" data-testid="har">
            {t('journal.har')}
          </a>
        </p>
      )}
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
        <Empty text={t('journal.gone')} hint={<Said text={missing.message} />} />
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

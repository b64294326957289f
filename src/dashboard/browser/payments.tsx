import { get, namespace, type Summary, scope } from './api.ts'
import { Filters, QueryChip, QuerySelect, SearchBox, ShowMore } from './fields.tsx'
import { FirstSteps } from './first-steps.tsx'
import { won } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Said, State, stateWord, Time, Title, Untrusted } from './marks.tsx'
import { lists, t } from './page-data.ts'
import { isUnpaid } from './payer.tsx'
import { PaymentPanel } from './payment.tsx'
import { hrefOf, route } from './route.ts'
import { moveInList } from './shortcuts.tsx'

/** Rows that are drawn, and how many more at a press. */
const SHOWN = 100

const orders = ['newest', 'oldest', 'largest', 'smallest'] as const

/** What the address asks of the list. A payment that has expired keeps its status, so each state but EXPIRED leaves the expired out. */
const listQuery = (query: URLSearchParams) => {
  const state = query.get('status')
  const status = lists.statuses.find((one) => one === state)
  const expired = state === 'EXPIRED' ? ('true' as const) : status && isUnpaid(status) ? ('false' as const) : undefined
  return {
    ...scope(),
    status,
    expired,
    sid: query.get('sid') || undefined,
    text: query.get('text') || undefined,
    order: orders.find((one) => one === query.get('order')),
    limit: Number(query.get('limit')) || SHOWN,
  }
}

const isFiltered = (query: URLSearchParams) => ['text', 'status', 'sid'].some((name) => query.has(name))

const load = async () => {
  const { ids, query } = route.value
  const [tid] = ids
  const [list, detail] = await Promise.all([
    get('/_mock/payments', { query: listQuery(query) }),
    tid === undefined ? undefined : get('/_mock/payments/{tid}', { params: { tid } }).catch((error: Error) => error),
  ])
  return { list, detail }
}

/** The list, and beside it the payment that is looked at. */
export const paymentsView = () => {
  const { ids, query } = route.value
  const [tid] = ids
  const isWhole = tid === undefined && !isFiltered(query)
  return (
    <Loaded
      id={`${tid} ${query} ${namespace.value}`}
      load={load}
      watch={['payment', 'call', 'clock', 'namespace', 'reset']}
    >
      {({ list, detail }) =>
        list.total === 0 && isWhole ? (
          <FirstSteps />
        ) : (
          <div class={`panes ${tid === undefined ? '' : 'has-detail'}`}>
            <section class="list" aria-labelledby="list-title">
              <List found={list.payments} total={list.total} />
            </section>
            <section class="detail" aria-label={t('payment.one')}>
              {detail === undefined ? (
                <Empty text={t('payment.none')} hint={t('payment.noneHint')} />
              ) : detail instanceof Error ? (
                <>
                  <a class="back" href={hrefOf('payments')}>
                    {t('payment.back')}
                  </a>
                  <Empty text={t('payment.gone')} hint={<Said text={detail.message} />} />
                </>
              ) : (
                <PaymentPanel key={detail.tid} payment={detail} />
              )}
            </section>
          </div>
        )
      }
    </Loaded>
  )
}

const List = ({ found, total }: { found: readonly Summary[]; total: number }) => {
  const { ids } = route.value
  return (
    <>
      <Title count={total}>{t('nav.payments')}</Title>
      <Filters class="three-filters">
        <SearchBox name="text" label={t('payments.search')} />
        <QuerySelect
          name="status"
          label={t('payments.state')}
          options={[
            ['', t('payments.anyState')],
            ...[...lists.statuses, 'EXPIRED'].map((name) => [name, stateWord(name)] as const),
          ]}
        />
        <QuerySelect
          name="order"
          label={t('payments.order')}
          options={orders.map((name, i) => [i === 0 ? '' : name, t(`order.${name}`)] as const)}
        />
        <QueryChip name="sid" />
      </Filters>
      {found.length === 0 && <Empty text={t('nothingFound')} />}
      <ul class="rows" data-testid="payments" onKeyDown={moveInList}>
        {found.map((payment) => (
          <Row key={payment.tid} payment={payment} isChosen={payment.tid === ids[0]} />
        ))}
      </ul>
      <ShowMore shown={found.length} total={total} step={SHOWN} />
    </>
  )
}

const Row = ({ payment, isChosen }: { payment: Summary; isChosen: boolean }) => (
  <li>
    <a href={hrefOf('payments', payment.tid)} aria-current={isChosen ? 'true' : undefined}>
      <span class="row-top">
        <Untrusted class="item">{payment.item_name}</Untrusted>
        <b>{won(payment.total)}</b>
      </span>
      <span class="row-bottom">
        <State of={payment} />
        <Untrusted class="order">{payment.partner_order_id}</Untrusted>
        <Time at={payment.created_at} />
      </span>
    </a>
  </li>
)

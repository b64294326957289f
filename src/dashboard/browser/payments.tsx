import { get, namespace, type Summary, scope } from './api.ts'
import { Command } from './code.tsx'
import { Filters, QuerySelect, SearchBox } from './fields.tsx'
import { won } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, State, stateWord, Time, Title, Untrusted } from './marks.tsx'
import { lists, t } from './page-data.ts'
import { PaymentPanel } from './payment.tsx'
import { hrefOf, route } from './route.ts'

const SHOWN = 200
const SEARCHED = 2000

/** The list, and beside it the payment that is looked at. */
export const paymentsView = () => {
  const { ids, query } = route.value
  const [tid] = ids
  const status = lists.statuses.find((one) => one === query.get('status'))
  const load = async () => {
    const [list, detail] = await Promise.all([
      get('/_mock/payments', { query: { ...scope(), status, limit: query.get('text') ? SEARCHED : SHOWN } }),
      tid === undefined ? undefined : get('/_mock/payments/{tid}', { params: { tid } }).catch((error: Error) => error),
    ])
    return { list, detail }
  }
  return (
    <Loaded
      id={`${tid} ${query} ${namespace.value}`}
      load={load}
      watch={['payment', 'call', 'clock', 'namespace', 'reset']}
    >
      {({ list, detail }) => (
        <div class={`panes ${tid === undefined ? '' : 'has-detail'}`}>
          <section class="list" aria-labelledby="list-title">
            <List all={list.payments} total={list.total} />
          </section>
          <section class="detail" aria-label={t('payment.one')}>
            {detail === undefined ? (
              <Empty text={t('payment.none')} hint={t('payment.noneHint')} />
            ) : detail instanceof Error ? (
              <Empty text={t('payment.gone')} hint={detail.message} />
            ) : (
              <PaymentPanel key={detail.tid} payment={detail} />
            )}
          </section>
        </div>
      )}
    </Loaded>
  )
}

const matches = (payment: Summary, text: string): boolean =>
  [payment.tid, payment.partner_order_id, payment.partner_user_id, payment.item_name, payment.cid, payment.status]
    .join('\n')
    .toLowerCase()
    .includes(text.toLowerCase())

const List = ({ all, total }: { all: readonly Summary[]; total: number }) => {
  const { ids, query } = route.value
  const text = query.get('text') ?? ''
  const found = all.filter((payment) => matches(payment, text)).slice(0, SHOWN)
  const isFiltered = text !== '' || query.has('status')
  return (
    <>
      <Title count={total}>{t('nav.payments')}</Title>
      <Filters>
        <SearchBox name="text" label={t('payments.search')} />
        <QuerySelect
          name="status"
          label={t('payments.state')}
          options={[['', t('payments.anyState')], ...lists.statuses.map((name) => [name, stateWord(name)] as const)]}
        />
      </Filters>
      {found.length === 0 && (isFiltered ? <Empty text={t('nothingFound')} /> : <FirstSteps />)}
      <ul class="rows" data-testid="payments" onKeyDown={moveInList}>
        {found.map((payment) => (
          <Row key={payment.tid} payment={payment} isChosen={payment.tid === ids[0]} />
        ))}
      </ul>
      {found.length < total && found.length > 0 && <p class="note">{t('shownOf', { n: found.length, total })}</p>}
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

const READY = `curl ${location.origin}/online/v1/payment/ready \\
  -H 'Authorization: SECRET_KEY DEV_ANY_TEXT' -H 'content-type: application/json' \\
  -d '{"cid":"TC0ONETIME","partner_order_id":"1","partner_user_id":"1","item_name":"초코파이","quantity":1,
       "total_amount":2200,"tax_free_amount":0,"approval_url":"http://localhost/success",
       "cancel_url":"http://localhost/cancel","fail_url":"http://localhost/fail"}'`

const FirstSteps = () => (
  <div class="first">
    <Empty text={t('payments.empty')} hint={t('payments.emptyHint')} />
    <Command text={READY} testid="first-ready" label="curl" />
  </div>
)

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow keys walk the list; Tab leaves it as it leaves any other. */
const moveInList = (event: KeyboardEvent) => {
  const step = steps[event.key]
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

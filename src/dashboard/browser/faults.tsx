import { Acts, act } from './acts.tsx'
import { catalogue, type FaultRule, get, namespace, request, scope } from './api.ts'
import { FaultForm } from './fault-form.tsx'
import { fullTime, won } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, PaymentLink, Title, Untrusted } from './marks.tsx'
import { t } from './page-data.ts'
import { route } from './route.ts'

/** What is armed, and the form that arms: which calls it matches, when, and what it does to them. */
export const faultsView = () => (
  <Loaded
    id={namespace.value}
    load={async () => ({
      ...(await get('/_mock/faults', { query: scope() })),
      ...(await catalogue('/_mock/fault-types')),
      ...(await catalogue('/_mock/refusals')),
    })}
    watch={['fault', 'call', 'reset', 'namespace']}
  >
    {({ faults, fault_types, refusals }) => (
      <div class="page">
        <Title count={faults.length}>{t('nav.faults')}</Title>
        <p class="lead">{t('faults.lead')}</p>
        <div class="columns">
          <section aria-label={t('faults.arm')}>
            <FaultForm
              key={route.value.query.get('tid')}
              tid={route.value.query.get('tid') ?? ''}
              types={fault_types}
              refusals={refusals}
            />
          </section>
          <section aria-label={t('faults.list')}>
            <Armed rules={faults} />
          </section>
        </div>
      </div>
    )}
  </Loaded>
)

const Armed = ({ rules }: { rules: readonly FaultRule[] }) => (
  <>
    <h2>{t('faults.list')}</h2>
    {rules.length === 0 && <Empty text={t('faults.empty')} />}
    <ul class="cards" data-testid="faults">
      {rules.map((rule) => (
        <li key={rule.id} class="card">
          <Card of={rule} />
        </li>
      ))}
    </ul>
    {rules.length > 0 && (
      <Acts
        acts={[
          act({
            id: 'disarm-all',
            label: t('faults.disarmAll'),
            tone: 'danger',
            request: request('delete', '/_mock/faults', { query: scope() }),
          }),
        ]}
      />
    )}
  </>
)

const SHOWN_HITS = 5

const Card = ({ of: rule }: { of: FaultRule }) => (
  <>
    <h3>
      <span class={`dot ${rule.armed ? 'on' : ''}`} />
      {rule.do.fault}
      {'refusal' in rule.do && rule.do.refusal && <code>{rule.do.refusal}</code>}
      {rule.name && (
        <span class="note">
          <Untrusted>{rule.name}</Untrusted>
        </span>
      )}
    </h3>
    <p>
      {t(rule.armed ? 'faults.armed' : 'faults.spent')} · {whenWords(rule.when)} ·{' '}
      <Untrusted>{matchWords(rule.match)}</Untrusted>
    </p>
    <p class={rule.fired === 0 ? 'unfired' : ''}>
      {t('faults.counts', { matched: rule.matched, fired: rule.fired })}
      {rule.namespace && ` · ${rule.namespace}`}
    </p>
    {rule.last_fired.length > 0 && (
      <ul class="fired">
        {rule.last_fired.slice(-SHOWN_HITS).map((hit) => (
          <li key={`${hit.time}${hit.journal}`}>
            {fullTime(hit.time).slice(11)} {hit.call} {hit.tid && <PaymentLink tid={hit.tid} />}
            {hit.money_moved && <span class="flag">{t('money.moved')}</span>}
            {hit.journal && <a href={`#/journal/${hit.journal}`}>{t('faults.call')}</a>}
          </li>
        ))}
      </ul>
    )}
    <Acts
      acts={[
        act({
          id: 'disarm',
          label: t('faults.disarm'),
          request: request('delete', '/_mock/faults/{id}', { params: { id: rule.id } }),
        }),
      ]}
    />
  </>
)

/** Which calls a rule matches, as one would say it. */
const matchWords = ({ call, order_id, tid, cid, amount, min_amount, max_amount }: FaultRule['match']): string =>
  [
    call ?? t('faults.anyCall'),
    order_id !== undefined && `partner_order_id ${order_id}`,
    tid !== undefined && `tid ${tid}`,
    cid !== undefined && `cid ${cid}`,
    amount !== undefined && won(amount),
    min_amount !== undefined && t('faults.atLeast', { won: won(min_amount) }),
    max_amount !== undefined && t('faults.atMost', { won: won(max_amount) }),
  ]
    .filter(Boolean)
    .join(', ')

const whenWords = (when: FaultRule['when']): string => {
  if (typeof when === 'string') return t(`when.${when}`)
  if ('next' in when) return t('when.nextOf', { n: when.next })
  return 'every' in when
    ? t('when.everyOf', { n: when.every })
    : t('when.probabilityOf', { percent: Math.round(when.probability * 1000) / 10 })
}

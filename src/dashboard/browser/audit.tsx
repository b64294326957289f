import type { ComponentChildren } from 'preact'
import { type Answer, type Finding, get, namespace, scope } from './api.ts'
import { ShowMore } from './fields.tsx'
import { clockTime, won } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, HttpStatus, PaymentLink, State, Title, Untrusted } from './marks.tsx'
import { t, textOr } from './page-data.ts'
import { route } from './route.ts'

type Audit = Answer<'/_mock/audit'>

const SHOWN = 50

const shown = () => Number(route.value.query.get('limit')) || SHOWN

/** What the merchant can know of each payment, the unsettled ones first. */
export const auditView = () => (
  <Loaded
    id={`${shown()} ${namespace.value}`}
    load={() => get('/_mock/audit', { query: { ...scope(), limit: shown() } })}
    watch={['payment', 'call', 'fault', 'clock', 'reset']}
  >
    {(audit) => (
      <div class="page">
        <Title>{t('nav.audit')}</Title>
        {audit.payments > 0 && <Summary of={audit} />}
        {audit.payments === 0 && <Empty text={t('audit.empty')} hint={t('audit.emptyHint')} />}
        <ul class="cards wide">
          {audit.findings.map((finding) => (
            <li key={finding.tid} class={`card ${finding.settled ? '' : (finding.verdicts[0]?.level ?? '')}`}>
              <Card of={finding} />
            </li>
          ))}
        </ul>
        <ShowMore shown={audit.findings.length} total={audit.payments} step={SHOWN} />
      </div>
    )}
  </Loaded>
)

const Summary = ({ of: audit }: { of: Audit }) => {
  const { settled, payments, unsettled, unknown, findings, unfired, journal, calls_forgotten } = audit
  return (
    <>
      <p class={`verdict ${settled ? 'good' : unsettled > 0 ? 'bad' : 'unknown'}`} data-testid="verdict">
        {settled && t('audit.settled', { payments })}
        {unsettled > 0 && t('audit.unsettled', { payments, unsettled })}
        {unknown > 0 && ` ${t('audit.unknown', { payments, unknown })}`}
      </p>
      {!journal && <p class="note warning">{t('audit.noJournal')}</p>}
      {calls_forgotten > 0 && <p class="note warning">{t('audit.forgotten', { n: calls_forgotten })}</p>}
      {unfired.length > 0 && (
        <p class="note">
          {t('audit.unfired', { n: unfired.length })} <a href="#/faults">{t('nav.faults')}</a>
        </p>
      )}
      {payments > findings.length && <p class="note">{t('audit.more', { shown: findings.length, payments })}</p>}
    </>
  )
}

const Card = ({ of: finding }: { of: Finding }) => (
  <>
    <h3>
      <PaymentLink tid={finding.tid} />
      <Untrusted>{finding.partner_order_id}</Untrusted>
      <State of={finding} />
    </h3>
    <ul class="verdicts">
      {finding.verdicts.map(({ name, level, text }) => (
        <li key={name} class={level}>
          {textOr(`verdict.${name}`, text)} <code>{name}</code>
        </li>
      ))}
    </ul>
    <div class="three">
      <Column
        title={t('audit.moved')}
        items={finding.moved.map(({ at, type, total }) => `${clockTime(at)} ${t(`ledger.${type}`)} ${won(total)}`)}
      />
      <Column
        title={t('audit.delivered')}
        items={finding.answers.filter(isOfMerchant).map(({ journal, call, status, delivered }) => (
          <>
            <a href={`#/journal/${journal}`}>{call}</a> <HttpStatus status={status} />{' '}
            {!delivered && <span class="flag fault">{t('call.notDeliveredShort')}</span>}
          </>
        ))}
      />
      <Column title={t('audit.asked')} items={finding.asked_afterwards} />
    </div>
  </>
)

/** The payer's actions are answered to the payer. */
const isOfMerchant = ({ call }: { readonly call: string | null }) => call !== 'payer'

const Column = ({ title, items }: { title: string; items: readonly ComponentChildren[] }) => (
  <div>
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="note">–</p>
    ) : (
      <ul class="plain-list">
        {items.map((item, i) => (
          <li key={i}>{item}</li>
        ))}
      </ul>
    )}
  </div>
)

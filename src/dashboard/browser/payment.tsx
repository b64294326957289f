import type { Payment } from './api.ts'
import { CallList } from './call.tsx'
import { fullTime, won } from './format.ts'
import { Ledger } from './ledger.tsx'
import { Facts, State, stateWord, Untrusted } from './marks.tsx'
import { MerchantActs } from './merchant.tsx'
import { t } from './page-data.ts'
import { PayerActs } from './payer.tsx'
import { hrefOf } from './route.ts'

/** One payment: what it is, what its payer can do, its ledger, and every call that touched it. */
export const PaymentPanel = ({ payment }: { payment: Payment }) => (
  <>
    <a class="back" href={hrefOf('payments')}>
      {t('payment.back')}
    </a>
    <header class="payment-head">
      <h2 tabIndex={-1} data-focus>
        <Untrusted data-testid="item-name">{payment.item_name}</Untrusted>
      </h2>
      <p class="sum-total" data-testid="total">
        {won(payment.total)}
      </p>
      <p class="payment-state">
        <State of={payment} />
        <code data-testid="status">{payment.status}</code>
        {payment.canceled > 0 && <span>{t('payment.canceled', { won: won(payment.canceled) })}</span>}
      </p>
    </header>
    <Progress of={payment} />
    <PayerActs payment={payment} />
    <MerchantActs payment={payment} />
    <Ledger lines={payment.ledger} />
    <section class="block" aria-labelledby="timeline-title">
      <h3 id="timeline-title">
        {t('payment.timeline')}
        <span class="count">{payment.timeline.length}</span>
      </h3>
      {payment.timeline.length === 0 ? (
        <p class="note">{t('payment.noCalls')}</p>
      ) : (
        <CallList entries={payment.timeline} testid="timeline" />
      )}
    </section>
    <Details of={payment} />
  </>
)

const path: readonly string[] = ['READY', 'OPEN_PAYMENT', 'SELECT_METHOD', 'AUTH_PASSWORD']

/** The states a payment goes through. Where it ended early, those it never had stay pale. */
const Progress = ({ of: { status } }: { of: Payment }) => {
  const at = status === 'SEND_TMS' ? 0 : path.indexOf(status)
  const end = at < 0 ? status : 'SUCCESS_PAYMENT'
  const isPaid = at < 0 && !/^(QUIT|FAIL)/.test(status)
  return (
    <ol class="walk" aria-label={t('payment.walk')}>
      {[...path, end].map((name, i) => {
        const isNow = name === status || (i === 0 && status === 'SEND_TMS')
        return (
          <li
            key={name}
            class={isNow ? 'now' : isPaid || i < at ? 'passed' : ''}
            aria-current={isNow ? 'step' : undefined}
          >
            {stateWord(isNow ? status : name)}
          </li>
        )
      })}
    </ol>
  )
}

const kst = (instant: string | null) => instant && `${fullTime(instant)} KST`

const Details = ({ of: payment }: { of: Payment }) => (
  <section class="block" aria-labelledby="facts-title">
    <h3 id="facts-title">{t('payment.facts')}</h3>
    <Facts
      of={[
        ['tid', payment.tid],
        ['partner_order_id', payment.partner_order_id],
        ['partner_user_id', payment.partner_user_id],
        ['cid', payment.cid],
        ['sid', payment.sid],
        ['item_code', payment.item_code],
        ['quantity', payment.quantity],
        ['pg_token', payment.pg_token],
        ['payment_method', methodOf(payment)],
        ['point', payment.choice?.point || null],
        ['discount', payment.choice?.discount || null],
        ['available_cards', payment.available_cards?.join(', ')],
        ['install_month', payment.install_month],
        ['use_share_installment', payment.use_share_installment ? 'Y' : null],
        ...Object.entries(payment.custom_json ?? {}).map(([name, value]) => [`custom_json.${name}`, value] as const),
        ['redirect_scheme_url', payment.redirect_scheme_url],
        ['created_at', kst(payment.created_at)],
        ['expires_at', kst(payment.expires_at)],
        ['approved_at', kst(payment.approved_at)],
        ['canceled_at', kst(payment.canceled_at)],
        ['namespace', payment.namespace],
        ['approval_url', payment.approval_url],
        ['cancel_url', payment.cancel_url],
        ['fail_url', payment.fail_url],
        ['redirect_url', payment.redirect_url],
      ]}
    />
  </section>
)

const methodOf = ({ choice }: Payment) =>
  choice &&
  [
    choice.payment_method_type,
    choice.card,
    choice.card_type,
    choice.card && String(choice.install_month),
    choice.interest_free_install === 'Y' && 'interest_free_install',
  ]
    .filter(Boolean)
    .join(' · ')

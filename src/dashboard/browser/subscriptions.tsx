import { ActForm, Acts, act } from './acts.tsx'
import { type Answer, get, namespace, scope } from './api.ts'
import { Field, ShowMore, useFields } from './fields.tsx'
import { fullTime } from './format.ts'
import { Loaded } from './loaded.tsx'
import { Empty, Title, Untrusted } from './marks.tsx'
import { asMerchant } from './merchant.tsx'
import { t } from './page-data.ts'
import { route } from './route.ts'

type Subscription = Answer<'/_mock/subscriptions'>['subscriptions'][number]

const SHOWN = 50

/** Every subscription: charged and inactivated as the merchant would. */
export const subscriptionsView = () => {
  const limit = Number(route.value.query.get('limit')) || SHOWN
  return (
    <Loaded
      id={`${limit} ${namespace.value}`}
      load={() => get('/_mock/subscriptions', { query: { ...scope(), limit } })}
      watch={['payment', 'call', 'reset']}
    >
      {({ subscriptions, total }) => (
        <div class="page">
          <Title count={total}>{t('nav.subscriptions')}</Title>
          <p class="lead">{t('subscriptions.lead')}</p>
          {total === 0 && <Empty text={t('subscriptions.empty')} hint={t('subscriptions.emptyHint')} />}
          <ul class="cards wide" data-testid="subscriptions">
            {subscriptions.map((one) => (
              <li key={one.sid} class="card">
                <Card of={one} />
              </li>
            ))}
          </ul>
          <ShowMore shown={subscriptions.length} total={total} step={SHOWN} />
        </div>
      )}
    </Loaded>
  )
}

const Card = ({ of: one }: { of: Subscription }) => (
  <>
    <h3>
      <Untrusted>{one.item_name}</Untrusted>
      <code>{one.sid}</code>
      <span class={one.status === 'ACTIVE' ? 'flag good' : 'flag fault'}>{t(`subscriptions.${one.status}`)}</span>
    </h3>
    <p>
      <Untrusted>{one.partner_user_id}</Untrusted> · {one.cid} · {t(`payer.${one.payment_method_type}`)} ·{' '}
      {t('subscriptions.since', { at: fullTime(one.created_at) })}
      {one.last_approved_at && ` · ${t('subscriptions.last', { at: fullTime(one.last_approved_at) })}`}
    </p>
    {one.status === 'ACTIVE' && <ChargeForm of={one} />}
    {one.status === 'ACTIVE' && (
      <Acts
        acts={[
          act({
            id: 'inactivate',
            label: t('subscriptions.inactivate'),
            tone: 'danger',
            confirm: t('subscriptions.inactivateSure'),
            ...asMerchant('inactive', one.namespace, { cid: one.cid, sid: one.sid }),
          }),
        ]}
      />
    )}
    <p class="links">
      <a href={`#/payments?sid=${encodeURIComponent(one.sid)}`}>{t('subscriptions.history')}</a>
    </p>
  </>
)

const ChargeForm = ({ of: { cid, sid, partner_user_id, namespace: owner } }: { of: Subscription }) => {
  const { values, of } = useFields({ amount: '2200', order: '1' })
  const charge = act({
    id: 'charge',
    label: t('subscriptions.charge'),
    tone: 'primary',
    ...asMerchant('subscription', owner, {
      cid,
      sid,
      partner_order_id: values.order,
      partner_user_id,
      quantity: 1,
      total_amount: Number(values.amount),
      tax_free_amount: 0,
    }),
  })
  return (
    <ActForm id={`charge-${sid}`} act={charge}>
      <div class="fields">
        <Field {...of('amount')} label={t('new.amount')} type="number" min={1} required />
        <Field {...of('order')} label="partner_order_id" required />
      </div>
    </ActForm>
  )
}

import { ActForm, act } from './acts.tsx'
import { type Answer, get, namespace } from './api.ts'
import { Field, Select, useFields } from './fields.tsx'
import { Loaded } from './loaded.tsx'
import { Title } from './marks.tsx'
import { asMerchant } from './merchant.tsx'
import { t } from './page-data.ts'

type Namespaces = Answer<'/_mock/namespaces'>['namespaces']

const SHOWN_NAMESPACES = 200

/** Sends ready from the dashboard, with the key of a namespace or with a test key. */
export const newPaymentView = () => (
  <Loaded
    id=""
    load={() => get('/_mock/namespaces', { query: { limit: SHOWN_NAMESPACES } })}
    watch={['namespace', 'reset']}
  >
    {({ namespaces }) => (
      <div class="page narrow-page">
        <Title>{t('new.title')}</Title>
        <p class="lead">{t('new.lead')}</p>
        <NewPaymentForm namespaces={namespaces.filter(({ key }) => key !== null)} />
      </div>
    )}
  </Loaded>
)

const cids = ['TC0ONETIME', 'TCSUBSCRIP'] as const

interface Input extends Record<string, string | boolean> {
  namespace: string
  cid: string
  item_name: string
  quantity: string
  total_amount: string
  tax_free_amount: string
  partner_order_id: string
  partner_user_id: string
  method: '' | 'MONEY' | 'CARD'
  install_month: string
}

const initial = (): Input => ({
  namespace: namespace.value,
  cid: 'TC0ONETIME',
  item_name: '초코파이',
  quantity: '1',
  total_amount: '2200',
  tax_free_amount: '0',
  partner_order_id: `test-${Date.now().toString(36)}`,
  partner_user_id: 'tester',
  method: '',
  install_month: '',
})

/** Where the payer's browser comes back to: this page, which then shows the payment. */
const returnUrl = (order: string) => `${location.origin}/_mock/?order=${encodeURIComponent(order)}`

const bodyOf = (input: Input) => {
  const back = returnUrl(input.partner_order_id)
  return {
    cid: input.cid,
    partner_order_id: input.partner_order_id,
    partner_user_id: input.partner_user_id,
    item_name: input.item_name,
    quantity: Number(input.quantity),
    total_amount: Number(input.total_amount),
    tax_free_amount: Number(input.tax_free_amount),
    ...(input.method && { payment_method_type: input.method }),
    ...(input.install_month && { install_month: Number(input.install_month) }),
    approval_url: back,
    cancel_url: back,
    fail_url: back,
  }
}

const NewPaymentForm = ({ namespaces }: { namespaces: Namespaces }) => {
  const { values, of } = useFields(initial())
  const create = act({
    id: 'new',
    label: t('new.send'),
    tone: 'primary',
    ...asMerchant('ready', values.namespace || undefined, bodyOf(values)),
    after: ({ tid }) => {
      location.hash = `#/payments/${tid}`
    },
  })
  return (
    <ActForm id="new" act={create}>
      <div class="fields">
        <Field {...of('item_name')} label={t('new.item')} required maxLength={100} />
        <Field {...of('total_amount')} label={t('new.amount')} type="number" min={0} required />
        <Select
          {...of('namespace')}
          label={t('namespace')}
          options={[
            ['', t('new.ownKey')],
            ...namespaces.map(
              ({ name, label, key }) => [name, [label, name, key].filter(Boolean).join(' · ')] as const,
            ),
          ]}
        />
      </div>
      <details>
        <summary>{t('new.options')}</summary>
        <div class="fields">
          <Select
            {...of('cid')}
            label="cid"
            options={cids.map((cid) => [cid, `${cid} · ${t(`new.${cid}`)}`] as const)}
          />
          <Field {...of('quantity')} label="quantity" type="number" min={1} required />
          <Field {...of('tax_free_amount')} label={t('ledger.taxFree')} type="number" min={0} required />
          <Field {...of('partner_order_id')} label="partner_order_id" required />
          <Field {...of('partner_user_id')} label="partner_user_id" required />
          <Select
            {...of('method')}
            label={t('payer.method')}
            options={[
              ['', t('new.anyMethod')],
              ['MONEY', t('payer.MONEY')],
              ['CARD', t('payer.CARD')],
            ]}
          />
          <Field {...of('install_month')} label={t('payer.months')} type="number" min={0} />
        </div>
      </details>
    </ActForm>
  )
}

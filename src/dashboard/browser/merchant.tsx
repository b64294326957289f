import { useEffect, useState } from 'preact/hooks'
import { type Act, ActForm, Acts, act } from './acts.tsx'
import { type Answer, type Payment, problemOf, request, send } from './api.ts'
import { Command } from './code.tsx'
import { Field, useFields } from './fields.tsx'
import { won } from './format.ts'
import { LeftStep } from './ledger.tsx'
import { Said } from './marks.tsx'
import { t, textOr } from './page-data.ts'

type MerchantCall = 'approve' | 'cancel'

/** A call with the merchant's key: the mock has seen it, or it is asked for. */
export const asMerchant = (
  call: 'ready' | 'approve' | 'cancel' | 'subscription' | 'inactive',
  namespace: string | undefined,
  body: object,
) => {
  const withKey = (key?: string) =>
    request('post', '/_mock/merchant/{call}', {
      params: { call },
      body: { namespace, key, body: body as Record<string, unknown> },
    })
  return { request: withKey(), withKey }
}

/** What the merchant's server would send next: from here, with the key of the payment's namespace, or as a command to copy. */
export const MerchantActs = ({ payment }: { payment: Payment }) => {
  const isApprovable = payment.status === 'AUTH_PASSWORD' && !payment.expired
  const isCancelable = payment.status === 'SUCCESS_PAYMENT' || payment.status === 'PART_CANCEL_PAYMENT'
  if (!isApprovable && !isCancelable) return null
  return (
    <section class="block" aria-labelledby="merchant-title" data-testid="merchant">
      <h3 id="merchant-title">{t('merchant.title')}</h3>
      {isApprovable ? <Approve payment={payment} /> : <Cancel key={payment.canceled} payment={payment} />}
    </section>
  )
}

const Approve = ({ payment }: { payment: Payment }) => {
  const { cid, tid, partner_order_id, partner_user_id, pg_token, namespace } = payment
  const body = { cid, tid, partner_order_id, partner_user_id, pg_token }
  return (
    <>
      <p class="note">{t('merchant.approveEffect', { won: won(payment.total) })}</p>
      <Acts
        acts={[
          act({
            id: 'approve',
            label: t('merchant.approve'),
            tone: 'primary',
            ...asMerchant('approve', namespace, body),
          }),
        ]}
      />
      <MerchantCurl call="approve" body={body} />
    </>
  )
}

/** All that is left, or a part of it. */
const Cancel = ({ payment }: { payment: Payment }) => {
  const { cid, tid, namespace, cancel_available_amount: left } = payment
  const { values, of } = useFields({ amount: String(left.total), taxFree: String(left.tax_free), vat: '' })
  const body = {
    cancel_amount: Number(values.amount),
    cancel_tax_free_amount: Number(values.taxFree),
    ...(values.vat === '' ? {} : { cancel_vat_amount: Number(values.vat) }),
  }
  const isAmount = Number.isInteger(body.cancel_amount) && body.cancel_amount > 0
  const cancel: Act = act({
    id: 'cancel',
    label: isAmount ? t('merchant.cancel', { won: won(body.cancel_amount) }) : t('merchant.cancelAny'),
    tone: 'danger',
    ...asMerchant('cancel', namespace, { cid, tid, ...body }),
  })
  return (
    <>
      <ActForm id="cancel" act={cancel}>
        <div class="fields">
          <Field {...of('amount')} label={t('merchant.amount')} type="number" min={1} required />
          <Field {...of('taxFree')} label={t('ledger.taxFree')} type="number" min={0} required />
          <Field {...of('vat')} label={t('ledger.vat')} type="number" min={0} placeholder={t('merchant.vatDefault')} />
        </div>
        {isAmount && <CancelEffect payment={payment} body={body} />}
      </ActForm>
      <MerchantCurl call="cancel" body={{ cid, tid, ...body }} />
    </>
  )
}

type Preview = Answer<'/_mock/payments/{tid}/cancel-preview', 'post'>

/** What the cancel would do to the ledger, asked of the server at each change and before anything is sent. */
const CancelEffect = ({ payment, body }: { payment: Payment; body: Omit<CancelBody, 'cid' | 'tid'> }) => {
  const [preview, setPreview] = useState<Preview | string>()
  const { tid, cancel_available_amount: before } = payment
  const asked = JSON.stringify(body)
  useEffect(() => {
    let isLatest = true
    const call = request('post', '/_mock/payments/{tid}/cancel-preview', { params: { tid }, body: JSON.parse(asked) })
    send(call).then((reply) => {
      if (isLatest) setPreview(reply.ok ? (reply.body as Preview) : problemOf(reply))
    })
    return () => {
      isLatest = false
    }
  }, [tid, asked])
  if (preview === undefined) return null
  const { refusal = null, line = null } = typeof preview === 'string' ? {} : preview
  const problem = typeof preview === 'string' ? preview : refusal?.error_message
  return (
    <p class={`preview ${problem ? 'message' : ''}`} role="status" data-testid="cancel-effect">
      {refusal &&
        t('merchant.refused', {
          message: `${refusal.error_code} ${textOr(`refusal.${refusal.name}`, refusal.error_message)}`,
        })}
      {problem && !refusal && <Said text={problem} />}
      {line && (
        <>
          <span class="step">{t('merchant.gives', { won: won(line.moved.total), vat: won(line.moved.vat) })}</span>
          <LeftStep moved={line.moved} before={before} left={line.left} />
        </>
      )}
    </p>
  )
}

interface CancelBody {
  readonly cid: string
  readonly tid: string
  readonly cancel_amount: number
  readonly cancel_tax_free_amount: number
  readonly cancel_vat_amount?: number
}

const MerchantCurl = ({ call, body }: { call: MerchantCall; body: object }) => {
  const key = '-H "Authorization: SECRET_KEY $SECRET_KEY" -H "content-type: application/json"'
  const json = JSON.stringify(body).replaceAll("'", "'\\''")
  return (
    <details>
      <summary>{t(`next.${call}`)}</summary>
      <Command
        text={`curl ${location.origin}/online/v1/payment/${call} \\\n  ${key} \\\n  -d '${json}'`}
        testid="next-call"
        label={t(`next.${call}`)}
      />
    </details>
  )
}

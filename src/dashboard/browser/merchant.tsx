import type { Payment } from './api.ts'
import { Command } from './code.tsx'
import { t } from './page-data.ts'

/** What the merchant's server would send next. It takes the merchant's key, so it is a command to copy and no button. */
export const NextCall = ({ payment }: { payment: Payment }) => {
  const next = nextCall(payment)
  if (!next) return null
  const { name, body } = next
  const key = '-H "Authorization: SECRET_KEY $SECRET_KEY" -H "content-type: application/json"'
  const json = JSON.stringify(body).replaceAll("'", "'\\''")
  return (
    <details class="block">
      <summary>{t(`next.${name}`)}</summary>
      <Command
        text={`curl ${location.origin}/online/v1/payment/${name} \\\n  ${key} \\\n  -d '${json}'`}
        testid="next-call"
        label={t(`next.${name}`)}
      />
    </details>
  )
}

const nextCall = (payment: Payment): { name: 'approve' | 'cancel'; body: object } | undefined => {
  const { cid, tid, partner_order_id, partner_user_id, pg_token, cancel_available_amount: left } = payment
  if (payment.status === 'AUTH_PASSWORD' && !payment.expired)
    return { name: 'approve', body: { cid, tid, partner_order_id, partner_user_id, pg_token } }
  if (payment.status === 'SUCCESS_PAYMENT' || payment.status === 'PART_CANCEL_PAYMENT')
    return {
      name: 'cancel',
      body: { cid, tid, cancel_amount: left.total, cancel_tax_free_amount: left.tax_free },
    }
  return undefined
}

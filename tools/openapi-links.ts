import type { EndpointName } from '../contracts/index.ts'

const sent = (field: string) => `$request.body#/${field}`
const answered = (path: string) => `$response.body#/${path}`

const payment = { cid: answered('cid'), tid: answered('tid') }
const subscription = { cid: answered('cid'), sid: answered('sid') }

interface Link {
  readonly operationId: EndpointName
  readonly requestBody: Record<string, string>
  readonly description: string
}

const link = (operationId: EndpointName, requestBody: Link['requestBody'], description: string): Link => ({
  operationId,
  requestBody,
  description,
})

const look = link('order', payment, 'Looks the payment up.')
const cancelRest = link(
  'cancel',
  {
    ...payment,
    cancel_amount: answered('cancel_available_amount/total'),
    cancel_tax_free_amount: answered('cancel_available_amount/tax_free'),
    cancel_vat_amount: answered('cancel_available_amount/vat'),
  },
  'Cancels all that is left.',
)

const charge = link(
  'subscription',
  { ...subscription, partner_user_id: answered('partner_user_id') },
  'Charges the sid, where the cid is a subscription’s, without the payer.',
)
const statusOfSid = link('status', subscription, 'Asks whether the sid can pay.')
const inactivate = link('inactive', subscription, 'Ends the subscription.')

const links: Readonly<Partial<Record<EndpointName, Record<string, Link>>>> = {
  ready: {
    approve: link(
      'approve',
      {
        cid: sent('cid'),
        tid: answered('tid'),
        partner_order_id: sent('partner_order_id'),
        partner_user_id: sent('partner_user_id'),
      },
      'Charges the payment once the payer has authenticated; pg_token comes to approval_url.',
    ),
    order: link('order', { cid: sent('cid'), tid: answered('tid') }, 'Looks the payment up.'),
  },
  approve: {
    order: look,
    cancel: link(
      'cancel',
      {
        ...payment,
        cancel_amount: answered('amount/total'),
        cancel_tax_free_amount: answered('amount/tax_free'),
        cancel_vat_amount: answered('amount/vat'),
      },
      'Cancels the whole payment.',
    ),
    subscription: charge,
    status: statusOfSid,
    inactive: inactivate,
  },
  order: { cancel: cancelRest },
  cancel: { order: look, cancel: cancelRest },
  subscription: { order: look, subscription: charge, status: statusOfSid, inactive: inactivate },
}

/** What an answer's ids and amounts lead to, as the OpenAPI links of its response. */
export const linksOf = (call: string): { readonly links?: Record<string, Link> } => {
  const found = links[call as EndpointName]
  return found ? { links: found } : {}
}

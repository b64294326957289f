import { approved } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented, inferred } from './evidence.ts'
import { fieldsOfCalls, integer, optional, required, text } from './fields.ts'
import { rule } from './rule.ts'

const page = documented('subscription-tables')
const toolkit = { min: inferred('agent-toolkit') }

const { cid, cid_secret, partner_order_id, partner_user_id, payload, sid } = fieldsOfCalls(page)

export const subscription = endpoint({
  name: 'subscription',
  method: 'POST',
  path: '/online/v1/payment/subscription',
  summary: 'Pays again by sid: the second and every later payment of a subscription, without the payer',
  ...page,
  request: {
    cid,
    cid_secret,
    sid,
    partner_order_id,
    partner_user_id,
    item_name: optional(
      text(100, page),
      'Name of what is bought, at most 100 characters. Default: the first payment’s.',
    ),
    item_code: optional(text(100, page, 0), 'The merchant’s item code, at most 100 characters.'),
    quantity: required(integer(1, page, toolkit), 'How many.', page),
    total_amount: required(integer(1, page, toolkit), 'What is to be paid, in KRW, tax included.', page),
    tax_free_amount: required(integer(0, page, toolkit), 'The tax-free part of total_amount, in KRW.', page),
    vat_amount: optional(
      integer(0, page),
      'The VAT in total_amount, in KRW. Default: (total_amount − tax_free_amount) / 11, rounded.',
    ),
    payload,
  },
  response: approved,
  refusals: ['sid-unknown', 'sid-inactive', 'sid-user-differs', 'sid-limit-exceeded', 'amount-info-wrong'],
  notes: [
    'No answer of this call was ever published. The table of fields is that of approve; that keys without a value are null is inferred from it.',
    'The official client code requires item_name, the older table of fields does not: we do not.',
    'Which mistake is reported first, where there are several, was never published: the order of our rules is ours.',
    'How often a sid may be charged (−752) was never published: a setting limits the charges of a KST day; by default there is no limit.',
  ],
  example: {
    request: {
      cid: 'TCSUBSCRIP',
      sid: 'S1234567890987654321',
      partner_order_id: 'subscription_order_id_1',
      partner_user_id: 'subscription_user_id_1',
      item_name: '음악정기결제',
      quantity: 1,
      total_amount: 9900,
      vat_amount: 900,
      tax_free_amount: 0,
    },
    response: {
      aid: 'A5678901234567890123',
      tid: 'T2468013579246801357',
      cid: 'TCSUBSCRIP',
      sid: 'S1234567890987654321',
      partner_order_id: 'subscription_order_id_1',
      partner_user_id: 'subscription_user_id_1',
      item_name: '음악정기결제',
      quantity: 1,
      amount: { total: 9900, tax_free: 0, vat: 900, point: 0, discount: 0, green_deposit: 0 },
      payment_method_type: 'MONEY',
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
    },
  },
})

/** In the order in which they are checked; that order is ours. */
export const subscriptionRules = {
  'sid.known': rule(
    'The sid was issued to the same application (the same key, where none is registered). It may be charged with any subscription cid, as one public client does; a setting asks for the same cid. The code is documented, the scope inferred. Checked before everything else about the subscription (our order).',
    'sid-unknown',
    inferred('error-table'),
  ),
  'subscription.sid.active': rule('The sid is active.', 'sid-inactive', documented('error-table')),
  'subscription.partner_user_id.equal': rule(
    'partner_user_id is the one of the payment that issued the sid.',
    'sid-user-differs',
    documented('error-table'),
  ),
  'subscription.sid.per-day': rule(
    'Where charges of a day are limited, the sid was charged less often on this KST day. The code is documented, the limit and its day are ours.',
    'sid-limit-exceeded',
    inferred('error-table'),
  ),
  'subscription.tax_free_amount.within-total': rule(
    'tax_free_amount is not more than total_amount.',
    'amount-info-wrong',
    inferred(),
  ),
  'subscription.vat_amount.within-taxable': rule(
    'vat_amount is not more than total_amount − tax_free_amount.',
    'amount-info-wrong',
    inferred('client-practice'),
  ),
}

import { approved } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented, inferred, observed } from './evidence.ts'
import { fieldsOfCalls, integer, optional, required, text } from './fields.ts'
import { rule } from './rule.ts'

const { cid, cid_secret, partner_order_id, partner_user_id, payload, tid } = fieldsOfCalls(documented('single-payment'))

export const approve = endpoint({
  name: 'approve',
  method: 'POST',
  path: '/online/v1/payment/approve',
  summary: 'Pays: the money of an authenticated payment moves',
  ...documented('single-payment'),
  request: {
    cid,
    cid_secret,
    tid,
    partner_order_id,
    partner_user_id,
    pg_token: required(
      text(100, documented('single-payment'), 1, inferred()),
      'What came to approval_url in the query, 20 lower-case hex digits. The limit of 100 characters is ours.',
    ),
    payload,
    total_amount: optional(integer(0), 'Must be the one sent to ready, in KRW.'),
  },
  response: approved,
  refusals: [
    'tid-unknown',
    'order-id-differs',
    'user-id-differs',
    'payment-expired',
    'already-paid',
    'not-approvable',
    'not-authenticated',
    'pg-token-wrong',
    'total-amount-differs',
  ],
  notes: [
    'Keys without a value are null in the one whole answer that was published; the official samples leave them out. A setting chooses.',
    'The card’s data are those of the real test environment. Names and codes of issuers other than 신한 are ours.',
    'That use_share_installment of ready leads to SHARE_INSTALLMENT follows from the page, but was never seen; so does card_type 체크 from a check card.',
    'amount.point and amount.discount are within total. A partial cancel gives back what was paid by card or money first, then points, then the discount: ours.',
    'Whether card_info of a payment of 0 won, which only issues a sid, lacks keys was never seen on this host.',
    'Which mistake is reported first, where there are several, was never published: the order of our rules is ours.',
  ],
  example: {
    request: {
      cid: 'TC0ONETIME',
      tid: 'T1234567890123456789',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      pg_token: 'xxxxxxxxxxxxxxxxxxxx',
    },
    response: {
      aid: 'A5678901234567890123',
      tid: 'T1234567890123456789',
      cid: 'TC0ONETIME',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      item_name: '초코파이',
      quantity: 1,
      amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      payment_method_type: 'MONEY',
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
    },
  },
})

/** In the order in which they are checked; that order is ours. */
export const approveRules = {
  'approve.partner_order_id.equal': rule(
    'partner_order_id is the one sent to ready.',
    'order-id-differs',
    documented('error-table'),
  ),
  'approve.partner_user_id.equal': rule(
    'partner_user_id is the one sent to ready.',
    'user-id-differs',
    observed('kapi-answers'),
  ),
  'approve.state.in-time': rule(
    'A payment that is not paid within 15 minutes of ready cannot be approved any more. That the code is −723 is inferred. Checked before every other state (our order).',
    'payment-expired',
    documented('payment-common'),
  ),
  'approve.state.once': rule('A payment is approved once.', 'already-paid', observed('live-answers')),
  'approve.state.not-given-up': rule(
    'A payment that the payer has quit, or that has failed, cannot be approved.',
    'not-approvable',
    inferred('error-table'),
  ),
  'approve.state.authenticated': rule(
    'The payer has authenticated before approve.',
    'not-authenticated',
    observed('kapi-answers'),
  ),
  'approve.pg_token.equal': rule(
    'pg_token is the one that came to this payment’s approval_url.',
    'pg-token-wrong',
    documented('error-table'),
  ),
  'approve.total_amount.equal': rule(
    'total_amount, where it is sent, is the one sent to ready.',
    'total-amount-differs',
    documented('single-payment'),
  ),
}

import * as z from 'zod'
import { amounts, datetime, id, method, quantity, words } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented, inferred, observed } from './evidence.ts'
import { fieldsOfCalls, integer, optional, required } from './fields.ts'
import { rule } from './rule.ts'

const page = documented('cancellation')
const toolkit = { min: inferred('agent-toolkit') }

const { cid, cid_secret, payload, tid } = fieldsOfCalls(page)

export const cancel = endpoint({
  name: 'cancel',
  method: 'POST',
  path: '/online/v1/payment/cancel',
  summary: 'Gives back all of a payment, or a part of it',
  ...page,
  request: {
    cid,
    cid_secret,
    tid,
    cancel_amount: required(integer(1, page, toolkit), 'What is to be given back, in KRW, tax included.', page),
    cancel_tax_free_amount: required(integer(0, page, toolkit), 'The tax-free part of cancel_amount, in KRW.', page),
    cancel_vat_amount: optional(
      integer(0, page),
      'The VAT in cancel_amount, in KRW. Default: (cancel_amount − cancel_tax_free_amount) / 11, rounded; a cancel of all that is left takes the VAT that is left (ours).',
    ),
    cancel_available_amount: optional(
      integer(0, page),
      'What can be given back before this cancel, in KRW: refused where it is not so.',
    ),
    payload,
  },
  response: z.object({
    tid: id('T', 'Payment id.'),
    cid: words('Merchant code.'),
    status: z
      .enum(['PART_CANCEL_PAYMENT', 'CANCEL_PAYMENT'])
      .meta({ description: 'CANCEL_PAYMENT once nothing is left, also after several partial cancels.' }),
    partner_order_id: words('As sent to ready.'),
    partner_user_id: words('As sent to ready.'),
    payment_method_type: method,
    item_name: words('As sent to ready.'),
    item_code: words('As sent to ready.').optional(),
    aid: id('A', 'Id of this cancel.'),
    payload: words('As sent with this call.').optional(),
    quantity,
    amount: amounts('What was paid.'),
    canceled_amount: amounts('What was given back so far, this cancel included.'),
    cancel_available_amount: amounts('What can still be given back.'),
    approved_cancel_amount: amounts('What this cancel gave back.'),
    created_at: datetime('When the payment was prepared.'),
    approved_at: datetime('When the money moved.'),
    canceled_at: datetime('When this cancel gave it back.'),
  }),
  refusals: ['tid-unknown', 'not-cancelable', 'amount-info-wrong', 'cancel-above-approved', 'cancel-above-available'],
  notes: [
    'Keys without a value are left out (observed). Where item_code stands among the keys was never seen.',
    'The page says that tax-free amount and VAT must match, not which code answers when they do not: −722 and −710 here are inferred.',
    'How a partial cancel treats points and discount was never published: it gives back what was paid by card or money first (ours).',
    'The sentence after the message of −710, −711, −722 and −784, which says what is left and what to send, is ours.',
    'Which code answers a partial cancel of a payment with a cup deposit was never published: −784 is ours.',
  ],
  example: {
    request: {
      cid: 'TC0ONETIME',
      tid: 'T1234567890123456789',
      cancel_amount: 2200,
      cancel_tax_free_amount: 0,
      cancel_vat_amount: 200,
      cancel_available_amount: 2200,
    },
    response: {
      tid: 'T1234567890123456789',
      cid: 'TC0ONETIME',
      status: 'CANCEL_PAYMENT',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      payment_method_type: 'MONEY',
      item_name: '초코파이',
      aid: 'A5678901234567890124',
      quantity: 1,
      amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      canceled_amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      cancel_available_amount: { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 },
      approved_cancel_amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
      canceled_at: '2023-07-15T21:18:22',
    },
  },
})

/** In the order in which they are checked; that order is ours. */
export const cancelRules = {
  'cancel.state.paid': rule(
    'Only a payment that is paid, and of which something is left, can be cancelled.',
    'not-cancelable',
    inferred('error-table'),
  ),
  'cancel.green_deposit.whole': rule(
    'A payment with a cup deposit is cancelled only whole. With which code a part is refused was never published: −784 and its words are ours.',
    'not-cancelable',
    documented('single-payment'),
  ),
  'cancel.cancel_tax_free_amount.within-cancel': rule(
    'cancel_tax_free_amount is not more than cancel_amount.',
    'amount-info-wrong',
    inferred('cancellation'),
  ),
  'cancel.cancel_vat_amount.within-taxable': rule(
    'cancel_vat_amount is not more than cancel_amount − cancel_tax_free_amount, unless the cancel takes all that is left and its VAT.',
    'amount-info-wrong',
    inferred('cancellation'),
  ),
  'cancel.cancel_amount.approved': rule(
    'cancel_amount is not more than the total that was approved.',
    'cancel-above-approved',
    documented('error-table'),
  ),
  'cancel.cancel_amount.left': rule(
    'cancel_amount is not more than the total that is left.',
    'cancel-above-available',
    documented('error-table'),
  ),
  'cancel.cancel_tax_free_amount.left': rule(
    'cancel_tax_free_amount is not more than the tax-free amount that is left.',
    'cancel-above-available',
    inferred('cancellation'),
  ),
  'cancel.taxable.left': rule(
    'cancel_amount − cancel_tax_free_amount is not more than the taxable amount that is left.',
    'cancel-above-available',
    inferred('cancellation'),
  ),
  'cancel.cancel_vat_amount.left': rule(
    'The VAT of a cancel, stated or default, is not more than the VAT that is left. It is not cut to fit unless the settings say so.',
    'cancel-above-available',
    observed('kapi-answers'),
  ),
  'cancel.cancel_vat_amount.closes': rule(
    'A cancel of all that is left states the VAT that is left, or none and takes it: no VAT remains behind. Ours, so that the ledger closes.',
    'amount-info-wrong',
    inferred('cancellation'),
  ),
  'cancel.cancel_available_amount.equal': rule(
    'cancel_available_amount, where it is sent, is what can be cancelled before this cancel. That another amount is refused is documented second-hand, the code is inferred.',
    'amount-info-wrong',
    inferred('cancellation'),
  ),
}

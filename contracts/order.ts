import * as z from 'zod'
import { amounts, datetime, id, installmentType, method, quantity, statuses, words } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { documented } from './evidence.ts'
import { fieldsOfCalls } from './fields.ts'

const krw = (description: string) => z.int().min(0).meta({ description })

const action = z.object({
  aid: id('A', 'Id of the act: the aid that approve or cancel answered.'),
  payment_action_type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']).meta({ description: 'What was done.' }),
  payment_method_type: method,
  amount: krw('What this act paid or gave back, in KRW.'),
  point_amount: krw('Of it, points.'),
  discount_amount: krw('Of it, discount.'),
  approved_at: datetime('When it was done.'),
  green_deposit: krw('Of it, cup deposit.'),
  payload: words('As sent with that call.').optional(),
})

const { cid, cid_secret, tid } = fieldsOfCalls(documented('payment-detail'))

export const order = endpoint({
  name: 'order',
  method: 'POST',
  path: '/online/v1/payment/order',
  summary: 'Returns the state of a payment, its amounts and its actions',
  ...documented('payment-detail'),
  request: { cid, cid_secret, tid },
  response: z.object({
    tid: id('T', 'Payment id.'),
    cid: words('Merchant code.'),
    status: z.enum(statuses).meta({ description: 'What became of the payment.' }),
    partner_order_id: words('As sent to ready.'),
    partner_user_id: words('As sent to ready.'),
    payment_method_type: method.optional().meta({ description: 'Once the payer has chosen it.' }),
    item_name: words('As sent to ready.'),
    item_code: words('As sent to ready.').optional(),
    quantity,
    amount: amounts('What ready asked for.'),
    canceled_amount: amounts('What was given back so far.'),
    cancel_available_amount: amounts('What can still be given back.'),
    created_at: datetime('When the payment was prepared.'),
    approved_at: datetime('When the money moved; once it has.').optional(),
    canceled_at: datetime('When money was last given back; once it was.').optional(),
    selected_card_info: z
      .object({
        card_bin: words('First digits of the card.'),
        install_month: z.int().min(0).max(12).meta({ description: 'Instalment months.' }),
        installment_type: installmentType.optional(),
        card_corp_name: words('Name of the issuer.'),
        interest_free_install: z
          .enum(['Y', 'N'])
          .meta({ description: 'Whether the instalments are free of interest.' }),
      })
      .optional()
      .meta({ description: 'Once the payer has chosen a card.' }),
    payment_action_details: z.array(action).meta({ description: 'One item per act, oldest first.' }),
  }),
  refusals: ['tid-unknown'],
  notes: [
    'Only the answer for SUCCESS_PAYMENT was ever published (an official sample). Those of all other states are inferred from the table of fields.',
    'Before the money moves, cancel_available_amount is all 0 and payment_action_details is empty: ours.',
    'A payment whose 15 minutes are over without approve is shown as FAIL_PAYMENT: ours; its real state was never seen.',
    'installment_type of selected_card_info is in four public copies of the table, after install_month, since 2024-02-01.',
    'Where selected_card_info stands among the keys was never seen.',
    'The call is a POST. The retired host took a GET as well; nothing shows that this one does.',
  ],
  example: {
    request: { cid: 'TC0ONETIME', tid: 'T1234567890123456789' },
    response: {
      tid: 'T1234567890123456789',
      cid: 'TC0ONETIME',
      status: 'SUCCESS_PAYMENT',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      payment_method_type: 'MONEY',
      item_name: '초코파이',
      quantity: 1,
      amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      canceled_amount: { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 },
      cancel_available_amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
      created_at: '2023-07-15T21:18:22',
      approved_at: '2023-07-15T21:18:22',
      payment_action_details: [
        {
          aid: 'A5678901234567890123',
          payment_action_type: 'PAYMENT',
          payment_method_type: 'MONEY',
          amount: 2200,
          point_amount: 0,
          discount_amount: 0,
          approved_at: '2023-07-15T21:18:22',
          green_deposit: 0,
        },
      ],
    },
  },
})

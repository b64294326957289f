import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { documented, inferred } from './evidence.ts'
import { fieldsOfCalls, integer, listOf, mapOfText, oneOf, optional, required, text, url } from './fields.ts'
import { cardCodes } from './issuers.ts'

const { cid, cid_secret, partner_order_id, partner_user_id } = fieldsOfCalls(documented('single-payment'))

export const ready = endpoint({
  name: 'ready',
  method: 'POST',
  path: '/online/v1/payment/ready',
  summary: 'Prepares a payment: issues its tid and the URLs to which the payer is sent',
  ...documented('single-payment'),
  request: {
    cid,
    cid_secret,
    partner_order_id,
    partner_user_id,
    item_name: required(text(100), 'Name of what is bought, at most 100 characters.'),
    item_code: optional(
      text(100, undefined, 0),
      'The merchant’s item code, at most 100 characters. Echoed by approve, cancel and order.',
    ),
    quantity: required(integer(1, undefined, { min: inferred('agent-toolkit') }), 'How many.'),
    total_amount: required(
      integer(0),
      'What is to be paid, in KRW, tax included. At least 1; 0 only with a subscription cid.',
    ),
    tax_free_amount: required(
      integer(0, undefined, { min: inferred('agent-toolkit') }),
      'The tax-free part of total_amount, in KRW.',
    ),
    vat_amount: optional(
      integer(0),
      'The VAT in total_amount, in KRW. Default: (total_amount − tax_free_amount) / 11, rounded.',
    ),
    green_deposit: optional(
      integer(0),
      'The cup deposit in total_amount, in KRW. A payment that has one can be cancelled only whole.',
    ),
    approval_url: required(
      url(),
      'Where the payer is sent after authentication, with pg_token appended. At most 255 characters.',
    ),
    cancel_url: required(url(), 'Where the payer is sent after cancelling. At most 255 characters.'),
    fail_url: required(url(), 'Where the payer is sent after a failure or after 15 minutes. At most 255 characters.'),
    available_cards: optional(listOf(cardCodes), 'The card issuers that the payer may use. Default: all.'),
    payment_method_type: optional(oneOf(['CARD', 'MONEY']), 'The only method that the payer may use. Default: all.'),
    install_month: optional(
      integer(0, undefined, {
        min: documented('single-payment'),
        max: 12,
        maxKnown: documented('single-payment'),
      }),
      'The months of instalment that the payer pays in, 0 to 12; check cards cannot pay then. That it is fixed is documented by an integrator, that it is this field is inferred.',
    ),
    use_share_installment: optional(oneOf(['Y', 'N']), 'Whether instalment interest is shared; needs prior agreement.'),
    custom_json: optional(
      mapOfText(),
      'Agreed keys for the payment page, such as return_custom_url (iOS) and auto_close.',
    ),
    redirect_scheme_url: optional(
      text(255, documented('single-payment'), 0, inferred()),
      'App scheme to return to; see KakaoPay’s add-on guide. The limit of 255 is ours.',
    ),
  },
  response: z.object({
    tid: z.string().length(20).meta({ description: 'Payment id: T and 19 lower-case hex digits.' }),
    next_redirect_app_url: z.string().meta({ description: 'Where a mobile app sends the payer.' }),
    next_redirect_mobile_url: z.string().meta({ description: 'Where a mobile web page sends the payer.' }),
    next_redirect_pc_url: z
      .string()
      .meta({ description: 'Where a PC web page sends the payer, as a popup or a layer.' }),
    android_app_scheme: z
      .string()
      .optional()
      .meta({ description: 'For KakaoPay’s own use. Gone from the newest page, still sent in 2025.' }),
    ios_app_scheme: z
      .string()
      .optional()
      .meta({ description: 'For KakaoPay’s own use. Gone from the newest page, still sent in 2025.' }),
    created_at: z.string().meta({ description: 'KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone.' }),
  }),
  refusals: ['amount-info-wrong', 'domain-unregistered'],
  notes: ['Which code answers amounts that do not fit together (−722 here) was never published.'],
  example: {
    request: {
      cid: 'TC0ONETIME',
      partner_order_id: 'partner_order_id',
      partner_user_id: 'partner_user_id',
      item_name: '초코파이',
      quantity: 1,
      total_amount: 2200,
      vat_amount: 200,
      tax_free_amount: 0,
      approval_url: 'https://developers.kakao.com/success',
      fail_url: 'https://developers.kakao.com/fail',
      cancel_url: 'https://developers.kakao.com/cancel',
    },
    response: {
      tid: 'T1234567890123456789',
      next_redirect_app_url: 'https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/aInfo',
      next_redirect_mobile_url: 'https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/mInfo',
      next_redirect_pc_url: 'https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/info',
      android_app_scheme: 'kakaotalk://kakaopay/pg?url=https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/order',
      ios_app_scheme: 'kakaotalk://kakaopay/pg?url=https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/order',
      created_at: '2023-07-15T21:18:22',
    },
  },
})

import * as z from 'zod'

/** Schemas that several answers share. Amounts are KRW, datetimes KST wall clock without zone. */

const krw = (description: string) => z.int().min(0).meta({ description })

/** One family of amounts, in the observed order; all six are always there (observed). */
export const amounts = (description: string) =>
  z
    .object({
      total: krw('All of it, in KRW.'),
      tax_free: krw('The tax-free part of total.'),
      vat: krw('The VAT in total.'),
      point: krw('Paid with points.'),
      discount: krw('Discounted.'),
      green_deposit: krw('The cup deposit in total.'),
    })
    .meta({ description })

/** As a pattern that any validator reads alike: with the length, so that it needs no `$`. */
const exactly = (length: number, pattern: string) =>
  z
    .string()
    .regex(new RegExp(`${pattern}$`))
    .meta({ minLength: length, maxLength: length, pattern })

export const datetime = (description: string) =>
  exactly(19, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}').meta({
    description: `${description} KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone.`,
  })

export const id = (letter: 'A' | 'S' | 'T', description: string) =>
  z
    .string()
    .length(20)
    .meta({ description: `${description} ${letter} and 19 lower-case hex digits.` })

export const words = (description: string) => z.string().meta({ description })

export const quantity = z.int().min(1).meta({ description: 'How many.' })

export const method = z.enum(['CARD', 'MONEY']).meta({ description: 'What the payer paid with.' })

/** The documented states of a payment. ARS_WAITING belongs to authentication by telephone, which this server does not offer. */
export const statuses = [
  'READY',
  'SEND_TMS',
  'OPEN_PAYMENT',
  'SELECT_METHOD',
  'ARS_WAITING',
  'AUTH_PASSWORD',
  'ISSUED_SID',
  'SUCCESS_PAYMENT',
  'PART_CANCEL_PAYMENT',
  'CANCEL_PAYMENT',
  'FAIL_AUTH_PASSWORD',
  'QUIT_PAYMENT',
  'FAIL_PAYMENT',
] as const

export type PaymentStatus = (typeof statuses)[number]

export const installmentType = z
  .enum(['CARD_INSTALLMENT', 'SHARE_INSTALLMENT'])
  .meta({ description: 'Who bears the interest of interest-free instalments: the card company, or both.' })

/** What approve and the later subscription payments say about a card. All values are strings (observed). */
const cardInfo = z.object({
  kakaopay_purchase_corp: words('Name of the acquirer.'),
  kakaopay_purchase_corp_code: words('KakaoPay’s code of the acquirer.'),
  kakaopay_issuer_corp: words('Name of the issuer.'),
  kakaopay_issuer_corp_code: words('KakaoPay’s code of the issuer.'),
  bin: words('First digits of the card; always 111111 in tests (observed).'),
  card_type: words('신용 (credit) or 체크 (debit).'),
  install_month: exactly(2, '^[0-9]{2}').meta({ description: 'Instalment months, two digits: 00 to 12.' }),
  approved_id: words('The card company’s approval number; always 11111111 in tests (observed).'),
  card_mid: words('Merchant number at the card company; always 111111 in tests (observed).'),
  interest_free_install: z.enum(['Y', 'N']).meta({ description: 'Whether the instalments are free of interest.' }),
  card_item_code: words('The card’s product; always 111111 in tests (observed).'),
  installment_type: installmentType,
})

/** The answer of approve, and of a later subscription payment, in the observed order of keys. */
export const approved = z.object({
  aid: id('A', 'Id of this act; the same as in order’s payment_action_details.'),
  tid: id('T', 'Payment id.'),
  cid: words('Merchant code.'),
  sid: id('S', 'Subscription id; only with a subscription cid.').nullish(),
  partner_order_id: words('As sent to ready.'),
  partner_user_id: words('As sent to ready.'),
  item_name: words('As sent to ready.'),
  item_code: words('As sent to ready.').nullish(),
  payload: words('As sent with this call.').nullish(),
  quantity,
  amount: amounts('What was paid.'),
  payment_method_type: method,
  card_info: cardInfo.nullish().meta({ description: 'Only for a card.' }),
  sequential_payment_methods: z
    .array(
      z.object({
        payment_priority: z.int().meta({ description: 'Order in which the methods are tried.' }),
        sid: id('S', 'Subscription id of this method.'),
        payment_method_type: method,
        card_info: cardInfo.optional(),
      }),
    )
    .nullish()
    .meta({
      description:
        'The payer’s methods of a sequential subscription (TCSEQUENCE), from four public copies of an older table; no filled answer was published. Null otherwise (observed).',
    }),
  created_at: datetime('When the payment was prepared.'),
  approved_at: datetime('When the money moved.'),
})

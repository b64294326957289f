import * as z from 'zod'
import { statuses } from '../../../contracts/answer.ts'
import { entryJson } from '../../journal/schema.ts'
import { controlEndpoint } from './endpoint.ts'
import { amount, count, inNamespace, instant, namespaceName } from './fields.ts'

export const listQuery = z.strictObject({
  ...inNamespace,
  status: z.enum(statuses, { error: `must be one of ${statuses.join(', ')}` }).optional(),
  order_id: z.string().optional(),
  limit: count(1, 10_000, 100),
})

export const summary = z.object({
  tid: z.string(),
  namespace: namespaceName,
  cid: z.string(),
  partner_order_id: z.string(),
  partner_user_id: z.string(),
  item_name: z.string(),
  status: z.string(),
  expired: z.boolean(),
  total: z.int(),
  canceled: z.int(),
  created_at: instant,
  expires_at: instant,
  approved_at: instant.nullable(),
  canceled_at: instant.nullable(),
})

const family = z.object({ total: z.int(), tax_free: z.int(), vat: z.int() })

/** One line of the sum: what moved, what is left after it, and how the VAT comes about. Amounts in KRW. */
export const ledgerLine = z.object({
  at: instant,
  aid: z.string().nullable(),
  type: z.enum(['ORDER', 'PAYMENT', 'CANCEL', 'ISSUED_SID']),
  moved: family,
  left: family.meta({ description: 'What can still be cancelled after this line' }),
  vat: z.string().meta({ description: 'How the VAT comes about: vat 200 = (2200 − 0) / 11, rounded' }),
})

export const action = z.object({
  aid: z.string(),
  payment_action_type: z.enum(['PAYMENT', 'CANCEL', 'ISSUED_SID']),
  amount,
  approved_at: instant,
  payload: z.string().nullable(),
})

export const detail = summary.extend({
  sid: z.string().nullable(),
  item_code: z.string().nullable(),
  quantity: z.int(),
  amount,
  canceled_amount: amount,
  cancel_available_amount: amount,
  pg_token: z.string().nullable(),
  choice: z
    .object({ payment_method_type: z.enum(['CARD', 'MONEY']), card: z.string().nullable(), install_month: z.int() })
    .nullable(),
  approval_url: z.string(),
  cancel_url: z.string(),
  fail_url: z.string(),
  redirect_url: z.string().meta({ description: 'The payer’s page' }),
  actions: z.array(action),
  ledger: z.array(ledgerLine),
  timeline: z
    .array(entryJson)
    .meta({ description: 'Every call that touched it, oldest first, as far as the journal goes' }),
})

/** What a payer can do, in the order in which a payment goes. The last four send the browser on. */
const payerActions = ['send_message', 'open', 'select_method', 'approve', 'cancel', 'fail', 'expire'] as const

/** Carried out by the same function as the page’s buttons. */
const payerRequest = z.strictObject({
  action: z.enum(payerActions),
  method: z.enum(['CARD', 'MONEY']).optional(),
  card: z.string().optional().meta({ description: 'A card code such as SHINHAN, within what ready allowed' }),
  install_month: z.int().min(0).max(12).optional(),
  follow: z.boolean().optional().meta({ description: 'Call the redirect URL as the payer’s browser would' }),
})

/** What the merchant answered to the redirect: every hop, and the beginning of the last page. */
const merchantResponse = z.object({
  hops: z.array(z.object({ url: z.string(), status: z.int().nullable(), error: z.string().optional() })),
  body: z.string(),
})

const payerResponse = z.object({
  redirect_url: z.string().nullable().meta({ description: 'null where the browser stays' }),
  pg_token: z.string().optional(),
  status: z.string(),
  repeated: merchantResponse
    .optional()
    .meta({ description: 'With a repeat-redirect rule: what the merchant answered the first time' }),
  merchant: merchantResponse.optional().meta({ description: 'With follow: what the merchant answered' }),
})

const scope = z.strictObject(inNamespace)

export const paymentCalls = {
  payments: controlEndpoint({
    name: 'payments',
    method: 'GET',
    path: '/_mock/payments',
    summary: 'Lists payments, newest first',
    query: listQuery,
    response: z.object({ payments: z.array(summary), total: z.int() }),
  }),
  payment: controlEndpoint({
    name: 'payment',
    method: 'GET',
    path: '/_mock/payments/{tid}',
    summary: 'Shows one payment with its ledger and every call that touched it',
    query: scope,
    response: detail,
  }),
  payer: controlEndpoint({
    name: 'payer',
    method: 'POST',
    path: '/_mock/payments/{tid}/payer',
    summary: 'Does what the payer does on the page',
    request: payerRequest,
    response: payerResponse,
  }),
} as const

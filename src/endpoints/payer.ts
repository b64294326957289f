import { cardCodes } from '../../contracts/issuers.ts'
import { choose, type PayerOptions, payerOptions, type Selection } from '../payment/options.ts'
import {
  authenticate,
  expire,
  fail,
  open,
  type PayerRefusal,
  quit,
  redirectUrl,
  selectMethod,
  sendMessage,
} from '../payment/payer.ts'
import type { Choice, Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Settings } from '../payment/settings.ts'
import type { Context } from './context.ts'

/** Everything a payer can do, in the order of a payment. The last four redirect the browser. */
export const payerActions = ['send_message', 'open', 'select_method', 'approve', 'cancel', 'fail', 'expire'] as const
export type PayerAction = (typeof payerActions)[number]

export type PayerContext = Pick<Context, 'store' | 'ids' | 'now' | 'settings'>

/** Result of an action. `redirect_url` is null where the browser stays; `pg_token` is there once the payer has authenticated. */
export interface PayerResult {
  readonly payment: Payment
  readonly redirect_url: string | null
  readonly pg_token: string | null
}

/**
 * Carries out one action of the payer, for the page, for `POST /_mock/payments/{tid}/payer` and for the automatic mode. After 15 minutes
 * every action ends the payment as expired and redirects to fail_url. Undefined where there is no such tid.
 */
export const act = async (
  action: PayerAction,
  selection: Selection,
  payment: Payment,
  { store, ids, now, settings }: PayerContext,
): Promise<PayerResult | PayerRefusal | undefined> => {
  const choice = choiceOf(payment, selection, settings)
  if (isRefusal(choice)) return choice
  const pg_token = action === 'approve' && payment.pg_token === null ? ids.pgToken() : ''
  const result = await store.change<PayerRefusal>(payment.tid, (p) => changes[action](p, choice, pg_token, now))
  return result === undefined || isRefusal(result) ? result : payerResult(result)
}

/** The same result without an action: where the payment is now. */
export const payerResult = (payment: Payment): PayerResult => ({
  payment,
  redirect_url: redirectUrl(payment),
  pg_token: payment.status === 'AUTH_PASSWORD' ? payment.pg_token : null,
})

/** What the page may show to choose from. */
export const optionsOf = (payment: Payment, { installMonth }: Pick<Settings, 'installMonth'>): PayerOptions =>
  payerOptions(payment, { issuers: cardCodes, installMonth })

/** An empty selection keeps the earlier choice. */
export const choiceOf = (
  payment: Payment,
  selection: Selection,
  { installMonth }: Pick<Settings, 'installMonth'>,
): Choice | PayerRefusal =>
  payment.choice !== null && Object.values(selection).every((value) => value === undefined)
    ? payment.choice
    : choose(payment, selection, { issuers: cardCodes, installMonth })

type Act = (payment: Payment, choice: Choice, pg_token: string, now: number) => Payment | PayerRefusal

const changes: Readonly<Record<PayerAction, Act>> = {
  send_message: (payment, _choice, _token, now) => sendMessage(payment, now),
  open: (payment, _choice, _token, now) => open(payment, now),
  select_method: (payment, choice, _token, now) => selectMethod(payment, choice, now),
  approve: authenticate,
  cancel: (payment, _choice, _token, now) => quit(payment, now),
  fail: (payment, _choice, _token, now) => fail(payment, now),
  expire: (payment, _choice, _token, now) => expire(payment, now),
}

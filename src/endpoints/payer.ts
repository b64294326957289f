import { cardCodes } from '../../contracts/ready.ts'
import {
  authenticate,
  choose,
  expire,
  fail,
  open,
  type PayerOptions,
  type PayerRefusal,
  payerOptions,
  quit,
  redirectUrl,
  type Selection,
  selectMethod,
  sendMessage,
} from '../payment/payer.ts'
import type { Choice, Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import type { Context } from './context.ts'

/** Everything a payer can do, in the order in which a payment goes. The last four send the browser on. */
export const payerActions = ['send_message', 'open', 'select_method', 'approve', 'cancel', 'fail', 'expire'] as const
export type PayerAction = (typeof payerActions)[number]

export type PayerContext = Pick<Context, 'store' | 'ids' | 'now'>

/** What an act led to. `redirect_url` is null where the browser stays; `pg_token` is there once the payer has authenticated. */
export interface PayerResult {
  readonly payment: Payment
  readonly redirect_url: string | null
  readonly pg_token: string | null
}

/**
 * The payer acts: the one function behind the page, `POST /_mock/payments/{tid}/payer` and the automatic mode. After 15 minutes every
 * act ends the payment as expired and leads to fail_url. Undefined where there is no such tid.
 */
export const act = async (
  action: PayerAction,
  wish: Selection,
  payment: Payment,
  { store, ids, now }: PayerContext,
): Promise<PayerResult | PayerRefusal | undefined> => {
  const choice = choiceOf(payment, wish)
  if (isRefusal(choice)) return choice
  const pg_token = action === 'approve' && payment.pg_token === null ? ids.pgToken() : ''
  const result = await store.change<PayerRefusal>(payment.tid, (p) => changes[action](p, choice, pg_token, now))
  return result === undefined || isRefusal(result) ? result : payerResult(result)
}

/** Where a payment stands for its payer, without acting on it. */
export const payerResult = (payment: Payment): PayerResult => ({
  payment,
  redirect_url: redirectUrl(payment),
  pg_token: payment.status === 'AUTH_PASSWORD' ? payment.pg_token : null,
})

/** What the page may show to choose from. */
export const optionsOf = (payment: Payment): PayerOptions => payerOptions(payment, cardCodes)

/** What the payer chose before stands where nothing else is asked for. */
export const choiceOf = (payment: Payment, wish: Selection): Choice | PayerRefusal =>
  payment.choice !== null && Object.values(wish).every((value) => value === undefined)
    ? payment.choice
    : choose(payment, wish, cardCodes)

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

import type { Payment } from '../payment/payment.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import { andThen, type Later } from '../store/later.ts'
import type { Context } from './context.ts'

interface Named {
  readonly tid: string
  readonly cid: string
}

const unknown = refuse('tid-unknown', 'tid.known')

/** A payment of another key or cid does not exist for this one, so that nobody learns which tids there are. */
const isOwn = (payment: Payment, { cid }: Named, { namespace, rulesOff }: Context): boolean =>
  (payment.namespace === namespace && payment.cid === cid) || rulesOff.has('tid.known')

export const findPayment = (named: Named, context: Context): Later<Payment | Refusal> =>
  andThen(context.store.find(named.tid), (payment) => (payment && isOwn(payment, named, context) ? payment : unknown))

/** Changes the caller's own payment, atomically. */
export const changePayment = (
  named: Named,
  context: Context,
  change: (payment: Payment) => Payment | Refusal,
): Later<Payment | Refusal> =>
  andThen(
    context.store.change(named.tid, (payment) => (isOwn(payment, named, context) ? change(payment) : unknown)),
    (changed) => changed ?? unknown,
  )

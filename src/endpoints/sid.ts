import { type Refusal, refuse } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { andThen, type Later } from '../store/later.ts'
import type { Context } from './context.ts'

interface Named {
  readonly sid: string
  readonly cid: string
}

const unknown = refuse('sid-unknown', 'sid.known')

/** A subscription of another key or cid does not exist for this one. */
const isOwn = (subscription: Subscription, { cid }: Named, { namespace, rulesOff }: Context): boolean =>
  (subscription.namespace === namespace && subscription.cid === cid) || rulesOff.has('sid.known')

export const findSubscription = (named: Named, context: Context): Later<Subscription | Refusal> =>
  andThen(context.store.subscriptions.find(named.sid), (subscription) =>
    subscription && isOwn(subscription, named, context) ? subscription : unknown,
  )

/** Changes the caller's own subscription, atomically. */
export const changeSubscription = (
  named: Named,
  context: Context,
  change: (subscription: Subscription) => Subscription | Refusal,
): Later<Subscription | Refusal> =>
  andThen(
    context.store.subscriptions.change(named.sid, (s) => (isOwn(s, named, context) ? change(s) : unknown)),
    (changed) => changed ?? unknown,
  )

import { type Refusal, refuse } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import type { Context } from './context.ts'

interface Named {
  readonly sid: string
  readonly cid: string
}

const unknown = refuse('sid-unknown', 'sid.known')

/** A subscription of another key or cid does not exist for this one. */
const isOwn = (subscription: Subscription, { cid }: Named, { namespace, rulesOff }: Context): boolean =>
  (subscription.namespace === namespace && subscription.cid === cid) || rulesOff.has('sid.known')

export const findSubscription = async (named: Named, context: Context): Promise<Subscription | Refusal> => {
  const subscription = await context.store.subscriptions.find(named.sid)
  return subscription && isOwn(subscription, named, context) ? subscription : unknown
}

/** Changes the caller's own subscription, atomically. */
export const changeSubscription = async (
  named: Named,
  context: Context,
  change: (subscription: Subscription) => Subscription | Refusal,
): Promise<Subscription | Refusal> =>
  (await context.store.subscriptions.change(named.sid, (s) => (isOwn(s, named, context) ? change(s) : unknown))) ??
  unknown

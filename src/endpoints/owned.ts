import type { Payment } from '../payment/payment.ts'
import { type Refusal, refuse } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import { type Context, isSubscriptionCid } from './context.ts'

/**
 * A payment or subscription of another owner or cid is answered as unknown, so that a caller cannot probe for ids. `owner` and not the
 * key: a key issued anew finds what the old one prepared.
 */
const isOwn = (
  found: { readonly owner: string; readonly cid: string },
  cid: string | null,
  rule: string,
  { owner, rulesOff }: Context,
): boolean => (found.owner === owner && (cid === null || found.cid === cid)) || rulesOff.has(rule)

interface NamesPayment {
  readonly tid: string
  readonly cid: string
}

const tidUnknown = refuse('tid-unknown', 'tid.known')

export const findPayment = async ({ tid, cid }: NamesPayment, context: Context): Promise<Payment | Refusal> => {
  const payment = await context.store.find(tid)
  return payment && isOwn(payment, cid, 'tid.known', context) ? payment : tidUnknown
}

/** Changes the caller's own payment, atomically. */
export const changePayment = async (
  { tid, cid }: NamesPayment,
  context: Context,
  change: (payment: Payment) => Payment | Refusal,
): Promise<Payment | Refusal> =>
  (await context.store.change(tid, (p) => (isOwn(p, cid, 'tid.known', context) ? change(p) : tidUnknown))) ?? tidUnknown

interface NamesSubscription {
  readonly sid: string
  readonly cid: string
}

const sidUnknown = refuse('sid-unknown', 'sid.known')

export const findSubscription = async (
  { sid, cid }: NamesSubscription,
  context: Context,
): Promise<Subscription | Refusal> => {
  const subscription = await context.store.subscriptions.find(sid)
  return subscription && isOwn(subscription, cid, 'sid.known', context) ? subscription : sidUnknown
}

/** Changes the caller's own subscription, atomically. */
export const changeSubscription = async (
  { sid, cid }: { readonly sid: string; readonly cid: string | null },
  context: Context,
  change: (subscription: Subscription) => Subscription | Refusal,
): Promise<Subscription | Refusal> =>
  (await context.store.subscriptions.change(sid, (s) =>
    isOwn(s, cid, 'sid.known', context) ? change(s) : sidUnknown,
  )) ?? sidUnknown

/** The same for a charge, which any subscription cid of the merchant may make unless the settings say otherwise. */
export const chargeSubscription = (
  { sid, cid }: NamesSubscription,
  context: Context,
  change: (subscription: Subscription) => Subscription | Refusal,
): Promise<Subscription | Refusal> => {
  const anyCid = context.settings.sidCid === 'any' && isSubscriptionCid(cid, context)
  return changeSubscription({ sid, cid: anyCid ? null : cid }, context, change)
}

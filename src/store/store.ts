import type { Payment } from '../payment/payment.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Subscription } from '../payment/subscription.ts'
import type { Log } from './log.ts'
import type { Records } from './records.ts'

/** What a change decides on: the payment to keep in the place of the old one, or a refusal that changes nothing. */
export type Change<R extends Refusal<string> = Refusal> = (payment: Payment) => Payment | R

/** Where state is kept. One suite holds every driver to this (test/store). */
export interface Store {
  /** Keeps a new payment; may drop the oldest finished one, else the oldest, to stay within its bound. */
  add(payment: Payment): Promise<void>
  find(tid: string): Promise<Payment | undefined>
  findByHash(hash: string): Promise<Payment | undefined>
  /**
   * Changes one payment, atomically: of many changes of one payment at once each sees the outcome of the one before. `change` is pure
   * and may be called again when another process was faster. Resolves to what it decided, or to undefined where there is no such tid.
   */
  change<R extends Refusal<string>>(tid: string, change: Change<R>): Promise<Payment | R | undefined>
  /** Newest first, optionally of one namespace. */
  list(options?: { readonly namespace?: string; readonly limit?: number }): Promise<readonly Payment[]>
  /** How many payments are kept, optionally of one namespace. */
  count(namespace?: string): Promise<number>
  /** Drops all payments, or those of one namespace, and the subscriptions with them; resolves to how many payments. */
  clear(namespace?: string): Promise<number>
  /**
   * Puts this in the place of all payments, of all subscriptions and of the records of the kinds it names: whole or not at all. With
   * `onlyIfEmpty` it resolves to false, and changes nothing, where there is any of them.
   */
  replace(kept: Kept, options?: { readonly onlyIfEmpty?: boolean }): Promise<boolean>
  readonly limits: StoreLimits
  readonly subscriptions: Subscriptions
  readonly records: Records
  /** The journal's entries; undefined where they end with the process. */
  readonly log: Log | undefined
  /**
   * Resolves when every write so far is on the file or acknowledged by the server; rejects where one could not be kept. An answer waits
   * for it. Undefined where there is nothing to wait for.
   */
  saved(): Promise<void> | undefined
  /** Throws StoreUnavailable where the store cannot be reached. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Where subscriptions are kept, beside the payments that they make. They have a bound of their own, since they outlive payments. */
export interface Subscriptions {
  /** Keeps a new subscription; may drop the oldest inactive one, else the oldest, to stay within its bound. */
  add(subscription: Subscription): Promise<void>
  find(sid: string): Promise<Subscription | undefined>
  /** Changes one subscription, atomically, as `Store.change` does. */
  change<R extends Refusal<string>>(
    sid: string,
    change: (subscription: Subscription) => Subscription | R,
  ): Promise<Subscription | R | undefined>
  /** Newest first, optionally of one namespace. */
  list(namespace?: string): Promise<readonly Subscription[]>
  count(): Promise<number>
  /** Drops all subscriptions, or those of one namespace; resolves to how many. */
  clear(namespace?: string): Promise<number>
}

/** All that a store holds of some kinds, the oldest first. */
export interface Kept {
  readonly payments: readonly Payment[]
  readonly subscriptions: readonly Subscription[]
  readonly records: Readonly<Record<string, readonly { readonly id: string; readonly value: object }[]>>
}

/** How much is kept. */
export interface StoreLimits {
  readonly maxPayments: number
  readonly maxSubscriptions: number
}

/** A store that cannot be opened: one line that says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** The store's server cannot be reached: calls are refused with −503 until it is back. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

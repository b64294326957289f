import type { Ids } from '../payment/ids.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Merchant, Settings } from '../payment/settings.ts'
import type { Store } from '../store/store.ts'

export type { Merchant, Settings }

/** Everything an endpoint uses. Clock, ids and store are passed in, so that the same request gives the same answer. */
export interface Context {
  readonly store: Store
  readonly ids: Ids
  /** Epoch ms of the namespace's clock. */
  readonly now: number
  readonly namespace: string
  /** Whose payments the caller sees: id of its application, or the namespace where none is registered. */
  readonly owner: string
  readonly settings: Settings
  /** Where this server is reached, without a trailing slash: `http://127.0.0.1:8585`. */
  readonly publicUrl: string
  /** The application's web domains; null where nothing is registered and every origin is allowed. */
  readonly domains: readonly string[] | null
  /** Configured merchant codes; null where any 10 characters are a cid. */
  readonly merchants: ReadonlyMap<string, Merchant> | null
  /** Rules that are not checked: empty but in the test that proves every rule. */
  readonly rulesOff: ReadonlySet<string>
}

export type HandlerResult<T> = T | Refusal

/** A parsed request in, an answer or a refusal out. One file per call, named like its contract. */
export type Handler<Request, Response> = (request: Request, context: Context) => Promise<HandlerResult<Response>>

/** The subscription cids that every merchant may use in tests: TCSUBSCRIP and TCSEQUENCE (documented). */
const subscriptionCids: ReadonlySet<string> = new Set(['TCSUBSCRIP', 'TCSEQUENCE'])

export const isSubscriptionCid = (cid: string, context: Context): boolean =>
  context.merchants?.get(cid)?.subscription ?? subscriptionCids.has(cid)

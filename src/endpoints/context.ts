import type { Ids } from '../payment/ids.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'

/** How this mock answers where the real service leaves a choice. Per namespace; the config gives the defaults. */
export interface Settings {
  /** `local`: redirect URLs point to this server; `real`: to KakaoPay's hosts. */
  readonly redirects: 'local' | 'real'
  /** Whether ready's answer has the two app schemes, which the newest official page no longer lists. */
  readonly appSchemes: boolean
  /** What approve does with keys that have no value: `null` as observed, `omit` as in the official samples. */
  readonly emptyKeys: 'null' | 'omit'
  /** A cancel whose default VAT is more than what is left: `refuse` as observed, or `clamp` to what is left. */
  readonly vatRemainder: 'refuse' | 'clamp'
  /** Who presses the buttons at the redirect URL: `manual` shows the page, the others send the browser straight on. */
  readonly payer: 'manual' | 'approve' | 'cancel' | 'fail' | 'expire'
}

/** A merchant code that the config knows. */
export interface Merchant {
  readonly cid: string
  readonly secret?: string
  readonly subscription?: boolean
}

/** What an endpoint may use: everything comes from outside, so that the same request gives the same answer. */
export interface Context {
  readonly store: Store
  readonly ids: Ids
  /** Epoch ms of the namespace's clock. */
  readonly now: number
  readonly namespace: string
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

export type Answer<T> = T | Refusal

/** A parsed request in, an answer or a refusal out. One file per call, named like its contract. */
export type Handler<Request, Response> = (
  request: Request,
  context: Context,
) => Answer<Response> | Promise<Answer<Response>>

/** The subscription cids that every merchant may use in tests: TCSUBSCRIP and TCSEQUENCE (documented). */
const subscriptionCids: ReadonlySet<string> = new Set(['TCSUBSCRIP', 'TCSEQUENCE'])

export const isSubscriptionCid = (cid: string, context: Context): boolean =>
  context.merchants?.get(cid)?.subscription ?? subscriptionCids.has(cid)

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Endpoint } from '../../contracts/endpoint.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Context, Merchant } from '../endpoints/context.ts'
import type { FaultRules } from '../faults/rules.ts'
import type { Journal } from '../journal/journal.ts'
import type { Applications, Registered } from '../namespaces/applications.ts'
import type { Namespace, Namespaces } from '../namespaces/namespaces.ts'
import type { Quota } from '../namespaces/quota.ts'
import type { RandomSource } from '../payment/ids.ts'
import type { Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import type { Outcome } from './outcome.ts'

/** What Node's server hands to Hono beside the Request. Both are absent where a Request came in directly, as by `mock.fetch`. */
export interface Bindings {
  readonly incoming?: IncomingMessage
  readonly outgoing?: ServerResponse
}

export interface Env {
  Bindings: Bindings
}

/** How request bodies are validated. */
export interface ValidationOptions {
  /** Exactly what openapi.yaml says; otherwise as the real service is seen to read. */
  readonly strict: boolean
  /** Card codes beyond the twelve documented ones, by agreement. */
  readonly extraCards: readonly string[]
  /** Rules that are not checked, by id. Only the test that proves every rule sets it. */
  readonly rulesOff: ReadonlySet<string>
}

/** A call that is passed on to another server in the place of being answered here. */
export interface RelayedCall {
  readonly endpoint: Endpoint
  /** With its query, as it was sent. */
  readonly path: string
  readonly authorization: string | null
  readonly contentType: string | null
  readonly body: string
  /** What this mock would have refused it with. */
  readonly refusal: Refusal<RefusalName> | null
}

export type RelayTo = (call: RelayedCall) => Promise<Outcome>

/** Everything the API needs, put together in mock.ts. */
export interface ApiDeps extends ValidationOptions {
  readonly store: Store
  readonly namespaces: Namespaces
  readonly applications: Applications
  readonly journal: Journal
  readonly faults: FaultRules
  readonly quota: Quota
  /** Where calls are passed on to; undefined: they are answered here. */
  readonly relay: RelayTo | undefined
  readonly random: RandomSource
  /** Epoch ms of the system's clock. */
  readonly now: () => number
  readonly merchants: ReadonlyMap<string, Merchant> | null
  /** Web domains for keys without an application of their own. */
  readonly domains: readonly string[] | null
  readonly publicUrl: () => string
  readonly maxBodyBytes: number
  /** HTTP status for an application without the payment API: −401 was observed, as well as −403. */
  readonly missingApi: '403' | '401'
  /** Called with unexpected errors, to log them. */
  readonly onError: (error: Error) => void
}

/** Whose call it is. */
export interface Caller {
  readonly namespace: Namespace
  readonly application: Registered | 'any'
}

/** Whose payments a caller sees. */
export const ownerOf = ({ namespace, application }: Caller): string =>
  application === 'any' ? namespace.name : application.id

/** A request as the journal keeps it: references only. */
export interface RequestInfo {
  /** Epoch ms of the system's clock. */
  readonly at: number
  /** performance.now() when it came in. */
  readonly started: number
  readonly method: string
  /** With its query, as it was sent. */
  readonly path: string
  /** Node's flat list of names and values, or a Request's headers. */
  readonly headers: readonly string[] | Headers
}

export const requestInfo = (
  request: Request,
  incoming: IncomingMessage | undefined,
  { now }: Pick<ApiDeps, 'now'>,
): RequestInfo => ({
  at: now(),
  started: performance.now(),
  method: request.method,
  path: incoming?.url ?? request.url.slice(request.url.indexOf('/', 8)),
  headers: incoming?.rawHeaders ?? request.headers,
})

/** What an endpoint sees of a call. */
export const contextOf = ({ namespace, application }: Caller, deps: ApiDeps, store: Store): Context => ({
  store,
  ids: namespace.ids,
  now: namespace.now(),
  namespace: namespace.name,
  owner: ownerOf({ namespace, application }),
  settings: namespace.settings,
  publicUrl: deps.publicUrl(),
  domains: (application === 'any' ? null : application.domains) ?? deps.domains,
  merchants: deps.merchants,
  rulesOff: deps.rulesOff,
})

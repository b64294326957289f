import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Applications, Registered } from '../control/applications.ts'
import type { Journal } from '../control/journal/journal.ts'
import { type Namespace, type Namespaces, namespaceName } from '../control/namespaces.ts'
import type { Scenarios } from '../control/scenarios.ts'
import type { Context, Handler, Merchant } from '../endpoints/context.ts'
import { handlers } from '../endpoints/index.ts'
import { checkMerchant } from '../endpoints/merchant.ts'
import type { Chance } from '../payment/ids.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { authorize, keyOf } from './auth.ts'
import { mediaRefusal } from './body.ts'
import { refusalBody, refusalStatus } from './errors.ts'
import { compileParser, type Parsing } from './parse.ts'
import type { Arrival } from './record.ts'

/** What Node's server hands to Hono beside the Request. Absent where a Request came in directly. */
export interface Bindings {
  readonly incoming?: IncomingMessage
  readonly outgoing?: ServerResponse
}

/** Everything the API needs, put together in mock.ts. */
export interface ApiParts extends Parsing {
  readonly store: Store
  readonly namespaces: Namespaces
  readonly applications: Applications
  readonly journal: Journal
  readonly scenarios: Scenarios
  readonly chance: Chance
  /** Epoch ms of the system's clock. */
  readonly now: () => number
  readonly merchants: ReadonlyMap<string, Merchant> | null
  /** Web domains that hold for keys without an application of their own. */
  readonly domains: readonly string[] | null
  readonly publicUrl: () => string
  readonly maxBodyBytes: number
  /** −401 with HTTP 401 was observed for an application without the payment API, as well as −403. */
  readonly missingApi: '403' | '401'
  /** Told of what no refusal explains, so that it is logged. */
  readonly onError: (error: Error) => void
}

/** The headers that decide on a call before its body is read; null where one is absent. */
export interface Head {
  readonly authorization: string | null
  readonly contentType: string | null
  readonly contentEncoding: string | null
}

/** Whose call it is. */
export interface Admitted {
  readonly namespace: Namespace
  readonly application: Registered | 'any'
}

/** One call of the contract, compiled once, with nothing of HTTP but its words: the two doors, socket and Request, share it. */
export interface Call {
  readonly endpoint: Endpoint
  /** Whose call it is, or why the head alone is refused. */
  admit(head: Head): Admitted | Refusal<RefusalName>
  /** The answer's object or a refusal. A promise only where the store needs one: to wait for nothing costs a tenth of a call. */
  answer(text: string, admitted: Admitted): object | Promise<object>
  /** The two halves of `answer`, for what happens between them. */
  parse(text: string): object
  run(body: object, admitted: Admitted, store: Store): object | Promise<object>
}

/** What goes out. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Every call there is, by its path. */
export const createCalls = (parts: ApiParts): ReadonlyMap<string, Call> =>
  new Map(
    Object.values(endpoints).map((endpoint): [string, Call] => [
      endpoint.path,
      createCall(endpoint, handlers[endpoint.name as keyof typeof handlers] as Handler<never, object>, parts),
    ]),
  )

/** The way of one call: authorization, body, fields, merchant, payment. The first refusal answers. */
const createCall = (endpoint: Endpoint, handler: Handler<never, object>, parts: ApiParts): Call => {
  const parse = compileParser(endpoint, parts)
  const handle = handler as Handler<unknown, object>
  const run: Call['run'] = (body, admitted, store) => {
    const context = contextOf(admitted, parts, store)
    return checkMerchant(body as { cid: string }, context) ?? handle(body, context)
  }
  return {
    endpoint,
    admit({ authorization, contentType, contentEncoding }) {
      const access = authorize(authorization, parts.applications, parts.rulesOff)
      if (isRefusal(access)) return access.refused === 'api-forbidden' && parts.missingApi === '401' ? unlisted : access
      const media = mediaRefusal(contentType, contentEncoding)
      if (media && !parts.rulesOff.has(media.rule)) return media
      return { namespace: parts.namespaces.of(access.key), application: access.application }
    },
    parse,
    run,
    answer(text, admitted) {
      const body = parse(text)
      return isRefusal(body) ? body : run(body, admitted, parts.store)
    },
  }
}

const contextOf = ({ namespace, application }: Admitted, parts: ApiParts, store: Store): Context => ({
  store,
  ids: namespace.ids,
  now: namespace.now(),
  namespace: namespace.name,
  settings: namespace.settings,
  publicUrl: parts.publicUrl(),
  domains: (application === 'any' ? null : application.domains) ?? parts.domains,
  merchants: parts.merchants,
  rulesOff: parts.rulesOff,
})

/** What a call came to, as it goes out: the one place where an answer becomes text. */
export const conclude = (result: object): Answer =>
  isRefusal(result)
    ? {
        status: refusalStatus(result.refused as RefusalName),
        body: JSON.stringify(refusalBody(result as Refusal<RefusalName>)),
      }
    : { status: 200, body: JSON.stringify(result) }

/** What the journal keeps of a Request: references only. */
export const arrivalOf = (
  request: Request,
  incoming: IncomingMessage | undefined,
  parts: Pick<ApiParts, 'now'>,
): Arrival => ({
  at: parts.now(),
  started: performance.now(),
  method: request.method,
  path: incoming?.url ?? request.url.slice(request.url.indexOf('/', 8)),
  headers: incoming?.rawHeaders ?? request.headers,
})

/** Whose call a refused one would have been, as far as its header tells. Nothing is made for a key that was refused. */
export const callerOf = (authorization: string | null, { find, start }: Namespaces) => {
  const key = keyOf(authorization)
  if (key === undefined) return undefined
  const name = namespaceName(key)
  return { name, clock: find(name)?.clock ?? start.clock }
}

const unlisted: Refusal<RefusalName> = {
  refused: 'key-refused',
  rule: 'wire.api',
  params: { why: 'the application does not use the payment API.' },
}

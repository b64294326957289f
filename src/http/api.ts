import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context as HonoContext } from 'hono'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Applications } from '../control/applications.ts'
import type { Namespaces } from '../control/namespaces.ts'
import type { Context, Handler, Merchant } from '../endpoints/context.ts'
import { handlers } from '../endpoints/index.ts'
import { checkMerchant } from '../endpoints/merchant.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { type Access, authorize } from './auth.ts'
import { mediaRefusal, readBody } from './body.ts'
import { JSON_TYPE, refusalBody, refusalStatus } from './errors.ts'
import { compileParser, type Parsing } from './parse.ts'

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

/** One call of the contract, compiled once, with nothing of HTTP but its words: the two doors, socket and Request, share it. */
export interface Call {
  readonly endpoint: Endpoint
  /** Whose call it is, or why the head alone is refused. */
  admit(head: Head): Access | Refusal<RefusalName>
  /** The answer's object or a refusal. A promise only where the store needs one: to wait for nothing costs a tenth of a call. */
  answer(text: string, access: Access): object | Promise<object>
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
  return {
    endpoint,
    admit({ authorization, contentType, contentEncoding }) {
      const access = authorize(authorization, parts.applications, parts.rulesOff)
      if (isRefusal(access)) return access.refused === 'api-forbidden' && parts.missingApi === '401' ? unlisted : access
      const media = mediaRefusal(contentType, contentEncoding)
      return media && !parts.rulesOff.has(media.rule) ? media : access
    },
    answer(text, access) {
      const body = parse(text)
      if (isRefusal(body)) return body
      const context = contextOf(access, parts)
      return checkMerchant(body as unknown as { cid: string }, context) ?? handle(body, context)
    },
  }
}

const contextOf = ({ key, application }: Access, parts: ApiParts): Context => {
  const namespace = parts.namespaces.of(key)
  return {
    store: parts.store,
    ids: namespace.ids,
    now: namespace.now(),
    namespace: namespace.name,
    settings: namespace.settings,
    publicUrl: parts.publicUrl(),
    domains: (application === 'any' ? undefined : application.domains) ?? parts.domains,
    merchants: parts.merchants,
    rulesOff: parts.rulesOff,
  }
}

/** What a call came to, as it goes out: the one place where an answer becomes text. */
export const conclude = (result: object): Answer =>
  isRefusal(result)
    ? {
        status: refusalStatus(result.refused as RefusalName),
        body: JSON.stringify(refusalBody(result as Refusal<RefusalName>)),
      }
    : { status: 200, body: JSON.stringify(result) }

/** The call behind Hono's router: for a Request that came in directly, and for whatever the short way does not take. */
export const createHandler = (call: Call, { maxBodyBytes }: ApiParts) => {
  const respond = async (request: Request, incoming: IncomingMessage | undefined) => {
    const access = call.admit({
      authorization: request.headers.get('authorization'),
      contentType: request.headers.get('content-type'),
      contentEncoding: request.headers.get('content-encoding'),
    })
    if (isRefusal(access)) return access
    const text = await readBody(request, incoming, maxBodyBytes)
    return typeof text === 'string' ? call.answer(text, access) : text
  }
  return async (c: HonoContext<{ Bindings: Bindings }>): Promise<Response> => {
    const { status, body } = conclude(await respond(c.req.raw, c.env?.incoming))
    return new Response(body, { status, headers: JSON_TYPE })
  }
}

const unlisted: Refusal<RefusalName> = {
  refused: 'key-refused',
  rule: 'wire.api',
  params: { why: 'the application does not use the payment API.' },
}

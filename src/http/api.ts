import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context as HonoContext } from 'hono'
import type { Endpoint } from '../../contracts/endpoint.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Applications } from '../control/applications.ts'
import type { Namespaces } from '../control/namespaces.ts'
import type { Context, Handler, Merchant } from '../endpoints/context.ts'
import { checkMerchant } from '../endpoints/merchant.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { authorize } from './auth.ts'
import { mediaRefusal, readBody } from './body.ts'
import { JSON_TYPE, refusalResponse } from './errors.ts'
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
}

/** The way of one call: authorization, body, fields, merchant, payment. The first refusal answers. */
export const createCall = (endpoint: Endpoint, handler: Handler<never, object>, parts: ApiParts) => {
  const parse = compileParser(endpoint, parts)
  const answer = handler as Handler<unknown, object>

  const respond = async (request: Request, incoming: IncomingMessage | undefined): Promise<object> => {
    const access = authorize(request.headers.get('authorization'), parts.applications, parts.rulesOff)
    if (isRefusal(access)) return access.refused === 'api-forbidden' && parts.missingApi === '401' ? unlisted : access
    const media = mediaRefusal(request.headers.get('content-type'), request.headers.get('content-encoding'))
    if (media && !parts.rulesOff.has(media.rule)) return media
    const text = await readBody(request, incoming, parts.maxBodyBytes)
    if (typeof text !== 'string') return text
    const body = parse(text)
    if (isRefusal(body)) return body
    const context = contextOf(access)
    return checkMerchant(body as unknown as { cid: string }, context) ?? answer(body, context)
  }

  const contextOf = ({ key, application }: Exclude<ReturnType<typeof authorize>, Refusal<string>>): Context => {
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

  return async (c: HonoContext<{ Bindings: Bindings }>): Promise<Response> => {
    const result = await respond(c.req.raw, c.env?.incoming)
    if (isRefusal(result)) return refusalResponse(result as Refusal<RefusalName>)
    return new Response(JSON.stringify(result), { headers: JSON_TYPE })
  }
}

const unlisted: Refusal<RefusalName> = {
  refused: 'key-refused',
  rule: 'wire.api',
  params: { why: 'the application does not use the payment API.' },
}

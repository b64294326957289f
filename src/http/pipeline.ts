import type { IncomingMessage } from 'node:http'
import type { Context as HonoContext } from 'hono'
import type { Endpoint } from '../../contracts/endpoint.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Handler } from '../endpoints/context.ts'
import { checkMerchant } from '../endpoints/merchant.ts'
import { MAX_LABEL, namespaceName } from '../namespaces/namespaces.ts'
import { isRefusal, type Refusal, refuse } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { authorize, keyOf } from './auth.ts'
import { mediaRefusal, readBody } from './body.ts'
import { type ApiDeps, type Caller, contextOf, type Env, ownerOf, requestInfo } from './deps.ts'
import { injectFault, matchingFault } from './fault.ts'
import { outcomeOf } from './outcome.ts'
import { record } from './record.ts'
import { clientOf, send } from './send.ts'
import { compileValidator } from './validate.ts'

/**
 * One call of the API, the same for a request on a socket and for a Request handed in directly:
 * admit → read body → validate → fault → run → journal → send. The first refusal answers.
 */
export const createPipeline = (endpoint: Endpoint, handler: Handler<unknown, object>, deps: ApiDeps) => {
  const validate = compileValidator(endpoint, deps)
  const run = async (body: object, caller: Caller, store: Store): Promise<object> => {
    const context = contextOf(caller, deps, store)
    return checkMerchant(body as { cid: string }, context) ?? handler(body, context)
  }
  return async (c: HonoContext<Env>): Promise<Response> => {
    const request = c.req.raw
    const { incoming, outgoing } = c.env ?? {}
    const info = requestInfo(request, incoming, deps)
    const caller = await admit(request, incoming, deps)
    const text = await readBody(request, incoming, deps.maxBodyBytes)
    const body = isRefusal(caller) ? caller : isRefusal(text) ? text : validate(text)

    const client = clientOf(request, outgoing)
    const call = { name: endpoint.name, body, caller: caller as Caller, run, client }
    const rule = isRefusal(body) || !deps.faults.armed ? undefined : await matchingFault(call, deps)
    const answer = async () =>
      rule
        ? injectFault(rule, call, deps)
        : outcomeOf(isRefusal(body) ? body : await run(body, caller as Caller, deps.store))
    const relayed = (body: string) =>
      deps.relay?.({
        endpoint,
        path: info.path,
        authorization: header('authorization', request, incoming),
        contentType: header('content-type', request, incoming),
        body,
        refusal: isRefusal(call.body) ? (call.body as Refusal<RefusalName>) : null,
      })
    const outcome = (isRefusal(text) ? undefined : await relayed(text)) ?? (await answer())

    const namespace = isRefusal(caller)
      ? refusedCaller(header('authorization', request, incoming), deps)
      : caller.namespace
    const sent = isRefusal(text) ? null : text
    return send(outcome, outgoing, client, (delivered) =>
      record(deps, endpoint.name, info, namespace, sent, { ...outcome, delivered }, rule),
    )
  }
}

/** What a client calls its namespace, as `PUT /_mock/namespaces/{name}` does. */
const LABEL_HEADER = 'x-kakaopay-mock-label'

/** Node's own header where there is a message: a Request would build a whole Headers object for it. */
const header = (name: string, request: Request, incoming: IncomingMessage | undefined): string | null => {
  const value = incoming ? incoming.headers[name] : request.headers.get(name)
  return typeof value === 'string' ? value : null
}

/** Whose call it is, or why its headers alone are refused. */
const admit = async (
  request: Request,
  incoming: IncomingMessage | undefined,
  deps: ApiDeps,
): Promise<Caller | Refusal<RefusalName>> => {
  const access = authorize(header('authorization', request, incoming), deps.applications, deps.rulesOff)
  if (isRefusal(access)) return access.refused === 'api-forbidden' && deps.missingApi === '401' ? unlisted : access
  const media = mediaRefusal(header('content-type', request, incoming), header('content-encoding', request, incoming))
  if (media && !deps.rulesOff.has(media.rule)) return media
  const namespace = deps.namespaces.of(access.key)
  const label = header(LABEL_HEADER, request, incoming)?.slice(0, MAX_LABEL)
  if (label && label !== namespace.label) await deps.namespaces.change(namespace.name, { label })
  await deps.namespaces.dropping
  const caller = { namespace, application: access.application }
  const { settings } = namespace
  const isLimited = settings.maintenance || settings.quota > 0
  return (isLimited ? await unavailable(caller, deps) : undefined) ?? caller
}

/** Maintenance and the daily quota, where the settings of the namespace want them. */
const unavailable = async (caller: Caller, { quota, rulesOff }: ApiDeps): Promise<Refusal<RefusalName> | undefined> => {
  const { settings, now } = caller.namespace
  if (settings.maintenance && !rulesOff.has('wire.maintenance')) return refuse('maintenance', 'wire.maintenance')
  if (settings.quota === 0 || rulesOff.has('wire.quota')) return undefined
  return (await quota.take(ownerOf(caller), settings.quota, now())) ? undefined : refuse('quota-exceeded', 'wire.quota')
}

const unlisted: Refusal<RefusalName> = {
  refused: 'key-refused',
  rule: 'wire.api',
  params: { why: 'the application does not use the payment API.' },
}

/** Namespace of a refused call, looked up without creating it. */
export const refusedCaller = (authorization: string | null, { namespaces }: Pick<ApiDeps, 'namespaces'>) => {
  const key = keyOf(authorization)
  if (key === undefined) return undefined
  const name = namespaceName(key)
  return { name, clock: namespaces.find(name)?.clock ?? namespaces.start.clock }
}

import type { IncomingMessage } from 'node:http'
import type { Context as HonoContext } from 'hono'
import type { Endpoint } from '../../contracts/endpoint.ts'
import type { RefusalName } from '../../contracts/refusals.ts'
import type { Handler } from '../endpoints/context.ts'
import { checkMerchant } from '../endpoints/merchant.ts'
import type { FaultRule } from '../faults/rules.ts'
import { namespaceName } from '../namespaces/namespaces.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Store } from '../store/store.ts'
import { authorize, keyOf } from './auth.ts'
import { ABORTED, mediaRefusal, readBody } from './body.ts'
import { type ApiDeps, type Caller, contextOf, type Env, type RequestInfo, requestInfo } from './deps.ts'
import { type Answer, respond, serialize } from './errors.ts'
import { type CallOutcome, injectFault, matchingFault } from './fault.ts'
import { record } from './record.ts'
import { clientOf, sendFaulted } from './send.ts'
import { compileValidator } from './validate.ts'

/** Carries a validated body out: merchant, then endpoint. The first refusal answers. */
export type Run = (body: object, caller: Caller, store: Store) => Promise<object>

/**
 * One call of the API, the same for a request on a socket and for a Request handed in directly:
 * admit → read body → validate → fault → run → journal → send.
 */
export const createPipeline = (endpoint: Endpoint, handler: Handler<unknown, object>, deps: ApiDeps) => {
  const validate = compileValidator(endpoint, deps)
  const run: Run = async (body, caller, store) => {
    const context = contextOf(caller, deps, store)
    return checkMerchant(body as { cid: string }, context) ?? handler(body, context)
  }
  return async (c: HonoContext<Env>): Promise<Response> => {
    const request = c.req.raw
    const { incoming, outgoing } = c.env ?? {}
    const info = requestInfo(request, incoming, deps)
    const admitted = await admit(request, incoming, deps)
    const text = await readBody(request, incoming, deps.maxBodyBytes)
    const body = isRefusal(admitted) ? admitted : typeof text === 'string' ? validate(text) : text
    const sent = typeof text === 'string' ? text : null
    if (body === ABORTED || text === ABORTED) {
      record(deps, endpoint.name, info, callerName(admitted, request, incoming, deps), null, ABORTED_OUTCOME)
      return respond(serialize(internalError))
    }
    if (isRefusal(body) || isRefusal(admitted)) {
      const answer = serialize(body)
      const who = callerName(admitted, request, incoming, deps)
      record(deps, endpoint.name, info, who, sent, plainOutcome(body, answer))
      return respond(answer)
    }
    const rule = deps.faults.armed ? await matchingFault(body, endpoint.name, admitted, deps) : undefined
    if (rule) return faulted(rule, body, admitted, sent, info)
    const result = await run(body, admitted, deps.store)
    const answer = serialize(result)
    record(deps, endpoint.name, info, admitted.namespace, sent, plainOutcome(result, answer))
    return respond(answer)

    async function faulted(rule: FaultRule, body: object, caller: Caller, sent: string | null, info: RequestInfo) {
      const client = clientOf(request, outgoing)
      const outcome = await injectFault(rule, { name: endpoint.name, body, caller, run, client }, deps)
      const keep = (delivered: boolean) =>
        record(deps, endpoint.name, info, caller.namespace, sent, { ...outcome, delivered }, rule)
      return sendFaulted(outcome, { request, outgoing, client, keep })
    }
  }
}

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
  await deps.applications.loading
  const access = authorize(header('authorization', request, incoming), deps.applications, deps.rulesOff)
  if (isRefusal(access)) return access.refused === 'api-forbidden' && deps.missingApi === '401' ? unlisted : access
  const media = mediaRefusal(header('content-type', request, incoming), header('content-encoding', request, incoming))
  if (media && !deps.rulesOff.has(media.rule)) return media
  const namespace = deps.namespaces.of(access.key)
  await deps.namespaces.dropping
  return { namespace, application: access.application }
}

/** Namespace of a call. That of a refused one is looked up without creating it. */
const callerName = (
  admitted: Caller | Refusal<RefusalName>,
  request: Request,
  incoming: IncomingMessage | undefined,
  { namespaces }: ApiDeps,
) => (isRefusal(admitted) ? refusedCaller(header('authorization', request, incoming), namespaces) : admitted.namespace)

export const refusedCaller = (authorization: string | null, { find, start }: ApiDeps['namespaces']) => {
  const key = keyOf(authorization)
  if (key === undefined) return undefined
  const name = namespaceName(key)
  return { name, clock: find(name)?.clock ?? start.clock }
}

const plainOutcome = (result: object, answer: Answer): CallOutcome => ({
  reply: { ...answer, headers: {} },
  refusal: isRefusal(result) ? result : null,
  delivered: true,
  money_moved: false,
  tid: undefined,
})

const internalError: Refusal<RefusalName> = { refused: 'internal-error', rule: 'wire.path' }

const ABORTED_OUTCOME: CallOutcome = {
  reply: null,
  refusal: null,
  delivered: false,
  money_moved: false,
  tid: undefined,
}

const unlisted: Refusal<RefusalName> = {
  refused: 'key-refused',
  rule: 'wire.api',
  params: { why: 'the application does not use the payment API.' },
}

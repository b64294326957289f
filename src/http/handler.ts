import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context as HonoContext } from 'hono'
import type { RefusalName } from '../../contracts/refusals.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import { type ApiParts, arrivalOf, type Bindings, type Call, callerOf, conclude } from './api.ts'
import { readBody } from './body.ts'
import { JSON_TYPE } from './errors.ts'
import { record, recordScene } from './record.ts'
import { perform } from './stage.ts'
import { drip, requestClient, responseOf, socketClient, transmit } from './transmit.ts'

/** The call behind Hono's router: for a Request that came in directly, and for whatever the short way does not take. */
export const createHandler = (call: Call, parts: ApiParts) => {
  const { journal, namespaces, applications, maxBodyBytes } = parts
  return async (c: HonoContext<{ Bindings: Bindings }>): Promise<Response> => {
    const request = c.req.raw
    const incoming = c.env?.incoming
    if (applications.loading) await applications.loading
    const authorization = request.headers.get('authorization')
    const admitted = call.admit({
      authorization,
      contentType: request.headers.get('content-type'),
      contentEncoding: request.headers.get('content-encoding'),
    })
    if (namespaces.dropping) await namespaces.dropping
    const arrival = arrivalOf(request, incoming, parts)
    const text = isRefusal(admitted) ? admitted : await readBody(request, incoming, maxBodyBytes)
    if (isRefusal(admitted) || typeof text !== 'string') {
      const sent = journal.on && isRefusal(admitted) ? await readBody(request, incoming, maxBodyBytes) : text
      return finish(text as Refusal<RefusalName>, typeof sent === 'string' ? sent : null)
    }
    if (!parts.scenarios.armed) return finish(await call.answer(text, admitted), text)
    const outgoing = c.env?.outgoing
    const scene = await perform(call, text, admitted, parts, outgoing ? socketClient(outgoing) : requestClient(request))
    const { outcome } = scene
    const keep = (told: boolean) =>
      recordScene(parts, call.endpoint.name, arrival, admitted.namespace, text, {
        ...scene,
        outcome: { ...outcome, told },
      })
    // Only at its end is it known whether the client stayed for all the pieces.
    if (outgoing && outcome.how === 'drip') keep(await drip(outcome, outgoing))
    else keep(outcome.told)
    if (!outgoing) return responseOf(outcome, request)
    if (outcome.how !== 'drip') transmit(outcome, outgoing)
    return RESPONSE_ALREADY_SENT

    function finish(result: object, body: string | null) {
      const answer = conclude(result)
      const whose = isRefusal(admitted) ? callerOf(authorization, namespaces) : admitted.namespace
      if (journal.on) record(journal, call.endpoint.name, arrival, whose, body, answer, result)
      return new Response(answer.body, { status: answer.status, headers: JSON_TYPE })
    }
  }
}

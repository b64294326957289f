import * as z from 'zod'
import { type EndpointName, endpoints } from '../../../contracts/index.ts'
import type { Exchange } from '../client/exchange.ts'
import { HarnessError } from '../errors.ts'
import type { Fetch } from '../target.ts'

/** The parts of a journal entry that are judged. The kit reads them from any server that answers so. */
const entry = z.object({
  method: z.string(),
  path: z.string(),
  call: z.string().nullable(),
  request: z.object({
    headers: z.array(z.tuple([z.string(), z.string()])),
    body: z.string().nullable(),
    body_cut: z.boolean(),
  }),
  response: z.object({ status: z.int().nullable(), body: z.string().nullable(), delivered: z.boolean() }),
  fault: z.object({ fault: z.string() }).nullable(),
})
const page = z.object({ entries: z.array(entry) })

/** The most that the control API gives at once. */
const LIMIT = 10_000

/** What a running mock's journal holds, oldest first. Throws HarnessError where it has none. */
export const readJournal = async (url: string, fetch: Fetch): Promise<readonly Exchange[]> => {
  const response = await fetch(new Request(`${url.replace(/(?<!\/)\/+$/, '')}/_mock/journal?limit=${LIMIT}`))
  const text = await response.text()
  if (response.status !== 200)
    throw new HarnessError(`GET /_mock/journal answered HTTP ${response.status} ${text.slice(0, 200)}`)
  const { entries } = page.parse(JSON.parse(text))
  return entries
    .filter(({ call, path }) => call !== 'payer' && !path.startsWith('/_mock'))
    .map(exchangeOf)
    .reverse()
}

/** The journal masks keys, so that only the form of Authorization can be judged. An answer that was not delivered counts as not received. */
const exchangeOf = ({ method, path, call, request, response, fault }: z.output<typeof entry>): Exchange => {
  const { status, body } = response
  const sent = status === null ? undefined : { status, headers: {}, body: body ?? '' }
  return {
    method,
    url: path,
    headers: request.headers,
    body: Buffer.from(request.body ?? ''),
    bodyCut: request.body_cut,
    call: call !== null && Object.hasOwn(endpoints, call) ? (call as EndpointName) : undefined,
    received: response.delivered ? sent : undefined,
    ...(sent ? { answer: sent } : {}),
    ...(fault ? { fault: fault.fault } : {}),
  }
}

import type { IncomingMessage } from 'node:http'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { serve } from '../checkout/browser.ts'
import { approval, authenticated, payer, readied } from '../flow.ts'
import { call, KEY } from '../merchant.ts'

/** A call that Specmatic expected another status class of, and the rule by which it was refused. */
export interface Surprise {
  readonly call: string
  readonly expected: string
  readonly status: number
  readonly rule: string | undefined
}

const { approve, subscription } = endpoints
const TID = approve.example.request['tid'] as string
const PG_TOKEN = approve.example.request['pg_token'] as string
const SID = subscription.example.request['sid'] as string
const USER = subscription.example.request['partner_user_id'] as string

const CONTROL = { 'content-type': 'application/json' }

/** A state in which the documented example of a call is accepted: its ids are put in the place of those that were issued. */
const stateFor = async (name: EndpointName): Promise<string | undefined> => {
  if (name === 'ready') return undefined
  const mock = createMock()
  const exported = async (ids: Readonly<Record<string, string>>) => {
    const text = await (await mock.request('/_mock/state')).text()
    return Object.entries(ids).reduce((state, [issued, documented]) => state.replaceAll(issued, documented), text)
  }
  if ('tid' in endpoints[name].example.request) {
    const { tid, pg_token } = await authenticated(mock)
    if (name !== 'approve') await call(mock, 'approve', approval(tid, pg_token))
    return exported({ [tid]: TID, [pg_token]: PG_TOKEN })
  }
  const subscribed = { cid: 'TCSUBSCRIP', partner_user_id: USER }
  const tid = await readied(mock, subscribed)
  const { pg_token } = await payer(mock, tid, 'approve')
  const { body } = await call(mock, 'approve', approval(tid, pg_token, subscribed))
  return exported({ [String(body['sid'])]: SID })
}

/**
 * The server that Specmatic tests: each request meets a mock of its own in the state in which the documented example is accepted, since
 * Specmatic's requests know nothing of each other. It keeps those whose answer was not what Specmatic expected.
 */
export const startSubject = async () => {
  const states = new Map<string, string | undefined>()
  for (const name of Object.keys(endpoints) as EndpointName[]) states.set(endpoints[name].path, await stateFor(name))
  const surprises: Surprise[] = []
  const server = await serve(async (incoming, outgoing) => {
    const path = incoming.url ?? '/'
    const mock = createMock({ strict: true })
    const state = states.get(path)
    if (state) await mock.request('/_mock/state', { method: 'PUT', headers: CONTROL, body: state })
    const answer = await mock.request(path, await initOf(incoming))
    const expected = String(incoming.headers['specmatic-response-code'] ?? '')
    if (expected !== '' && expected.startsWith('2') !== answer.ok)
      surprises.push({ call: path.split('/').at(-1) ?? '', expected, status: answer.status, rule: await ruleOf(mock) })
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
  return { ...server, surprises, authorization: `SECRET_KEY ${KEY}` }
}

const initOf = async (incoming: IncomingMessage): Promise<RequestInit> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = 'GET' } = incoming
  const headers = incoming.headers as Record<string, string>
  return method === 'GET' || method === 'HEAD' ? { method, headers } : { method, headers, body: Buffer.concat(chunks) }
}

const ruleOf = async (mock: Mock): Promise<string | undefined> => {
  const { entries } = (await (await mock.request('/_mock/journal')).json()) as {
    entries: { refusal: { rule: string } | null }[]
  }
  return entries[0]?.refusal?.rule
}

import type { EndpointName } from '../../../contracts/index.ts'
import { type Answer, readAnswer } from '../answer.ts'
import type { CallStep } from '../fixture.ts'
import { judgeEveryAnswer } from '../judge.ts'
import { buildRequest, type SentRequest } from '../request.ts'
import type { BrokenRule } from '../result.ts'
import type { ServerFlow } from '../server-flow.ts'
import { parseJson } from '../template.ts'
import { unchanged } from './ledger.ts'

type Body = Readonly<Record<string, unknown>>

/** What the kit looks up beside a flow's own steps: the payment or subscription that a call is about, by order or status. */
interface LookUp {
  readonly call: Extract<EndpointName, 'order' | 'status'>
  readonly send: Body
}

const bodyOfRequest = ({ body }: SentRequest): Body | undefined => {
  const json = typeof body === 'string' ? parseJson(body) : undefined
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Body) : undefined
}

/** Whether the flow's calls can be followed: they run one by one, and no answer was lost. */
const isFollowed = ({ times, expect, path, method }: CallStep, { ledger }: ServerFlow): boolean =>
  !ledger.stopped() &&
  times === undefined &&
  expect.status !== 0 &&
  !expect.cut &&
  path === undefined &&
  method === undefined

const lookUpOf = (sent: Body, { ledger, target }: ServerFlow): LookUp | undefined => {
  if (!target.extraCalls) return undefined
  const payment = ledger.payment(sent['tid'])
  if (payment) return { call: 'order', send: { cid: payment.cid, ...payment.secret, tid: payment.tid } }
  const subscription = ledger.subscription(sent['sid'])
  return (
    subscription && { call: 'status', send: { cid: subscription.cid, ...subscription.secret, sid: subscription.sid } }
  )
}

const lookUp = async ({ call, send }: LookUp, flow: ServerFlow): Promise<Answer> => {
  const { session, target } = flow
  const request = buildRequest({ call, send, lenient: true, expect: { status: 200 } }, session.key, {})
  const began = performance.now()
  const response = await session.fetch(
    new Request(target.url + request.path, {
      method: request.method,
      headers: request.headers,
      body: request.body as string,
      signal: AbortSignal.timeout(target.timeoutMs),
    }),
  )
  return readAnswer(response, began)
}

/** What order or status answers before a call that is to be refused; undefined where there is nothing to compare. */
export const before = async (step: CallStep, sent: SentRequest, flow: ServerFlow): Promise<unknown> => {
  const body = bodyOfRequest(sent)
  if (!body || step.expect.status < 400 || !isFollowed(step, flow)) return undefined
  const found = lookUpOf(body, flow)
  return found && (await lookUp(found, flow)).json
}

/** Judges what a call did, by the ledger and by a look at the payment afterwards. */
export const after = async (
  step: CallStep,
  sent: SentRequest,
  answer: Answer,
  flow: ServerFlow,
  lookedUpBefore: unknown,
): Promise<readonly BrokenRule[]> => {
  const body = bodyOfRequest(sent)
  if (!body || !isFollowed(step, flow)) return []
  if (answer.status >= 400) return afterRefusal(body, flow, lookedUpBefore)
  if (answer.status !== 200) return []
  const to = Date.now() + flow.ahead
  const accepted = { call: step.call, sent: body, answer, from: to - answer.ms, to }
  const found = flow.ledger.accept(accepted)
  const tid = step.call === 'subscription' ? (answer.json as Body | undefined)?.['tid'] : body['tid']
  const movesMoney = step.call === 'approve' || step.call === 'cancel' || step.call === 'subscription'
  return movesMoney ? [...found, ...(await lookAfter({ tid }, flow))] : found
}

const afterRefusal = async (body: Body, flow: ServerFlow, lookedUpBefore: unknown): Promise<readonly BrokenRule[]> => {
  const found = lookedUpBefore === undefined ? undefined : lookUpOf(body, flow)
  if (!found) return []
  return unchanged(lookedUpBefore, (await lookUp(found, flow)).json, Date.now())
}

/** Asks order for what a call has just done: it must say the same. */
const lookAfter = async (body: Body, flow: ServerFlow): Promise<readonly BrokenRule[]> => {
  const found = lookUpOf(body, flow)
  if (found?.call !== 'order') return []
  const answer = await lookUp(found, flow)
  const step = { call: 'order', expect: { status: 200 } } as const
  if (answer.status !== 200)
    return flow.ledger.payment(body['tid'])
      ? unchanged({ 'status of order': 200 }, { 'status of order': answer.status }, Date.now())
      : []
  const now = Date.now() + flow.ahead
  return [
    ...judgeEveryAnswer(answer, step),
    ...flow.ledger.accept({ call: 'order', sent: found.send, answer, from: now, to: now }),
  ]
}

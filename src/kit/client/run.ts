import { HarnessError } from '../errors.ts'
import { type CallStep, type Fixture, isCall, type PayerStep } from '../fixture.ts'
import {
  caseName,
  FlowEnded,
  type FlowState,
  keepAnswer,
  keepRedirect,
  preparedPayment,
  resultOf,
  runSteps,
  Unsupported,
} from '../flow.ts'
import type { Payer } from '../payer.ts'
import type { Result } from '../result.ts'
import type { Session } from '../target.ts'
import { parseJson, resolveTemplate } from '../template.ts'
import type { AnswerChange } from './answer-change.ts'
import type { Driver, NoReport } from './driver.ts'
import { failureOf } from './failure.ts'
import { type Asked, judgeOutput, judgeReported, judgeRequests } from './judge.ts'
import type { Report } from './protocol.ts'
import type { RecordingProxy } from './recording-proxy.ts'
import { clientRules, type Finding } from './rules.ts'
import { judgeExchange, type Secret } from './sent.ts'

/** All that a client's flow needs: the client's driver, the recording proxy in front of the server, and the payer. */
export interface ClientFlowDeps {
  readonly driver: Driver
  readonly proxy: RecordingProxy
  readonly session: Session
  readonly payer: Payer
  readonly shop: string
  /** The time-out that the client was given, in ms. */
  readonly timeoutMs: number
  /** Time beyond the time-out after which the next call counts as hanging, in ms: a runtime may have to start first. */
  readonly grace: () => number
  /** The number of the next call; counts on from flow to flow. */
  readonly nextId: () => number
}

interface ClientFlow extends FlowState {
  readonly deps: ClientFlowDeps
  readonly secrets: readonly Secret[]
  /** Reports by request, so that a client may answer a repeated one from memory. */
  readonly reports: Map<string, Report>
}

/** Whether the client can be asked again: after a failure it may have ended, or report late. */
export interface ClientFlowResult {
  readonly result: Result
  readonly usable: boolean
}

/** Runs one flow with a client. Never rejects: what goes wrong is in the result. */
export const runClientFixture = async (fixture: Fixture, deps: ClientFlowDeps): Promise<ClientFlowResult> => {
  const { shop, session, timeoutMs, proxy } = deps
  // Ids of its own in every run: a client may remember what it has seen.
  const name = `${caseName(fixture.id)}-${deps.nextId()}`.slice(-60)
  const half_timeout_ms = Math.round(timeoutMs / 2)
  const flow: ClientFlow = {
    fixture,
    deps,
    secrets: [{ value: session.key, name: 'secret key' }],
    variables: { case: name, shop, half_timeout_ms, filler: 'x'.repeat(100 - name.length) },
    prepared: undefined,
    failures: [],
    reports: new Map(),
  }
  const result = await resultOf(flow, async () => {
    await runSteps(flow, {
      call: (step, number) => (step.times === undefined ? call(step, number, flow) : parallel(step, number, flow)),
      payer: (step) => payerStep(step, flow),
      advanceClock: () => Promise.reject(new HarnessError('a client’s flow cannot advance a clock')),
      page: () => Promise.reject(new HarnessError('a client’s flow opens no page')),
      armFault: async (fault) => proxy.armFault(fault),
      changeAnswer: async (change) => proxy.changeAnswer(change as unknown as AnswerChange),
    })
    const unused = proxy.disarm()
    if (unused.length > 0) throw new HarnessError(`${unused.join(', ')} met no call`)
  })
  proxy.disarm()
  return { result, usable: result.outcome === 'passed' || result.outcome === 'not evaluated' }
}

const payerStep = async (step: PayerStep, flow: ClientFlow) => {
  const { payer, session, proxy } = flow.deps
  keepRedirect(flow, step, await payer.act(step, preparedPayment(flow), session, proxy.url))
}

/** Parts of a step that a driver cannot be asked for: it makes calls, and does not send bytes. */
const impossible = ['raw', 'headers', 'method', 'path', 'query', 'lenient', 'as'] as const

/** Asks the driver for a call and returns what it reported and what was recorded meanwhile. */
const ask = async (step: CallStep, flow: ClientFlow, variables: FlowState['variables']): Promise<Asked> => {
  const trait = impossible.find((name) => step[name] !== undefined)
  if (trait) throw new HarnessError(`a client cannot be asked for ${trait}`)
  const { driver, proxy, timeoutMs, grace, nextId } = flow.deps
  const params = resolveTemplate(step.send ?? {}, variables) as Readonly<Record<string, unknown>>
  const from = proxy.exchanges.length
  const report = await driver.ask({ id: nextId(), call: step.call, params }, timeoutMs + grace())
  const seen = proxy.exchanges.slice(from)
  const own = seen.find((exchange) => exchange.call === step.call) ?? seen[0]
  const mayGiveUp = own?.fault === 'slow-drip' && flow.fixture.rules.includes('client.whole-timeout')
  return { step, params, report, seen, own, variables, mayGiveUp }
}

/** Adds findings about a step, and ends the flow where one counts. */
const failing = (flow: ClientFlow, number: number, asked: Asked) => (findings: readonly Finding[]) => {
  const { driver, proxy } = flow.deps
  if (findings.length === 0) return
  flow.failures.push(failureOf({ ...flow, driver, proxy, ...asked, number, findings }))
  if (findings.some(({ rule }) => clientRules[rule].level === 'must')) throw new FlowEnded()
}

const call = async (step: CallStep, number: number, flow: ClientFlow): Promise<void> => {
  const asked = await ask(step, flow, flow.variables)
  const { report, seen, own } = asked
  const fail = failing(flow, number, asked)
  fail(judgeOutput(flow.deps.driver.output(), report, flow.secrets))
  fail(seen.flatMap((each) => judgeExchange(each, flow.secrets)).filter((found) => counts(found, flow.fixture)))
  fail(judgeRequests(asked))
  if (report.kind === 'no report') return fail([noReport(asked, report)])
  if (report.kind === 'unsupported') throw new Unsupported(`the client has no ${step.call}`)
  if (own?.answer) keepAnswer(flow, step, own.answer.status, parseJson(own.answer.body))
  const remembered = isRemembered(asked, report, flow)
  if (!own && remembered) return undefined
  return fail(judgeReported(asked, report, flow.variables))
}

/** Asks for several calls at once, each with its own `{{n}}`: no report may be about another call's answer. */
const parallel = async (step: CallStep, number: number, flow: ClientFlow): Promise<void> => {
  const from = flow.deps.proxy.exchanges.length
  const all = await Promise.all(
    Array.from({ length: step.times ?? 1 }, (_, i) => ask(step, flow, { ...flow.variables, n: i + 1 })),
  )
  const seen = flow.deps.proxy.exchanges.slice(from)
  for (const asked of all) {
    const { partner_order_id: id } = asked.params
    const own = seen.find(
      ({ body }) => (parseJson(body.toString()) as { partner_order_id?: unknown })?.partner_order_id === id,
    )
    const mine = { ...asked, own, seen: own ? [own] : [] }
    const fail = failing(flow, number, mine)
    if (asked.report.kind === 'no report') fail([noReport(mine, asked.report)])
    else if (asked.report.kind === 'unsupported') throw new Unsupported(`the client has no ${step.call}`)
    else {
      fail(judgeRequests(mine))
      fail(judgeReported(mine, asked.report, asked.variables))
    }
  }
}

/** True where an approve that was reported before is reported the same: a client may remember it instead of sending it again. */
const isRemembered = ({ step, params }: Asked, report: Report, { reports }: ClientFlow): boolean => {
  const request = JSON.stringify([step.call, params])
  const before = reports.get(request)
  reports.set(request, report)
  return step.call === 'approve' && before?.kind === 'result' && JSON.stringify(before) === JSON.stringify(report)
}

/** These count only in the flows that are about them, as `should` rules do: elsewhere they would hide what the flow is about. */
const harmless: ReadonlySet<string> = new Set(['client.unknown-field'])

const counts = ({ rule }: Finding, { rules }: Fixture) =>
  rules.includes(rule) || (clientRules[rule].level === 'must' && !harmless.has(rule))

/** A client that does not report while nothing answers it has no time-out; otherwise it is broken in itself. */
const noReport = ({ own }: Asked, { reason }: NoReport): Finding => {
  const hangs = own?.fault?.endsWith('hang')
  const drips = own?.fault === 'slow-drip'
  return {
    rule: hangs ? 'client.bounded' : drips ? 'client.whole-timeout' : 'client.alive',
    at: 'driver',
    expected: 'a report',
    actual: reason,
  }
}

/** The flows that are about a client, and that a client can be asked for. */
export const forClients = (fixtures: readonly Fixture[]): readonly Fixture[] =>
  fixtures.filter((fixture) => fixture.for !== 'server' && fixture.steps.some(isCall))

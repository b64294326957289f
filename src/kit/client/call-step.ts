import { HarnessError } from '../errors.ts'
import type { CallStep, Fixture } from '../fixture.ts'
import { FlowEnded, type FlowState, keepAnswer, Unsupported } from '../flow.ts'
import { parseJson, resolveTemplate } from '../template.ts'
import type { ClientFlow } from './client-flow.ts'
import type { NoReport } from './driver.ts'
import { failureOf } from './failure.ts'
import { type Asked, hasDecided, judgeReported, judgeRequests } from './judge.ts'
import type { Report } from './protocol.ts'
import { clientRules, type Finding } from './rules.ts'
import { judgeOutput } from './secrets.ts'
import { judgeExchange } from './sent.ts'

/** Parts of a step that a driver cannot be asked for: it makes calls, and does not send bytes. */
const impossible = ['raw', 'headers', 'method', 'path', 'query', 'lenient', 'as'] as const

/** Asks the driver for a call and returns what it reported and what was recorded meanwhile. */
const ask = async (step: CallStep, flow: ClientFlow, variables: FlowState['variables']): Promise<Asked> => {
  const trait = impossible.find((name) => step[name] !== undefined)
  if (trait) throw new HarnessError(`a client cannot be asked for ${trait}`)
  const { driver, proxy, timeoutMs, grace, nextId } = flow.deps
  const { rules } = flow.fixture
  const params = resolveTemplate(step.send ?? {}, variables) as Readonly<Record<string, unknown>>
  const from = proxy.exchanges.length
  const report = await driver.ask({ id: nextId(), call: step.call, params }, timeoutMs + grace())
  const seen = proxy.exchanges.slice(from)
  const own = seen.find((exchange) => exchange.call === step.call) ?? seen[0]
  const mayGiveUp = own?.fault === 'slow-drip' && rules.includes('client.whole-timeout')
  const isDoubtful = rules.includes('client.doubt')
  return { step, params, report, seen, own, variables, mayGiveUp, isDoubtful, total: flow.prepared?.total_amount }
}

/** Adds findings about a step, and ends the flow where one counts. */
const fail = (flow: ClientFlow, number: number, asked: Asked, findings: readonly Finding[]) => {
  if (findings.length === 0) return
  const { driver } = flow.deps
  flow.failures.push(failureOf({ ...flow, ...asked, driver, number, findings, script: flow.script.text() }))
  if (findings.some(({ rule }) => clientRules[rule].level === 'must')) throw new FlowEnded()
}

/** What the client wrote and sent, whatever it reports. */
const judgeConduct = (flow: ClientFlow, number: number, asked: Asked) => {
  const { driver } = flow.deps
  const { report, seen, own, step } = asked
  for (const exchange of seen) flow.script.sent(exchange, exchange === own ? step : undefined, flow.variables)
  fail(flow, number, asked, judgeOutput({ stdout: driver.printed(), stderr: driver.output(), report }, flow.secrets))
  const findings = seen.flatMap((each) => judgeExchange(each, flow.secrets))
  const counted = findings.filter((found) => counts(found, flow.fixture))
  fail(flow, number, asked, counted)
  fail(flow, number, asked, judgeRequests(asked))
  if (report.kind === 'no report') fail(flow, number, asked, [noReport(asked, report)])
}

export const callStep = async (step: CallStep, number: number, flow: ClientFlow): Promise<void> => {
  if (step.times !== undefined) return parallelStep(step, number, flow)
  const asked = await ask(step, flow, flow.variables)
  const { report, own } = asked
  // Kept before it is judged: a script of the flow names what was kept.
  if (own?.answer) keepAnswer(flow, step, own.answer.status, parseJson(own.answer.body))
  judgeConduct(flow, number, asked)
  if (report.kind === 'no report') return
  if (report.kind === 'unsupported') throw new Unsupported(`the client has no ${step.call}`)
  const remembered = isRemembered(asked, report, flow)
  if (!own && remembered) return
  fail(flow, number, asked, judgeReported(asked, report, flow.variables))
  if (hasDecided(asked)) throw new Decided()
}

/** Ends a flow that the client has taken another way, rightly. */
export class Decided extends Error {}

/** Asks for several calls at once, each with its own `{{n}}`: no report may be about another call's answer. */
const parallelStep = async (step: CallStep, number: number, flow: ClientFlow): Promise<void> => {
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
    judgeConduct(flow, number, mine)
    if (mine.report.kind === 'no report') return
    if (mine.report.kind === 'unsupported') throw new Unsupported(`the client has no ${step.call}`)
    fail(flow, number, mine, judgeReported(mine, mine.report, asked.variables))
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

import { movesMoney } from '../../../contracts/index.ts'
import type { CallStep } from '../fixture.ts'
import { match, shown } from '../match.ts'
import { parseJson, resolveTemplate, type Variables } from '../template.ts'
import type { NoReport } from './driver.ts'
import type { Exchange } from './exchange.ts'
import { judgeFields } from './parameters.ts'
import type { Report } from './protocol.ts'
import { interpret, judgeBelief, judgeReport, mayHaveMoved, saysUnpaid } from './reported.ts'
import type { Finding } from './rules.ts'
import { isRedirected, parsedBody } from './sent.ts'

/** One call that a client was asked for: the request, its report, and what was recorded meanwhile. */
export interface Asked {
  readonly step: CallStep
  readonly params: Readonly<Record<string, unknown>>
  readonly report: Report | NoReport
  readonly seen: readonly Exchange[]
  /** The request that the step is about; undefined where the client sent none. */
  readonly own: Exchange | undefined
  readonly variables: Variables
  /** The flow is about an answer that never ends: giving up is right. */
  readonly mayGiveUp: boolean
  /** The flow is about refusals that do not say whether money moved. */
  readonly isDoubtful: boolean
  /** total_amount of the payment's ready. */
  readonly total: unknown
}

/** How often a call was sent, whether its parameters arrived, and which other calls were sent. */
export const judgeRequests = ({ step: { call }, params, seen, own, total }: Asked): readonly Finding[] => {
  if (!own) return []
  const sent = seen.filter((exchange) => exchange.call === call)
  const repeated = movesMoney.has(call) && sent.length > 1 && !isAskedAgain(call, seen)
  const again: Finding = { rule: 'client.once', at: `requests of ${call}`, expected: '1', actual: `${sent.length}` }
  const isLost = mayHaveMoved(call, own.received)
  return [
    ...judgeFields(params, own, total),
    ...(repeated ? [again] : []),
    ...seen
      .filter((exchange) => isUnasked(exchange, call, seen))
      .map(
        (exchange): Finding => ({
          rule: isLost ? 'client.lookup' : 'client.unasked',
          at: `request of ${exchange.call}`,
          expected: `no call but ${isLost ? 'order' : call}`,
          actual: shown(parsedBody(exchange)),
        }),
      ),
  ]
}

/** A call that changes something, and that nobody asked for: another one, or a second ready after one that was answered. */
const isUnasked = (exchange: Exchange, asked: string, seen: readonly Exchange[]): boolean => {
  const { call } = exchange
  if (call === undefined || call === 'order' || call === 'status') return false
  const before = seen.slice(0, seen.indexOf(exchange))
  if (call === asked)
    return call === 'ready' && before.some((each) => each.call === call && each.received?.status === 200)
  // A new payment is right where order has answered that the lost one is not paid.
  return !(call === 'ready' && asked === 'approve' && before.some(isLookup))
}

const isLookup = ({ call, received }: Exchange): boolean => call === 'order' && saysUnpaid(received)

/** An approve may be sent again after `order` has answered that the payment is not paid, a cancel after it has answered that nothing is cancelled. */
const isAskedAgain = (call: string, seen: readonly Exchange[]): boolean => {
  const places = seen.flatMap((exchange, i) => (exchange.call === call ? [i] : []))
  return places
    .slice(1)
    .every((place, i) => seen.slice((places[i] ?? 0) + 1, place).some((between) => allowsAgain(call, between)))
}

const allowsAgain = (call: string, lookup: Exchange): boolean => {
  if (call === 'approve') return isLookup(lookup)
  const { status } = (lookup.received?.status === 200 ? parseJson(lookup.received.body) : {}) as { status?: unknown }
  return call === 'cancel' && lookup.call === 'order' && status === 'SUCCESS_PAYMENT'
}

/** What the client reports, against what it received. */
export const judgeReported = (asked: Asked, report: Report, variables: Variables): readonly Finding[] => {
  const { step, own, seen } = asked
  const { call, expect } = step
  if (!own) {
    const actual = `none, and it reported ${shown(report)}`
    return [{ rule: 'client.alive', at: 'requests', expected: `a call of ${call}`, actual }]
  }
  const last = seen.findLast((exchange) => exchange.call === call) ?? own
  const lookup = seen.slice(seen.indexOf(last) + 1).findLast((exchange) => exchange.call === 'order')?.received
  const known = lookup && interpret('order', lookup)
  const order = known?.kind === 'result' ? known.json : undefined
  if (own.changed) return seen.some(isRedirected) ? [] : judgeChanged(report, last, order)
  if (asked.mayGiveUp && judgeReport(report, { kind: 'unknown' }, [], order).length === 0) return []
  if (own.fault === 'latency' && !own.received && report.kind === 'unknown') return [gaveUp]
  const unexpected = unexpectedAnswer(own, step, variables)
  // The flows are seen to hold for a correct client: that the server answers something else is the client's doing.
  if (unexpected !== undefined)
    return [{ rule: 'client.result', at: 'answer', expected: `HTTP ${expect.status}`, actual: unexpected }]
  const meaning = interpret(call, last.received)
  const belief = asked.isDoubtful ? judgeBelief(report, meaning, lookup) : []
  return [...belief, ...judgeReport(report, meaning, requiredOf(expect.body), order)]
}

/** The connection of an answer that came within the time-out was closed before. */
const gaveUp: Finding = {
  rule: 'client.patience',
  at: 'connection',
  expected: 'open until the answer, at half of the time-out',
  actual: 'closed by the client',
}

/** A client that asked order and then sent the call again has decided for itself: the rest of a flow supposes that it did not. */
export const hasDecided = ({ step: { call }, seen }: Asked): boolean =>
  movesMoney.has(call) && seen.filter((exchange) => exchange.call === call).length > 1

/** Where the server itself did not answer as the flow supposes. A fault's answer is judged by its own status. */
const unexpectedAnswer = (own: Exchange, { call, expect }: CallStep, variables: Variables): string | undefined => {
  const reply = own.answer ?? own.received
  if (!reply) return undefined
  if (reply.status !== expect.status)
    return `${call} was to be answered with HTTP ${expect.status}, and was with ${reply.status}: ${reply.body}`
  if (expect.body === undefined) return undefined
  const wanted = resolveTemplate(expect.body, variables)
  const [wrong] = match(wanted, parseJson(reply.body), { now: Date.now() }, 'body', expect.exact)
  return wrong && `the answer of ${call}: ${wrong.at} is ${wrong.actual}, expected ${wrong.expected}`
}

/** An answer that a gateway sent, or that contradicts the request: not a reason to report another success. */
const judgeChanged = (
  report: Report,
  { call, received, changed }: Exchange,
  order: Readonly<Record<string, unknown>> | undefined,
): readonly Finding[] => {
  if (!call || !received) return []
  // A client that has asked order may report what it said.
  if (order && judgeReport(report, { kind: 'unknown' }, [], order).length === 0) return []
  const meaning = interpret(call, received)
  if (changed?.set && meaning.kind === 'result') {
    if (report.kind !== 'result') return []
    return [
      {
        rule: 'client.verify',
        at: 'report',
        expected: `no result: ${Object.keys(changed.set).join(', ')} is not what was asked for`,
        actual: shown(report.result),
      },
    ]
  }
  const found = report.kind === 'unknown' ? [] : judgeReport(report, meaning, [], undefined)
  return changed?.duplicate ? found.map((finding) => ({ ...finding, rule: 'client.verify' as const })) : found
}

const requiredOf = (body: unknown): readonly string[] => Object.keys((body ?? {}) as object)

import { movesMoney } from '../../../contracts/index.ts'
import { HarnessError } from '../errors.ts'
import type { CallStep } from '../fixture.ts'
import { match, shown } from '../match.ts'
import { parseJson, resolveTemplate, type Variables } from '../template.ts'
import type { NoReport } from './driver.ts'
import type { Exchange } from './exchange.ts'
import type { Report } from './protocol.ts'
import { interpret, judgeReport } from './reported.ts'
import type { Finding } from './rules.ts'
import { judgeFields, parsedBody, type Secret } from './sent.ts'

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
}

/** The key in what the client wrote or reported: as it is, and as encodings that need no key to read. */
export const judgeOutput = (
  output: string,
  report: Report | NoReport,
  secrets: readonly Secret[],
): readonly Finding[] =>
  secrets.flatMap(({ value, name }) => {
    const places = [
      ['output', output],
      ['report', report.kind === 'no report' ? report.reason : JSON.stringify(report)],
    ] as const
    return places.flatMap(([at, text]): readonly Finding[] => {
      const found = encodings(value).find((encoded) => text.includes(encoded))
      if (found === undefined) return []
      const line = text.slice(Math.max(0, text.indexOf(found) - 40)).split('\n')[0] ?? ''
      return [
        { rule: 'client.secret', at, expected: 'without the secret key', actual: line.replace(found, `<${name}>`) },
      ]
    })
  })

/** A text, and the forms of it that anybody can decode. Base64 depends on where the text begins, so its start is cut to whole groups. */
export const encodings = (secret: string): readonly string[] => {
  const base64 = (text: string) =>
    Buffer.from(text)
      .toString('base64')
      .replace(/(?<!=)=+$/, '')
      .slice(0, -2)
  const hex = Buffer.from(secret).toString('hex')
  const shifted = [1, 2].map((offset) => base64(`${' '.repeat(offset)}${secret}`).slice(4))
  const all = [
    secret,
    secret.toLowerCase(),
    base64(secret),
    ...shifted,
    hex,
    hex.toUpperCase(),
    [...secret].reverse().join(''),
  ]
  return all.filter((text) => text.length >= 12)
}

/** How often a call was sent, whether its parameters arrived, and which other calls were sent. */
export const judgeRequests = ({ step: { call }, params, seen, own }: Asked): readonly Finding[] => {
  if (!own) return []
  const sent = seen.filter((exchange) => exchange.call === call)
  const repeated = movesMoney.has(call) && sent.length > 1 && !isAskedAgain(call, seen)
  const again: Finding = { rule: 'client.once', at: `requests of ${call}`, expected: '1', actual: `${sent.length}` }
  const others = seen.filter(
    (exchange) =>
      exchange.call !== undefined &&
      exchange.call !== call &&
      (movesMoney.has(exchange.call) || exchange.call === 'ready'),
  )
  const isLost = movesMoney.has(call) && interpret(call, own.received).kind === 'unknown'
  return [
    ...judgeFields(params, own),
    ...(repeated ? [again] : []),
    ...others.map(
      (exchange): Finding => ({
        rule: isLost ? 'client.lookup' : 'client.unasked',
        at: `request of ${exchange.call}`,
        expected: `no call but ${isLost ? 'order' : call}`,
        actual: shown(parsedBody(exchange)),
      }),
    ),
  ]
}

/** An approve may be sent again after `order` has answered that the payment is not paid. */
const isAskedAgain = (call: string, seen: readonly Exchange[]): boolean => {
  if (call !== 'approve') return false
  const places = seen.flatMap((exchange, i) => (exchange.call === call ? [i] : []))
  return places.slice(1).every((place, i) =>
    seen.slice((places[i] ?? 0) + 1, place).some(({ call: between, received }) => {
      const { status } = (received?.status === 200 ? parseJson(received.body) : {}) as { status?: unknown }
      return between === 'order' && typeof status === 'string' && !/SUCCESS|CANCEL|ISSUED/.test(status)
    }),
  )
}

/** What the client reports, against what it received. A flow needs the server's answer to be as expected, or it proves nothing. */
export const judgeReported = (asked: Asked, report: Report, variables: Variables): readonly Finding[] => {
  const { step, own, seen } = asked
  const { call, expect } = step
  if (!own) {
    const actual = `none, and it reported ${shown(report)}`
    return [{ rule: 'client.alive', at: 'requests', expected: `a call of ${call}`, actual }]
  }
  const last = seen.findLast((exchange) => exchange.call === call) ?? own
  if (own.changed) return judgeChanged(report, last)
  if (asked.mayGiveUp && report.kind === 'unknown') return []
  const unexpected = unexpectedAnswer(own, step, variables)
  // A refusal of what the flow asks for is about the client's request; anything else is the kit's own mistake.
  const isRefused = expect.status === 200 && (own.answer?.status ?? 0) >= 400
  if (unexpected !== undefined && isRefused)
    return [{ rule: 'client.result', at: 'answer', expected: `HTTP ${expect.status}`, actual: unexpected }]
  if (unexpected !== undefined) throw new HarnessError(unexpected)
  const meaning = interpret(call, last.received)
  const lookup = seen.slice(seen.indexOf(last) + 1).find((exchange) => exchange.call === 'order')?.received
  const known = lookup && interpret('order', lookup)
  return judgeReport(report, meaning, requiredOf(expect.body), known?.kind === 'result' ? known.json : undefined)
}

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
const judgeChanged = (report: Report, { call, received, changed }: Exchange): readonly Finding[] => {
  if (!call || !received) return []
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

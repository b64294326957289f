import { sources } from '../../../contracts/evidence.ts'
import { movesMoney } from '../../../contracts/index.ts'
import type { Exchange } from '../client/recording-proxy.ts'
import { meaningOf } from '../client/reported.ts'
import { type ClientRuleId, clientRules, type Finding } from '../client/rules.ts'
import { answerOf, bodyOf, curlOf, judgeExchange, masked, type Secret } from '../client/sent.ts'
import type { Failure, Result } from '../result.ts'

/** What can be seen from outside, without asking the client: the rules about requests, and what follows a lost answer. */
const watched = [
  'client.method',
  'client.path',
  'client.authorization',
  'client.content-type',
  'client.json',
  'client.contract',
  'client.types',
  'client.unknown-field',
  'client.secret',
  'client.once',
  'client.lookup',
] as const satisfies readonly ClientRuleId[]

/** Rules that only an answer that is lost after money may have moved puts to the test. */
const afterLoss: ReadonlySet<ClientRuleId> = new Set(['client.once', 'client.lookup'])

/** Offenders that a report shows of one rule. */
const MAX_SHOWN = 5

/** What is judged, as flows are: one check for each rule, with an id of its own. */
export interface TrafficCheck {
  readonly id: string
  readonly rule: ClientRuleId
}

export const trafficChecks: readonly TrafficCheck[] = watched.map((rule) => ({
  id: rule.replace('client.', 'traffic/'),
  rule,
}))

export interface Traffic {
  /** In the order in which they came in. */
  readonly exchanges: readonly Exchange[]
  readonly secrets: readonly Secret[]
  /** Where it was sent, for the line that repeats a request. */
  readonly url: string
}

interface Offence extends Finding {
  /** Its place in the traffic, from 0. */
  readonly place: number
}

/** Judges what any program sent. A rule that nothing put to the test is not evaluated, never passed. */
export const judgeTraffic = (traffic: Traffic, checks: readonly TrafficCheck[] = trafficChecks): readonly Result[] => {
  const started = performance.now()
  const { exchanges, secrets } = traffic
  const offences = [
    ...exchanges.flatMap((exchange, place) =>
      judgeExchange(exchange, secrets).map((finding): Offence => ({ ...finding, place })),
    ),
    ...judgeLosses(exchanges),
  ]
  const lost = exchanges.some(isLost)
  const each = (performance.now() - started) / checks.length
  return checks.map(({ id, rule }): Result => {
    const { sentence: title, level, evidence, source } = clientRules[rule]
    const about = { id, title, level, evidence, source, rules: [rule], ms: each }
    if (exchanges.length === 0) return { ...about, outcome: 'not evaluated', reason: 'nothing was sent' }
    if (afterLoss.has(rule) && !lost)
      return { ...about, outcome: 'not evaluated', reason: 'no answer was lost after money may have moved' }
    if (rule === 'client.secret' && secrets.length === 0)
      return { ...about, outcome: 'not evaluated', reason: 'the key itself is not known here' }
    const own = offences.filter((offence) => offence.rule === rule)
    return own.length === 0
      ? { ...about, outcome: 'passed' }
      : { ...about, outcome: 'failed', failure: failureOf(own, traffic) }
  })
}

/** A call after which money may have moved, and whose outcome the client cannot have heard. */
const isLost = ({ call, heard }: Exchange): boolean =>
  call !== undefined && movesMoney.has(call) && meaningOf(call, heard).kind === 'unknown'

/** For each lost answer: whether the same was sent again, and whether the order was looked up. */
const judgeLosses = (exchanges: readonly Exchange[]): readonly Offence[] =>
  exchanges.flatMap((exchange, place): readonly Offence[] => {
    if (!isLost(exchange)) return []
    const { tid } = bodyOf(exchange) ?? {}
    const after = exchanges.slice(place + 1)
    const lookup = after.findIndex((later) => later.call === 'order' && bodyOf(later)?.['tid'] === tid)
    const again = after.findIndex((later) => later.call === exchange.call && later.body.equals(exchange.body))
    const repeated = again >= 0 && (lookup < 0 || again < lookup)
    // A subscription payment's tid is in the very answer that is lost: there is nothing to look up.
    const forgotten = lookup < 0 && exchange.call !== 'subscription'
    return [
      ...(repeated
        ? [offence('client.once', place, `${exchange.call} once`, `sent again as request ${place + again + 2}`)]
        : []),
      ...(forgotten ? [offence('client.lookup', place, `order of ${String(tid)} afterwards`, 'never asked')] : []),
    ]
  })

const offence = (rule: ClientRuleId, place: number, expected: string, actual: string): Offence => ({
  rule,
  at: 'after a lost answer',
  expected,
  actual,
  place,
})

const failureOf = (offences: readonly Offence[], { exchanges, secrets, url }: Traffic): Failure => {
  const [first] = offences as readonly [Offence, ...Offence[]]
  const exchange = exchanges[first.place] as Exchange
  const { rule } = first
  const { sentence, evidence, source } = clientRules[rule]
  const more = offences.length - MAX_SHOWN
  const hidden = { at: 'and more', expected: 'none', actual: `${more} more that break this rule` }
  return {
    step: first.place + 1,
    act: `${exchange.method} ${masked(exchange.url, secrets)}`,
    promises: [{ id: rule, sentence, evidence, source: sources[source] }],
    differences: [
      ...offences.slice(0, MAX_SHOWN).map(({ at, expected, actual, place }) => ({
        at: `request ${place + 1}: ${at}`,
        expected,
        actual: masked(actual, secrets),
      })),
      ...(more > 0 ? [hidden] : []),
    ],
    curl: curlOf(exchange, url, secrets),
    answer: answerOf(exchange, secrets),
  }
}

import type { Exchange } from '../client/exchange.ts'
import { brokenRule } from '../client/failure.ts'
import { type ClientRuleId, clientRules } from '../client/rules.ts'
import { masked, type Secret } from '../client/secrets.ts'
import { answerOf, curlOf, judgeExchange } from '../client/sent.ts'
import type { Failure, Result } from '../result.ts'
import { isDoubted, isLost, judgeSequence, type Offence } from './sequence.ts'

/** Rules that can be judged by the requests alone, without asking the client. */
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
  'client.doubt',
  'client.doubled',
  'client.accepted',
  'client.consistent',
  'client.vat',
  'client.whole-won',
] as const satisfies readonly ClientRuleId[]

/** Rules that only a lost answer, after money may have moved, puts to the test. */
const afterLoss: ReadonlySet<ClientRuleId> = new Set(['client.once', 'client.lookup'])

/** Broken requests that a report shows of one rule. */
const MAX_SHOWN = 5

/** What is judged: one check for each rule, with an id of its own. */
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

/** Judges what any program sent. A rule that nothing put to the test is not evaluated, never passed. */
export const judgeTraffic = (traffic: Traffic, checks: readonly TrafficCheck[] = trafficChecks): readonly Result[] => {
  const started = performance.now()
  const { exchanges, secrets } = traffic
  const single = exchanges.flatMap((exchange, place) =>
    judgeExchange(exchange, secrets).map((finding): Offence => ({ ...finding, place })),
  )
  // A request that breaks a rule of its own is refused for that.
  const places = new Set(single.map(({ place }) => place))
  const sequence = judgeSequence(exchanges).filter(
    ({ rule, place }) => rule !== 'client.accepted' || !places.has(place),
  )
  const offences = [...single, ...sequence]
  const lost = exchanges.some(isLost)
  const each = (performance.now() - started) / checks.length
  return checks.map(({ id, rule }): Result => {
    const { sentence: title, level, evidence, source } = clientRules[rule]
    const about = { id, title, level, evidence, source, rules: [rule], ms: each }
    const own = offences.filter((offence) => offence.rule === rule)
    if (own.length > 0) return { ...about, outcome: 'failed', failures: [failureOf(own, traffic)] }
    if (exchanges.length === 0) return { ...about, outcome: 'not evaluated', reason: 'nothing was sent' }
    if (afterLoss.has(rule) && !lost)
      return { ...about, outcome: 'not evaluated', reason: 'no answer was lost after money may have moved' }
    if (rule === 'client.doubt' && !exchanges.some(isDoubted))
      return { ...about, outcome: 'not evaluated', reason: 'no refusal left it open whether money moved' }
    if (rule === 'client.secret' && secrets.length === 0)
      return { ...about, outcome: 'not evaluated', reason: 'the key itself is not known here' }
    return { ...about, outcome: 'passed' }
  })
}

const failureOf = (offences: readonly Offence[], { exchanges, secrets, url }: Traffic): Failure => {
  const [first] = offences as readonly [Offence, ...Offence[]]
  const exchange = exchanges[first.place] as Exchange
  const shown = offences
    .slice(0, MAX_SHOWN)
    .map(({ at, place, ...rest }) => ({ ...rest, at: `request ${place + 1}: ${at}` }))
  const rule = brokenRule(first.rule, shown, secrets)
  const more = offences.length - MAX_SHOWN
  const hidden = { at: 'and more', expected: 'none', actual: `${more} more that break this rule` }
  return {
    step: first.place + 1,
    action: `${exchange.method} ${masked(exchange.url, secrets)}`,
    requirements: [more > 0 ? { ...rule, differences: [...rule.differences, hidden] } : rule],
    script: curlOf(exchange, url, secrets),
    answer: answerOf(exchange, secrets),
  }
}

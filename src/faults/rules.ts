import type * as z from 'zod'
import { endpoints } from '../../contracts/index.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import type { RandomSource } from '../payment/ids.ts'
import { type FaultSpec, faultTypes } from './fault-types.ts'
import type { FaultRuleInput, match, when } from './rule.ts'

export type Match = z.output<typeof match>
export type When = z.output<typeof when>

/** A fault rule as it is armed: which calls it matches, when it fires, what it does. */
export interface FaultRuleSpec {
  readonly name: string | null
  /** Public name; null: every namespace. */
  readonly namespace: string | null
  readonly match: Match
  readonly when: When
  readonly do: FaultSpec
}

export interface Hit {
  /** Epoch ms of the system's clock. */
  readonly at: number
  /** ULID of the journal's entry; null where the journal is off. */
  readonly journal: string | null
  readonly call: string
  readonly tid: string | null
  readonly money_moved: boolean
}

export interface FaultRule extends FaultRuleSpec {
  readonly id: string
  readonly armed_at: number
  matched: number
  fired: number
  last_fired: readonly Hit[]
}

/** The fields of a call that a fault rule matches; undefined where the call does not have one. Amounts in KRW. */
export interface CallFacts {
  readonly namespace: string
  readonly call: string
  readonly cid: string | undefined
  readonly order_id: string | undefined
  readonly tid: string | undefined
  readonly amount: number | undefined
}

export interface FaultRules {
  /** Undefined where the limit is reached. */
  arm(spec: FaultRuleSpec): FaultRule | undefined
  list(namespace?: string): readonly FaultRule[]
  find(id: string): FaultRule | undefined
  disarm(id: string): boolean
  clear(namespace?: string): number
  /** Whether any fault rule is armed, so that a call without faults skips the search. */
  readonly armed: boolean
  /** The first fault rule in the order of arming whose turn it is. Counts the match, and the hit. */
  claim(facts: CallFacts): FaultRule | undefined
  fired(rule: FaultRule, hit: Hit): void
  readonly limit: number
}

/** Hits that are kept per rule. */
export const MAX_HITS = 20

export const isArmed = ({ when, fired }: FaultRule): boolean => {
  if (when === 'next') return fired === 0
  return typeof when === 'string' || !('next' in when) || fired < when.next
}

/** Random bytes for one draw: enough for any probability that JSON can hold in a few digits. */
const DRAW_BYTES = 6

/** Whether the match that was just counted is one that fires. */
const isTurn = ({ when, matched }: FaultRule, random: RandomSource): boolean => {
  if (typeof when === 'string' || 'next' in when) return true
  if ('every' in when) return matched % when.every === 0
  return Number.parseInt(random.hex(DRAW_BYTES), 16) / 2 ** (8 * DRAW_BYTES) < when.probability
}

/** `*` stands for any text. Not a regular expression: a client's pattern must not cost unbounded time. */
export const fits = (pattern: string, text: string): boolean => {
  const parts = pattern.split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return pattern === text
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

const matches = ({ namespace, match, do: spec }: FaultRule, facts: CallFacts): boolean => {
  const { call, cid, order_id, tid, amount, min_amount, max_amount } = match
  const isPayerSide = faultTypes[spec.fault].side === 'payer'
  return (
    isPayerSide === (facts.call === 'payer') &&
    (namespace === null || namespace === facts.namespace) &&
    (call === undefined || call === facts.call) &&
    (cid === undefined || cid === facts.cid) &&
    (tid === undefined || tid === facts.tid) &&
    (order_id === undefined || (facts.order_id !== undefined && fits(order_id, facts.order_id))) &&
    (amount === undefined || amount === facts.amount) &&
    (min_amount === undefined || (facts.amount !== undefined && facts.amount >= min_amount)) &&
    (max_amount === undefined || (facts.amount !== undefined && facts.amount <= max_amount))
  )
}

export const createFaultRules = (options: {
  readonly random: RandomSource
  readonly now: () => number
  readonly limit: number
}): FaultRules => {
  const { random, now, limit } = options
  const byId = new Map<string, FaultRule>()
  return {
    limit,
    get armed() {
      return byId.size > 0
    },
    arm(spec) {
      if (byId.size >= limit) return undefined
      const id = `fault_${random.hex(6)}`
      const rule: FaultRule = { id, ...spec, armed_at: now(), matched: 0, fired: 0, last_fired: [] }
      byId.set(id, rule)
      return rule
    },
    list: (namespace) =>
      [...byId.values()].filter((s) => namespace === undefined || s.namespace === null || s.namespace === namespace),
    find: (id) => byId.get(id),
    disarm: (id) => byId.delete(id),
    clear(namespace) {
      const gone = [...byId.values()].filter((s) => namespace === undefined || s.namespace === namespace)
      for (const { id } of gone) byId.delete(id)
      return gone.length
    },
    claim(facts) {
      for (const rule of byId.values()) {
        if (!isArmed(rule) || !matches(rule, facts)) continue
        rule.matched++
        if (!isTurn(rule, random)) continue
        rule.fired++
        return rule
      }
      return undefined
    },
    fired(rule, hit) {
      rule.last_fired = [...rule.last_fired, hit].slice(-MAX_HITS)
    },
  }
}

/** A checked input as it is armed; `namespace` where the call itself names one, which wins. */
export const toRuleSpec = (input: FaultRuleInput, namespace: string | null): FaultRuleSpec => ({
  name: input.name ?? null,
  namespace: namespace ?? (input.namespace === undefined ? null : nameOf(input.namespace)),
  match: input.match,
  when: input.when,
  do: input.do as FaultSpec,
})

/** What a fault rule may name as its call. */
const calls: readonly string[] = [...Object.keys(endpoints), 'payer']

/**
 * Why a fault rule could never fire, or would do nothing; undefined where it can and does. A misspelt call that is armed without an error would
 * let a test pass that tests nothing.
 */
export const neverFires = ({ match, do: spec }: Pick<FaultRuleSpec, 'match' | 'do'>): string | undefined => {
  const { side = 'call' } = faultTypes[spec.fault]
  const { amount, min_amount = 0, max_amount = Number.POSITIVE_INFINITY } = match
  if (min_amount > max_amount) return 'match.min_amount is above match.max_amount: no call is both.'
  if (amount !== undefined && (amount < min_amount || amount > max_amount))
    return 'match.amount is not from match.min_amount to match.max_amount: no call is both.'
  if (spec.fault === 'latency' && !(spec.fixed ?? spec.uniform ?? spec.normal))
    return 'latency needs fixed, uniform or normal: without one it is no delay.'
  if (match.call !== undefined && !calls.includes(match.call)) return `match.call must be one of ${calls.join(', ')}.`
  if (match.call === 'payer' && side !== 'payer') return `${spec.fault} matches calls of the API, not the payer.`
  if (match.call !== undefined && match.call !== 'payer' && side === 'payer')
    return `${spec.fault} matches the payer: leave match.call out.`
  return undefined
}

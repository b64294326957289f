import type * as z from 'zod'
import type { Deed } from '../../contracts/control/faults.ts'
import type { match, ScenarioInput, when } from '../../contracts/control/scenarios.ts'
import { endpoints } from '../../contracts/index.ts'
import type { Chance } from '../payment/ids.ts'
import { nameOf } from './namespaces.ts'

export type Match = z.output<typeof match>
export type When = z.output<typeof when>

/** What a test arms: which calls, when, what to do to them. */
export interface Arming {
  readonly name: string | null
  /** Public name; null: every namespace. */
  readonly namespace: string | null
  readonly match: Match
  readonly when: When
  readonly do: Deed
}

export interface Firing {
  /** Epoch ms of the system's clock. */
  readonly at: number
  /** ULID of the journal's entry; null where the journal is off. */
  readonly journal: string | null
  readonly call: string
  readonly tid: string | null
  readonly money_moved: boolean
}

export interface Scenario extends Arming {
  readonly id: string
  readonly armed_at: number
  matched: number
  fired: number
  last_fired: readonly Firing[]
}

/** What a scenario looks at in a call; undefined where the call does not have it. Amounts in KRW. */
export interface Seen {
  readonly namespace: string
  readonly call: string
  readonly cid: string | undefined
  readonly order_id: string | undefined
  readonly tid: string | undefined
  readonly amount: number | undefined
}

export interface Scenarios {
  /** Undefined where there is no room for one more. */
  arm(arming: Arming): Scenario | undefined
  list(namespace?: string): readonly Scenario[]
  find(id: string): Scenario | undefined
  disarm(id: string): boolean
  clear(namespace?: string): number
  /** Whether any scenario is armed at all: what a call pays for scenarios that nobody uses. */
  readonly armed: boolean
  /** The first scenario in the order of arming whose turn it is. Counts the match, and the firing where it fires. */
  claim(seen: Seen): Scenario | undefined
  fired(scenario: Scenario, firing: Firing): void
  readonly limit: number
}

/** Firings that are remembered one by one. */
export const MAX_FIRINGS = 20

export const isArmed = ({ when, fired }: Scenario): boolean =>
  when === 'next' ? fired === 0 : when === 'always' || 'every' in when || fired < when.next

/** Whether the match that was just counted is one that fires. */
const isTurn = ({ when, matched }: Scenario): boolean =>
  typeof when === 'string' || 'next' in when || matched % when.every === 0

/** `*` stands for any text. Not a regular expression: a pattern that a client sends must not be able to take forever. */
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

const matches = ({ namespace, match, do: deed }: Scenario, seen: Seen): boolean => {
  const { call, cid, order_id, tid, amount, min_amount, max_amount } = match
  const payersSide = deed.fault === 'repeat-redirect'
  return (
    payersSide === (seen.call === 'payer') &&
    (namespace === null || namespace === seen.namespace) &&
    (call === undefined || call === seen.call) &&
    (cid === undefined || cid === seen.cid) &&
    (tid === undefined || tid === seen.tid) &&
    (order_id === undefined || (seen.order_id !== undefined && fits(order_id, seen.order_id))) &&
    (amount === undefined || amount === seen.amount) &&
    (min_amount === undefined || (seen.amount !== undefined && seen.amount >= min_amount)) &&
    (max_amount === undefined || (seen.amount !== undefined && seen.amount <= max_amount))
  )
}

export const createScenarios = (options: {
  readonly chance: Chance
  readonly now: () => number
  readonly limit: number
}): Scenarios => {
  const { chance, now, limit } = options
  const byId = new Map<string, Scenario>()
  return {
    limit,
    get armed() {
      return byId.size > 0
    },
    arm(arming) {
      if (byId.size >= limit) return undefined
      const id = `scenario_${chance.hex(6)}`
      const scenario: Scenario = { id, ...arming, armed_at: now(), matched: 0, fired: 0, last_fired: [] }
      byId.set(id, scenario)
      return scenario
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
    claim(seen) {
      for (const scenario of byId.values()) {
        if (!isArmed(scenario) || !matches(scenario, seen)) continue
        scenario.matched++
        if (!isTurn(scenario)) continue
        scenario.fired++
        return scenario
      }
      return undefined
    },
    fired(scenario, firing) {
      scenario.last_fired = [...scenario.last_fired, firing].slice(-MAX_FIRINGS)
    },
  }
}

/** A checked input as it is armed; `namespace` where the call itself names one, which wins. */
export const armingOf = (input: ScenarioInput, namespace: string | null): Arming => ({
  name: input.name ?? null,
  namespace: namespace ?? (input.namespace === undefined ? null : nameOf(input.namespace)),
  match: input.match,
  when: input.when,
  do: input.do as Deed,
})

/** What a scenario may name as its call. */
const calls: readonly string[] = [...Object.keys(endpoints), 'payer']

/**
 * Why a scenario could never fire, or would do nothing; undefined where it can and does. A misspelt call that is armed in silence would let
 * a test pass for nothing.
 */
export const neverFires = ({ match, do: deed }: Pick<Arming, 'match' | 'do'>): string | undefined => {
  const { amount, min_amount = 0, max_amount = Number.POSITIVE_INFINITY } = match
  if (min_amount > max_amount) return 'match.min_amount is above match.max_amount: no call is both.'
  if (amount !== undefined && (amount < min_amount || amount > max_amount))
    return 'match.amount is not from match.min_amount to match.max_amount: no call is both.'
  if (deed.fault === 'latency' && !(deed.fixed ?? deed.uniform ?? deed.normal))
    return 'latency needs fixed, uniform or normal: without one it is no delay.'
  if (match.call !== undefined && !calls.includes(match.call)) return `match.call must be one of ${calls.join(', ')}.`
  if (match.call === 'payer' && deed.fault !== 'repeat-redirect')
    return `${deed.fault} meets calls of the API, not the payer.`
  if (match.call !== undefined && match.call !== 'payer' && deed.fault === 'repeat-redirect')
    return 'repeat-redirect meets the payer: leave match.call out.'
  return undefined
}

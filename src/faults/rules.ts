import { endpoints } from '../../contracts/index.ts'
import { nameOf } from '../namespaces/namespaces.ts'
import type { RandomSource } from '../payment/ids.ts'
import type { Records } from '../store/records.ts'
import { type FaultSpec, faultTypes } from './fault-types.ts'
import { type CallFacts, isArmed, isTurn, matches } from './matching.ts'
import type { FaultRule, FaultRuleInput, FaultRuleSpec, Hit } from './rule.ts'

export { isArmed } from './matching.ts'
export type { FaultRule, FaultRuleSpec } from './rule.ts'

export interface FaultRules {
  /** Undefined where the limit is reached. With an id that is there already the rule stays as it is. */
  arm(spec: FaultRuleSpec, id?: string): Promise<FaultRule | undefined>
  list(namespace?: string): readonly FaultRule[]
  find(id: string): FaultRule | undefined
  disarm(id: string): Promise<boolean>
  clear(namespace?: string): Promise<number>
  /** Whether there is any fault rule, so that a call without faults skips the search. */
  readonly armed: boolean
  /** The first fault rule in the order of arming whose turn it is. Counts the match, and the hit: of all processes one gets it. */
  claim(facts: CallFacts): Promise<FaultRule | undefined>
  /** Not awaited here: the answer awaits the store's `saved`, which rejects when this fails. */
  fired(rule: FaultRule, hit: Hit): void
  /** Reads what an earlier run, or another process, has kept. */
  load(): Promise<void>
  readonly limit: number
}

/** Hits that are kept per rule. */
export const MAX_HITS = 20

const KIND = 'fault'

export const createFaultRules = (options: {
  readonly random: RandomSource
  readonly now: () => number
  readonly limit: number
  readonly records: Records
}): FaultRules => {
  const { random, now, limit, records } = options
  const byId = new Map<string, FaultRule>()
  const apply = (id: string, rule: FaultRule | undefined) => {
    if (rule) byId.set(id, rule)
    else byId.delete(id)
  }
  records.subscribe<FaultRule>(KIND, apply)

  const change = (id: string, to: (rule: FaultRule) => FaultRule | undefined) =>
    records.change<FaultRule>(KIND, id, (rule) => rule && to(rule))
  const disarm = async (id: string) => {
    let removed = false
    await change(id, () => {
      removed = true
      return undefined
    })
    return removed
  }
  /** Another process may have taken its turn since this one has read the rule. */
  const take = async (id: string): Promise<FaultRule | undefined> => {
    let isHit = false
    const taken = await change(id, (rule) => {
      const next = counted(rule, random)
      isHit = next.fired > rule.fired
      return next
    })
    return isHit && taken !== 'full' ? taken : undefined
  }

  return {
    limit,
    get armed() {
      return byId.size > 0
    },
    async load() {
      for (const rule of await records.list<FaultRule>(KIND)) apply(rule.id, rule)
    },
    async arm(spec, id = `fault_${random.hex(6)}`) {
      const rule: FaultRule = { id, ...spec, armed_at: now(), matched: 0, fired: 0, last_fired: [] }
      const kept = await records.change<FaultRule>(KIND, id, (current) => current ?? rule, limit)
      return kept === 'full' ? undefined : kept
    },
    list: (namespace) =>
      [...byId.values()].filter((s) => namespace === undefined || s.namespace === null || s.namespace === namespace),
    find: (id) => byId.get(id),
    disarm,
    async clear(namespace) {
      const gone = [...byId.values()].filter((s) => namespace === undefined || s.namespace === namespace)
      const removed = await Promise.all(gone.map(({ id }) => disarm(id)))
      return removed.filter(Boolean).length
    },
    async claim(facts) {
      for (const rule of byId.values()) {
        const taken = isArmed(rule) && matches(rule, facts) ? await take(rule.id) : undefined
        if (taken) return taken
      }
      return undefined
    },
    fired({ id }, hit) {
      const counted = change(id, (rule) => ({ ...rule, last_fired: [...rule.last_fired, hit].slice(-MAX_HITS) }))
      counted.catch(() => {})
    },
  }
}

/** The rule after one more match; the same where it is used up. */
const counted = (rule: FaultRule, random: RandomSource): FaultRule => {
  if (!isArmed(rule)) return rule
  const matched = { ...rule, matched: rule.matched + 1 }
  return isTurn(matched, random) ? { ...matched, fired: rule.fired + 1 } : matched
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

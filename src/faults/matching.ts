import type { RandomSource } from '../payment/ids.ts'
import { faultTypes } from './fault-types.ts'
import type { FaultRule } from './rule.ts'

/** The fields of a call that a fault rule matches; undefined where the call does not have one. Amounts in KRW. */
export interface CallFacts {
  readonly namespace: string
  readonly call: string
  readonly cid: string | undefined
  readonly order_id: string | undefined
  readonly tid: string | undefined
  readonly amount: number | undefined
}

export const isArmed = ({ when, fired }: FaultRule): boolean => {
  if (when === 'next') return fired === 0
  return typeof when === 'string' || !('next' in when) || fired < when.next
}

/** Random bytes for one draw: enough for any probability that JSON can hold in a few digits. */
const DRAW_BYTES = 6

/** Whether the match that was just counted is one that fires. */
export const isTurn = ({ when, matched }: FaultRule, random: RandomSource): boolean => {
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

export const matches = ({ namespace, match, do: spec }: FaultRule, facts: CallFacts): boolean => {
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

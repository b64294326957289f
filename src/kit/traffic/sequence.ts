import { movesMoney } from '../../../contracts/index.ts'
import { refusals } from '../../../contracts/refusals.ts'
import type { Exchange } from '../client/exchange.ts'
import { interpret } from '../client/reported.ts'
import type { ClientRuleId, Finding } from '../client/rules.ts'
import { parsedBody } from '../client/sent.ts'
import { shown } from '../match.ts'
import { parseJson } from '../template.ts'

/** A finding, and the place of its request in the traffic, from 0. */
export interface Offence extends Finding {
  readonly place: number
}

/** A call after which money may have moved, and whose outcome the client cannot have received. */
export const isLost = ({ call, received }: Exchange): boolean =>
  call !== undefined && movesMoney.has(call) && interpret(call, received).kind === 'unknown'

/** What several calls say together that one alone does not. */
export const judgeSequence = (exchanges: readonly Exchange[]): readonly Offence[] => [
  ...judgeLosses(exchanges),
  ...exchanges.flatMap(judgeRefused),
  ...judgeConsistency(exchanges),
  ...exchanges.flatMap(judgeAmounts),
]

/** For each lost answer: whether the same was sent again or paid anew, and whether the order was looked up. */
const judgeLosses = (exchanges: readonly Exchange[]): readonly Offence[] =>
  exchanges.flatMap((exchange, place): readonly Offence[] => {
    if (!isLost(exchange)) return []
    const { tid, partner_order_id: order } = parsedBody(exchange) ?? {}
    const after = exchanges.slice(place + 1)
    const lookup = after.findIndex((later) => later.call === 'order' && parsedBody(later)?.['tid'] === tid)
    const again = after.findIndex((later) => later.call === exchange.call && later.body.equals(exchange.body))
    const anew = after.findIndex((later) => later.call === 'ready' && parsedBody(later)?.['partner_order_id'] === order)
    const first = (found: number) => found >= 0 && (lookup < 0 || found < lookup)
    const at = 'after a lost answer'
    // The tid of a subscription payment is in the answer that is lost: there is nothing to look up.
    const forgotten = lookup < 0 && exchange.call !== 'subscription'
    return [
      ...(first(again)
        ? [offence('client.once', place, at, `${exchange.call} once`, `sent again as request ${place + again + 2}`)]
        : []),
      ...(exchange.call === 'approve' && first(anew)
        ? [
            offence(
              'client.lookup',
              place,
              at,
              `order of ${String(tid)}`,
              `ready for the same order as request ${place + anew + 2}`,
            ),
          ]
        : []),
      ...(forgotten ? [offence('client.lookup', place, at, `order of ${String(tid)} afterwards`, 'never asked')] : []),
    ]
  })

/** Refusals that say that the request itself was wrong. */
const wrongRequests: ReadonlySet<unknown> = new Set([
  refusals['authorization-missing'].error_code,
  refusals['not-found'].error_code,
  refusals['field-invalid'].error_code,
  refusals['amount-info-wrong'].error_code,
  refusals['order-id-differs'].error_code,
  refusals['user-id-differs'].error_code,
  refusals['total-amount-differs'].error_code,
])

const judgeRefused = (exchange: Exchange, place: number): readonly Offence[] => {
  const { received, fault } = exchange
  if (!received || received.status < 400 || fault !== undefined) return []
  const { error_code } = (parseJson(received.body) ?? {}) as { error_code?: unknown }
  return wrongRequests.has(error_code)
    ? [
        offence(
          'client.accepted',
          place,
          'answer',
          'accepted',
          `HTTP ${received.status} ${received.body.slice(0, 200)}`,
        ),
      ]
    : []
}

const order = ['partner_order_id', 'partner_user_id', 'cid'] as const

/** Calls about one tid that contradict the ready which issued it. */
const judgeConsistency = (exchanges: readonly Exchange[]): readonly Offence[] => {
  const prepared = new Map<unknown, Readonly<Record<string, unknown>>>()
  return exchanges.flatMap((exchange, place): readonly Offence[] => {
    const sent = parsedBody(exchange)
    if (!sent) return []
    if (exchange.call === 'ready') {
      const { tid } = (parseJson(exchange.answer?.body ?? '') ?? {}) as { tid?: unknown }
      if (tid !== undefined) prepared.set(tid, sent)
      return []
    }
    const ready = prepared.get(sent['tid'])
    if (!ready) return []
    const pairs = [
      ...order.map((name) => [name, name] as const),
      ...(exchange.call === 'approve' ? [['total_amount', 'total_amount'] as const] : []),
    ]
    return pairs
      .filter(([name]) => sent[name] !== undefined && sent[name] !== null && String(sent[name]) !== String(ready[name]))
      .map(([name]) => offence('client.consistent', place, `body.${name}`, shown(ready[name]), shown(sent[name])))
  })
}

const families = [
  ['total_amount', 'tax_free_amount', 'vat_amount'],
  ['cancel_amount', 'cancel_tax_free_amount', 'cancel_vat_amount'],
] as const

/** VAT that was rounded down where KakaoPay rounds to the nearest won, and amounts that are no whole numbers. */
const judgeAmounts = (exchange: Exchange, place: number): readonly Offence[] => {
  const sent = parsedBody(exchange) ?? {}
  const floats = /"(\w*amount|quantity)"\s*:\s*(-?\d+\.\d+)/g
  const fractions = [...exchange.body.toString().matchAll(floats)].map(([, name = '', value = '']) =>
    offence('client.whole-won', place, `body.${name}`, 'a whole number without a decimal point', value),
  )
  const floored = families.flatMap(([total, taxFree, vat]): readonly Offence[] => {
    const [all, free, tax] = [total, taxFree, vat].map((name) => (sent[name] == null ? undefined : Number(sent[name])))
    if (all === undefined || free === undefined || tax === undefined) return []
    const exact = (all - free) / 11
    return tax === Math.floor(exact) && tax !== Math.round(exact)
      ? [
          offence(
            'client.vat',
            place,
            `body.${vat}`,
            String(Math.round(exact)),
            `${tax}, rounded down from ${exact.toFixed(2)}`,
          ),
        ]
      : []
  })
  return [...fractions, ...floored]
}

const offence = (rule: ClientRuleId, place: number, at: string, expected: string, actual: string): Offence => ({
  rule,
  at,
  expected,
  actual,
  place,
})

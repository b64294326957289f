import { movesMoney } from '../../../contracts/index.ts'
import { refusals } from '../../../contracts/refusals.ts'
import type { Exchange } from '../client/exchange.ts'
import { interpret, mayHaveMoved, saysUnpaid } from '../client/reported.ts'
import type { ClientRuleId, Finding } from '../client/rules.ts'
import { parsedBody } from '../client/sent.ts'
import { shown } from '../match.ts'
import { parseJson } from '../template.ts'

/** A finding, and the place of its request in the traffic, from 0. */
export interface Offence extends Finding {
  readonly place: number
}

/** A call after which money may have moved, and of which the client has received no answer, or one that does not say. */
export const isLost = ({ call, received }: Exchange): boolean => call !== undefined && mayHaveMoved(call, received)

/** Of these a refusal was received that does not say whether money moved. */
export const isDoubted = (exchange: Exchange): boolean => isLost(exchange) && meaningOf(exchange) === 'refusal'

const meaningOf = ({ call, received }: Exchange) => call && interpret(call, received).kind

/** What several calls say together that one alone does not. */
export const judgeSequence = (exchanges: readonly Exchange[]): readonly Offence[] => [
  ...exchanges.flatMap((exchange, place) => (isLost(exchange) ? judgeLoss(exchange, place, exchanges) : [])),
  ...exchanges.flatMap((exchange, place) => judgeDoubled(exchange, place, exchanges)),
  ...exchanges.flatMap(judgeRefused),
  ...judgeConsistency(exchanges),
  ...exchanges.flatMap(judgeAmounts),
]

/** After a lost answer: whether the same was sent again or paid anew before order was asked, and whether it was asked at all. */
const judgeLoss = (exchange: Exchange, place: number, exchanges: readonly Exchange[]): readonly Offence[] => {
  const { call } = exchange
  const { tid, partner_order_id: order } = parsedBody(exchange) ?? {}
  const after = exchanges.slice(place + 1)
  const lookups = after.filter((later) => later.call === 'order' && parsedBody(later)?.['tid'] === tid)
  const allowed = after.findIndex((later) => lookups.includes(later) && allows(call, later))
  const again = after.findIndex((later) => later.call === call && later.body.equals(exchange.body))
  const anew = after.findIndex((later) => later.call === 'ready' && parsedBody(later)?.['partner_order_id'] === order)
  const tooEarly = (found: number) => found >= 0 && (allowed < 0 || found < allowed)
  const found = (rule: ClientRuleId, expected: string, actual: string) =>
    offence(rule, place, isDoubted(exchange) ? 'after a refusal in doubt' : 'after a lost answer', expected, actual)
  // The tid of a subscription payment is in the answer that is lost: there is nothing to look up.
  const forgotten = lookups.length === 0 && call !== 'subscription'
  const asked = isDoubted(exchange) ? 'client.doubt' : 'client.lookup'
  return [
    ...(tooEarly(again) ? [found('client.once', `${call} once`, `sent again as request ${place + again + 2}`)] : []),
    ...(call === 'approve' && tooEarly(anew)
      ? [found('client.lookup', `order of ${String(tid)}`, `ready for the same order as request ${place + anew + 2}`)]
      : []),
    ...(forgotten ? [found(asked, `order of ${String(tid)} afterwards`, 'never asked')] : []),
  ]
}

/** Whether what order answered lets the call be made again. */
const allows = (call: Exchange['call'], { received }: Exchange): boolean => {
  if (call === 'approve') return saysUnpaid(received)
  const { status } = (received?.status === 200 ? parseJson(received.body) : {}) as { status?: unknown }
  return status !== undefined && status !== 'CANCEL_PAYMENT'
}

/** The same call once more, after it was accepted. */
const judgeDoubled = (exchange: Exchange, place: number, exchanges: readonly Exchange[]): readonly Offence[] => {
  const { call, body } = exchange
  if (call === undefined || !movesMoney.has(call)) return []
  const first = exchanges.findIndex((each) => each.call === call && each.body.equals(body))
  if (first >= place || exchanges[first]?.received?.status !== 200) return []
  return [
    offence('client.doubled', place, 'body', `${call} once`, `the same as request ${first + 1}, which was accepted`),
  ]
}

/** Refusals that do not come from the request: of the payment method, and of the platform as a whole. */
const notOfTheRequest: ReadonlySet<unknown> = new Set([
  refusals['approval-failure'].error_code,
  refusals['cancel-failure'].error_code,
  refusals['subscription-failure'].error_code,
  refusals['quota-exceeded'].error_code,
])

const judgeRefused = (exchange: Exchange, place: number): readonly Offence[] => {
  const { received, fault } = exchange
  if (!received || received.status < 400 || received.status >= 500 || fault !== undefined) return []
  const { error_code } = (parseJson(received.body) ?? {}) as { error_code?: unknown }
  if (notOfTheRequest.has(error_code)) return []
  const actual = `HTTP ${received.status} ${received.body.slice(0, 200)}`
  return [offence('client.accepted', place, 'answer', 'accepted', actual)]
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

/** VAT that was rounded down where KakaoPay rounds to the nearest won. */
const judgeAmounts = (exchange: Exchange, place: number): readonly Offence[] => {
  const sent = parsedBody(exchange) ?? {}
  return families.flatMap(([total, taxFree, vat]): readonly Offence[] => {
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
}

const offence = (rule: ClientRuleId, place: number, at: string, expected: string, actual: string): Offence => ({
  rule,
  at,
  expected,
  actual,
  place,
})

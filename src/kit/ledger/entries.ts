import type { EndpointName } from '../../../contracts/index.ts'
import type { Answer } from '../answer.ts'
import type { BrokenRule } from '../result.ts'
import { differencesByKey } from './by-key.ts'
import {
  expectedApproval,
  expectedCancel,
  expectedInactive,
  expectedOrder,
  expectedSchemes,
  expectedStatus,
} from './expected.ts'
import { amountsOf, type Body, integer, isReadable, newId, partSaid, secretOf, text } from './reading.ts'
import {
  defaultVat,
  learnChoice,
  minus,
  NOTHING,
  type PaymentRecord,
  plus,
  type SubscriptionRecord,
} from './records.ts'

/** One accepted call: what was sent, what came, and when by the flow's clock, in epoch ms. */
export interface Accepted {
  readonly call: EndpointName
  readonly sent: Readonly<Record<string, unknown>>
  readonly answer: Answer
  readonly from: number
  readonly to: number
}

/** How far an answer's time may be from the moment of its call, in ms: answers have whole seconds. */
const TOLERANCE_MS = 2000

/** What the flow's calls have made so far. */
export interface Books {
  readonly payments: Map<unknown, PaymentRecord>
  readonly subscriptions: Map<unknown, SubscriptionRecord>
  readonly seen: Set<string>
}

const isNear = ({ from, to }: Accepted) => ({ $near: [from - TOLERANCE_MS, to + TOLERANCE_MS] })

const ready = ({ payments, seen }: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const { sent } = accepted
  const expected = { tid: { $is: 'tid' }, created_at: isNear(accepted), ...expectedSchemes(answer) }
  const found = differencesByKey('ready', expected, answer)
  const fresh = newId('tid', answer['tid'], seen)
  if (!isReadable(sent)) return [...found, ...fresh]
  payments.set(answer['tid'], {
    tid: String(answer['tid']),
    cid: text(sent['cid']) ?? '',
    secret: secretOf(sent),
    order: {
      partner_order_id: text(sent['partner_order_id']) ?? '',
      partner_user_id: text(sent['partner_user_id']) ?? '',
      item_name: text(sent['item_name']) ?? '',
      item_code: text(sent['item_code']),
      quantity: integer(sent['quantity']) ?? 0,
    },
    amount: amountsOf(sent),
    created_at: answer['created_at'],
    choice: {
      method: sent['payment_method_type'] as 'CARD' | 'MONEY' | undefined,
      install_month: undefined,
    },
    sid: undefined,
    canceled: NOTHING,
    approved_at: undefined,
    canceled_at: undefined,
    acts: [],
  })
  return [...found, ...fresh]
}

const approve = (books: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const { sent } = accepted
  const payment = books.payments.get(sent['tid'])
  if (!payment) return []
  const isFirst = payment.acts.length === 0
  const hasSid = typeof answer['sid'] === 'string'
  if (hasSid && payment.cid !== 'TC0ONETIME') payment.sid = String(answer['sid'])
  const payload = text(sent['payload'])
  const found = differencesByKey('approve', expectedApproval(payment, payload, isNear(accepted)), answer)
  learnChoice(payment, answer)
  payment.approved_at = answer['approved_at']
  const type = payment.amount.total === 0 ? 'ISSUED_SID' : 'PAYMENT'
  if (isFirst)
    payment.acts.push({ type, aid: answer['aid'], amount: payment.amount, at: answer['approved_at'], payload })
  if (payment.sid !== undefined)
    books.subscriptions.set(payment.sid, {
      sid: payment.sid,
      cid: payment.cid,
      secret: payment.secret,
      item_name: payment.order.item_name,
      renamed: false,
      choice: payment.choice,
      created_at: undefined,
      last_approved_at: type === 'PAYMENT' ? answer['approved_at'] : undefined,
      active: true,
      inactivated_at: undefined,
    })
  return [
    ...found,
    ...newId('aid', answer['aid'], books.seen),
    ...(payment.sid ? newId('sid', answer['sid'], books.seen) : []),
  ]
}

const cancel = ({ payments, seen }: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const { sent } = accepted
  const payment = payments.get(sent['tid'])
  const total = integer(sent['cancel_amount'])
  if (!payment || total === undefined) return []
  const left = minus(payment.amount, payment.canceled)
  const takesAll = total === left.total
  const tax_free = integer(sent['cancel_tax_free_amount']) ?? 0
  const standard = takesAll ? left.vat : Math.min(defaultVat(total, tax_free), left.vat)
  const vat = integer(sent['cancel_vat_amount']) ?? standard
  const rest = takesAll
    ? { point: left.point, discount: left.discount, green_deposit: left.green_deposit }
    : { point: partSaid(answer, left, 'point'), discount: partSaid(answer, left, 'discount') }
  const part = { ...NOTHING, ...rest, total, tax_free, vat }
  const payload = text(sent['payload'])
  const found = differencesByKey('cancel', expectedCancel(payment, part, payload, isNear(accepted)), answer)
  payment.canceled = plus(payment.canceled, part)
  payment.canceled_at = answer['canceled_at']
  payment.acts.push({ type: 'CANCEL', aid: answer['aid'], amount: part, at: answer['canceled_at'], payload })
  return [...found, ...newId('aid', answer['aid'], seen)]
}

const order = ({ payments }: Books, { sent }: Accepted, answer: Body): readonly BrokenRule[] => {
  const payment = payments.get(sent['tid'])
  return payment ? differencesByKey('order', expectedOrder(payment), answer) : []
}

const subscription = (books: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const { sent } = accepted
  const known = books.subscriptions.get(sent['sid'])
  if (!known || !isReadable(sent)) return []
  const payment: PaymentRecord = {
    tid: String(answer['tid']),
    cid: text(sent['cid']) ?? '',
    secret: secretOf(sent),
    order: {
      partner_order_id: text(sent['partner_order_id']) ?? '',
      partner_user_id: text(sent['partner_user_id']) ?? '',
      item_name: text(sent['item_name']) ?? known.item_name,
      item_code: text(sent['item_code']),
      quantity: integer(sent['quantity']) ?? 0,
    },
    amount: amountsOf(sent),
    created_at: answer['created_at'],
    choice: { method: known.choice.method, install_month: undefined },
    sid: known.sid,
    canceled: NOTHING,
    approved_at: answer['approved_at'],
    canceled_at: undefined,
    acts: [],
  }
  const payload = text(sent['payload'])
  const expected = {
    ...expectedApproval(payment, payload, isNear(accepted)),
    tid: { $is: 'tid' },
    created_at: isNear(accepted),
  }
  const found = differencesByKey('subscription', expected, answer)
  payment.acts.push({ type: 'PAYMENT', aid: answer['aid'], amount: payment.amount, at: answer['approved_at'], payload })
  books.payments.set(answer['tid'], payment)
  known.last_approved_at = answer['approved_at']
  known.renamed ||= payment.order.item_name !== known.item_name
  return [...found, ...newId('tid', answer['tid'], books.seen), ...newId('aid', answer['aid'], books.seen)]
}

const status = ({ subscriptions }: Books, { sent }: Accepted, answer: Body): readonly BrokenRule[] => {
  const known = subscriptions.get(sent['sid'])
  if (!known) return []
  const found = differencesByKey('status', expectedStatus(known), answer)
  known.created_at ??= answer['created_at']
  return found
}

const inactive = ({ subscriptions }: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const known = subscriptions.get(accepted.sent['sid'])
  if (!known) return []
  const found = differencesByKey('inactive', expectedInactive(known, isNear(accepted)), answer)
  known.created_at ??= answer['created_at']
  known.active = false
  known.inactivated_at = answer['inactivated_at']
  return found
}

/** How the answer of each call is judged and entered. */
export const entries = { ready, approve, cancel, order, subscription, status, inactive } as const

import type { EndpointName } from '../../../contracts/index.ts'
import type { Answer } from '../answer.ts'
import type { PayerStep } from '../fixture.ts'
import { broken } from '../judge.ts'
import { type Difference, match, shown } from '../match.ts'
import type { BrokenRule } from '../result.ts'
import { differencesByKey } from './by-key.ts'
import { expectedApproval, expectedCancel, expectedInactive, expectedOrder, expectedStatus } from './expected.ts'
import { defaultVat, minus, NOTHING, type PaymentRecord, plus, type SubscriptionRecord } from './records.ts'

/** One accepted call: what was sent, what came, and when by the flow's clock, in epoch ms. */
export interface Accepted {
  readonly call: EndpointName
  readonly sent: Readonly<Record<string, unknown>>
  readonly answer: Answer
  readonly from: number
  readonly to: number
}

/** What the flow's own calls have done so far. Each answer must agree with it. */
export interface Ledger {
  /** Judges the answer of an accepted call, and enters it. */
  accept(accepted: Accepted): readonly BrokenRule[]
  payerActed(tid: string, step: PayerStep): void
  /** The payment that is prepared or paid under this tid; undefined where the flow has none. */
  payment(tid: unknown): PaymentRecord | undefined
  subscription(sid: unknown): SubscriptionRecord | undefined
  /** From now on nothing is judged: an answer was lost, or several calls ran at once. */
  stop(): void
  readonly stopped: () => boolean
}

/** How far an answer's time may be from the moment of its call, in ms: answers have whole seconds. */
const TOLERANCE_MS = 2000

/** `seen`: ids of the whole run, since an id is never issued twice. */
export const createLedger = (seen: Set<string>): Ledger => {
  const payments = new Map<unknown, PaymentRecord>()
  const subscriptions = new Map<unknown, SubscriptionRecord>()
  let stopped = false
  const ledger = { payments, subscriptions, seen }
  return {
    accept(accepted) {
      if (stopped || typeof accepted.answer.json !== 'object' || accepted.answer.json === null) return []
      return entries[accepted.call](ledger, accepted, accepted.answer.json as Body)
    },
    payerActed(tid, { payer, method, install_month, point = 0, discount = 0 }) {
      const payment = payments.get(tid)
      if (!payment || payer !== 'approve') return
      const chosen = method ?? payment.choice.method
      payment.amount = { ...payment.amount, point, discount }
      payment.choice = { method: chosen, install_month: chosen === 'CARD' ? install_month : undefined }
    },
    payment: (tid) => payments.get(tid),
    subscription: (sid) => subscriptions.get(sid),
    stop() {
      stopped = true
    },
    stopped: () => stopped,
  }
}

type Body = Readonly<Record<string, unknown>>

interface Books {
  readonly payments: Map<unknown, PaymentRecord>
  readonly subscriptions: Map<unknown, SubscriptionRecord>
  readonly seen: Set<string>
}

/** Lenient servers take numbers as texts and texts as numbers: the answer has the documented type. */
const text = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value))
const integer = (value: unknown): number | undefined => {
  const read = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof read === 'number' && Number.isSafeInteger(read) ? read : undefined
}

const secretOf = ({ cid_secret }: Body): Body => (cid_secret === undefined ? {} : { cid_secret })

const amountsOf = (sent: Body) => {
  const total = integer(sent['total_amount']) ?? 0
  const tax_free = integer(sent['tax_free_amount']) ?? 0
  const vat = integer(sent['vat_amount']) ?? defaultVat(total, tax_free)
  return { ...NOTHING, total, tax_free, vat, green_deposit: integer(sent['green_deposit']) ?? 0 }
}

/** A KRW or id that the kit cannot read exactly makes the record useless. */
const isReadable = (sent: Body) =>
  Object.values(sent).every((value) => typeof value !== 'number' || Number.isSafeInteger(value))

const isNear = ({ from, to }: Accepted) => ({ $near: [from - TOLERANCE_MS, to + TOLERANCE_MS] })

const ready = ({ payments, seen }: Books, accepted: Accepted, answer: Body): readonly BrokenRule[] => {
  const { sent } = accepted
  const found = differencesByKey('ready', { tid: { $is: 'tid' }, created_at: isNear(accepted) }, answer)
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

/** What the payer chose is known from the first answer that says it; later answers must agree. */
const learnChoice = (payment: PaymentRecord, answer: Body) => {
  const method = answer['payment_method_type']
  if (payment.choice.method === undefined && (method === 'CARD' || method === 'MONEY'))
    payment.choice = { ...payment.choice, method }
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
  const rest = takesAll ? { point: left.point, discount: left.discount, green_deposit: left.green_deposit } : {}
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

const entries = { ready, approve, cancel, order, subscription, status, inactive } as const

const NEW_ID = {
  sentence: 'An id is issued once: no two payments share a tid, no two acts an aid, no two subscriptions a sid.',
  evidence: 'documented',
  source: 'single-payment',
} as const

const newId = (name: string, value: unknown, seen: Set<string>): readonly BrokenRule[] => {
  if (typeof value !== 'string') return []
  const isNew = !seen.has(value)
  seen.add(value)
  const difference: Difference = {
    at: `body.${name}`,
    expected: 'an id that was never issued before',
    actual: shown(value),
  }
  return isNew ? [] : broken('answer.ids.new', NEW_ID, [difference])
}

/** Where two answers about the same thing differ: a refusal must change nothing. */
export const unchanged = (before: unknown, after: unknown, now: number): readonly BrokenRule[] =>
  broken('answer.refusal.unchanged', UNCHANGED, match(before, after, { now }, 'order after the refusal', true))

const UNCHANGED = {
  sentence: 'A refused call changes nothing: order and status answer the same before and after it.',
  evidence: 'documented',
  source: 'payment-detail',
} as const

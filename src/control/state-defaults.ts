import { createHash } from 'node:crypto'
import { cardCodes } from '../../contracts/issuers.ts'
import { SYSTEM_CLOCK } from '../namespaces/clock.ts'
import { defaultVat, NOTHING } from '../payment/amount.ts'
import { choose } from '../payment/options.ts'
import { LIFETIME_MS, type Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import { type Snapshot, STATE_VERSION } from './snapshot.ts'
import { msOf, type PaymentInput, type StateInput, type SubscriptionInput } from './state-input.ts'

type Kept = Snapshot['payments'][number]
type Instant = Parameters<typeof msOf>[0]

/** Who owns what has no owner of its own: the application whose key the namespace has, else the namespace. */
type OwnerOf = (namespace: string) => string

const paid: ReadonlySet<string> = new Set(['ISSUED_SID', 'SUCCESS_PAYMENT', 'PART_CANCEL_PAYMENT', 'CANCEL_PAYMENT'])
const endedByPayer: ReadonlySet<string> = new Set(['FAIL_AUTH_PASSWORD', 'QUIT_PAYMENT', 'FAIL_PAYMENT'])

/** An id that is the same whenever the file is read. */
const idFrom = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('/')).digest('hex')

const MONEY = {
  payment_method_type: 'MONEY',
  card: null,
  card_type: null,
  install_month: 0,
  interest_free_install: 'N',
  point: 0,
  discount: 0,
} as const

const amountOf = (given: PaymentInput['amount']): Kept['amount'] => ({
  ...NOTHING,
  vat: defaultVat(given.total, given.tax_free ?? 0),
  ...(given as Partial<Kept['amount']>),
})

/** What the payer would have chosen without touching the page. */
const choiceOf = (payment: Payment): Kept['choice'] => {
  const choice = choose(payment, {}, { issuers: cardCodes, installMonth: 'fixed' })
  return isRefusal(choice) ? MONEY : { ...choice }
}

const actionsOf = (payment: Kept): Kept['actions'] => {
  const { tid, status, amount, canceled, approved_at, canceled_at, payload } = payment
  if (approved_at === null) return []
  const type = status === 'ISSUED_SID' ? 'ISSUED_SID' : 'PAYMENT'
  const aid = (n: number) => `A${idFrom(tid, n).slice(0, 19)}`
  return [
    { aid: aid(1), payment_action_type: type, amount, approved_at, payload },
    ...(canceled.total > 0
      ? [
          {
            aid: aid(2),
            payment_action_type: 'CANCEL' as const,
            amount: canceled,
            approved_at: canceled_at ?? approved_at,
            payload,
          },
        ]
      : []),
  ]
}

/** A payment with all that the file leaves out. Without a status it is paid, in full, when it was made. */
const completedPayment = (given: PaymentInput, now: number, ownerOf: OwnerOf): Kept => {
  const { status = 'SUCCESS_PAYMENT', sid = null } = given
  const at = <D>(input: Instant | null | undefined, otherwise: D) =>
    input === undefined ? otherwise : input === null ? null : msOf(input, now)
  const created_at = msOf(given.created_at ?? given.approved_at ?? now, now)
  const approved_at = at(given.approved_at, paid.has(status) ? created_at : null)
  const amount = amountOf(given.amount)
  const canceled = given.canceled ? amountOf(given.canceled) : status === 'CANCEL_PAYMENT' ? amount : NOTHING
  const payment: Kept = {
    hash: idFrom(given.tid, 'hash'),
    owner: ownerOf(given.namespace),
    subscription: sid !== null,
    item_code: null,
    quantity: 1,
    approval_url: 'http://localhost:3000/approve',
    cancel_url: 'http://localhost:3000/cancel',
    fail_url: 'http://localhost:3000/fail',
    payment_method_type: null,
    available_cards: null,
    install_month: null,
    choice: null,
    pg_token: null,
    payload: null,
    use_share_installment: false,
    custom_json: null,
    redirect_scheme_url: null,
    ...(given as Omit<PaymentInput, 'actions'> as Partial<Kept>),
    tid: given.tid,
    namespace: given.namespace,
    cid: given.cid,
    partner_order_id: given.partner_order_id,
    partner_user_id: given.partner_user_id,
    item_name: given.item_name,
    sid,
    status,
    amount,
    canceled: { ...canceled },
    created_at,
    expires_at: at(given.expires_at, created_at + LIFETIME_MS) ?? created_at + LIFETIME_MS,
    approved_at,
    canceled_at: at(given.canceled_at, canceled.total > 0 ? approved_at : null),
    ended_at: at(given.ended_at, endedByPayer.has(status) ? created_at : null),
    actions: [],
  }
  const hasChosen = paid.has(status) || status === 'AUTH_PASSWORD'
  if (given.choice === undefined && hasChosen) payment.choice = choiceOf(payment as Payment)
  payment.actions = given.actions
    ? given.actions.map((action) => ({ ...action, approved_at: msOf(action.approved_at, now) }))
    : actionsOf(payment)
  return payment
}

const completedSubscription = (
  given: SubscriptionInput,
  now: number,
  ownerOf: OwnerOf,
): Snapshot['subscriptions'][number] => {
  const { status = 'ACTIVE', last_approved_at, inactivated_at } = given
  const created_at = msOf(given.created_at ?? now, now)
  return {
    sid: given.sid,
    namespace: given.namespace,
    owner: given.owner ?? ownerOf(given.namespace),
    cid: given.cid,
    partner_user_id: given.partner_user_id,
    item_name: given.item_name,
    choice: given.choice ?? MONEY,
    status,
    created_at,
    last_approved_at:
      last_approved_at === undefined ? created_at : last_approved_at === null ? null : msOf(last_approved_at, now),
    inactivated_at: inactivated_at ? msOf(inactivated_at, now) : status === 'INACTIVE' ? created_at : null,
    points_only: given.points_only ?? false,
    charges: given.charges ?? null,
  }
}

/** What a state file says, with all that it leaves out, at the instant when it is read. */
export const completed = (input: StateInput, now: number): Snapshot => {
  const byNamespace = new Map(input.applications.map(({ namespace, id }) => [namespace, id]))
  const ownerOf: OwnerOf = (namespace) => byNamespace.get(namespace) ?? namespace
  return {
    version: STATE_VERSION,
    payments: input.payments.map((payment) => completedPayment(payment, now, ownerOf)),
    subscriptions: input.subscriptions.map((subscription) => completedSubscription(subscription, now, ownerOf)),
    applications: input.applications,
    namespaces: input.namespaces.map(({ last_used = now, ...given }) => ({
      settings: {},
      clock: { ...SYSTEM_CLOCK },
      seed: null,
      lease_ms: null,
      key_mask: null,
      label: null,
      generation: 0,
      calls: 0,
      ...given,
      last_used: msOf(last_used, now),
    })),
    faults: input.faults.map(({ armed_at = now, ...given }, index) => ({
      id: `fault_${idFrom(index, JSON.stringify(given)).slice(0, 12)}`,
      name: null,
      namespace: null,
      match: {},
      when: 'next',
      matched: 0,
      fired: 0,
      last_fired: [],
      ...given,
      armed_at: msOf(armed_at, now),
    })),
  } as Snapshot
}

import type { Action, Choice, Payment, Status } from './payment.ts'
import { isExpired } from './payment.ts'
import { type Check, firstBroken, type Refusal } from './refusal.ts'

/** What the merchant sends to approve, and what the change needs from outside. `now` is epoch ms, amounts KRW. */
export interface Approval {
  readonly partner_order_id: string
  readonly partner_user_id: string
  readonly pg_token: string
  readonly total_amount?: number | undefined
  readonly payload?: string | undefined
  readonly aid: string
  /** The sid to issue; null where none is to be issued. */
  readonly sid: string | null
  readonly now: number
}

interface Input {
  readonly payment: Payment
  readonly approval: Approval
}

const paid: ReadonlySet<Status> = new Set(['ISSUED_SID', 'SUCCESS_PAYMENT', 'PART_CANCEL_PAYMENT', 'CANCEL_PAYMENT'])
const givenUp: ReadonlySet<Status> = new Set(['QUIT_PAYMENT', 'FAIL_AUTH_PASSWORD', 'FAIL_PAYMENT'])

/** True once the money has moved, whatever was given back since. A sid issued for 0 won counts. */
export const isPaid = (payment: Payment): boolean => paid.has(payment.status)

const checks: Check<Input>[] = [
  {
    rule: 'approve.partner_order_id.equal',
    refused: 'order-id-differs',
    violates: ({ payment, approval }) => approval.partner_order_id !== payment.partner_order_id,
  },
  {
    rule: 'approve.partner_user_id.equal',
    refused: 'user-id-differs',
    violates: ({ payment, approval }) => approval.partner_user_id !== payment.partner_user_id,
  },
  {
    rule: 'approve.state.in-time',
    refused: 'payment-expired',
    violates: ({ payment, approval }) => isExpired(payment, approval.now),
  },
  { rule: 'approve.state.once', refused: 'already-paid', violates: ({ payment }) => isPaid(payment) },
  {
    rule: 'approve.state.not-given-up',
    refused: 'not-approvable',
    violates: ({ payment }) => givenUp.has(payment.status),
  },
  {
    rule: 'approve.state.authenticated',
    refused: 'not-authenticated',
    violates: ({ payment }) => !isPaid(payment) && !givenUp.has(payment.status) && payment.status !== 'AUTH_PASSWORD',
  },
  {
    rule: 'approve.pg_token.equal',
    refused: 'pg-token-wrong',
    violates: ({ payment, approval }) => approval.pg_token !== payment.pg_token,
  },
  {
    rule: 'approve.total_amount.equal',
    refused: 'total-amount-differs',
    violates: ({ payment, approval: { total_amount } }) =>
      total_amount !== undefined && total_amount !== payment.amount.total,
  },
]

/** Used only when a rule is switched off and a payment without a choice is approved. */
const SANDBOX_CHOICE: Choice = {
  payment_method_type: 'MONEY',
  card: null,
  card_type: null,
  install_month: 0,
  interest_free_install: 'N',
  point: 0,
  discount: 0,
}

/** Moves the money, or says why not. A payment of 0 won only issues its sid. */
export const approve = (payment: Payment, approval: Approval, rulesOff: ReadonlySet<string>): Payment | Refusal =>
  firstBroken(checks, { payment, approval }, rulesOff) ?? approved(payment, approval)

/** The payment method refused the approval. FAIL_PAYMENT is documented as "approval failed"; that it is final is a setting. */
export const failApproval = (payment: Payment, now: number): Payment =>
  payment.status === 'AUTH_PASSWORD' ? { ...payment, status: 'FAIL_PAYMENT', ended_at: now } : payment

const approved = (payment: Payment, approval: Approval): Payment => {
  const { aid, sid, now } = approval
  const payload = approval.payload ?? null
  const issuesOnly = payment.subscription && payment.amount.total === 0
  const choice = payment.choice ?? SANDBOX_CHOICE
  const amount = { ...payment.amount, point: choice.point, discount: choice.discount }
  const action: Action = {
    aid,
    payment_action_type: issuesOnly ? 'ISSUED_SID' : 'PAYMENT',
    amount,
    approved_at: now,
    payload,
  }
  return {
    ...payment,
    sid,
    status: issuesOnly ? 'ISSUED_SID' : 'SUCCESS_PAYMENT',
    amount,
    choice,
    payload,
    approved_at: now,
    actions: [...payment.actions, action],
  }
}

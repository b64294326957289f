import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Amount, defaultVat, minus, NOTHING, plus } from '../../src/payment/amount.ts'
import { approve } from '../../src/payment/approve.ts'
import { type Cancelation, cancel, remainingOf } from '../../src/payment/cancel.ts'
import { type Payment, prepare } from '../../src/payment/payment.ts'
import { isRefusal, type Refusal } from '../../src/payment/refusal.ts'

const NONE: ReadonlySet<string> = new Set()
const FAMILIES = ['total', 'tax_free', 'vat', 'point', 'discount', 'green_deposit'] as const

/** A paid payment of any amounts that ready accepts. Small ones too: there the rounding of the VAT weighs most. */
const payments = fc
  .record({
    total: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 2_147_483_647 })),
    taxFreeShare: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
    vatShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    deposit: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
    point: fc.constantFrom(0, 1),
  })
  .map(({ total, taxFreeShare, vatShare, deposit, point }) => {
    const tax_free = Math.floor(total * taxFreeShare)
    const vat = vatShare === null ? defaultVat(total, tax_free) : Math.floor((total - tax_free) * vatShare)
    return paid({ ...NOTHING, total, tax_free, vat, green_deposit: deposit, point, discount: point })
  })

const paid = (amount: Amount): Payment => {
  const order = {
    tid: 'T1',
    hash: 'h1',
    namespace: 'ns_a',
    owner: 'ns_a',
    cid: 'TC0ONETIME',
    subscription: false,
    partner_order_id: 'o',
    partner_user_id: 'u',
    item_name: '초코파이',
    item_code: null,
    quantity: 1,
    amount,
    approval_url: '',
    cancel_url: '',
    fail_url: '',
    payment_method_type: null,
    available_cards: null,
    install_month: null,
    use_share_installment: false,
    custom_json: null,
    redirect_scheme_url: null,
  }
  const ready: Payment = { ...prepare(order, 0), status: 'AUTH_PASSWORD', pg_token: 'p' }
  const approval = { partner_order_id: 'o', partner_user_id: 'u', pg_token: 'p', aid: 'A0', sid: null, now: 1 }
  const result = approve(ready, approval, NONE)
  if (isRefusal(result)) throw new Error(`approve was refused: ${result.refused}`)
  return result
}

/** What a merchant may ask, as shares of what is left: above 1 asks for too much. */
const wishes = fc.array(
  fc.record({
    share: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1.2, noNaN: true })),
    taxFree: fc.oneof(fc.constant('proportional' as const), fc.double({ min: 0, max: 1.2, noNaN: true })),
    vat: fc.oneof(
      fc.constant('default' as const),
      fc.constant('left' as const),
      fc.constant(0),
      fc.double({ min: 0, max: 1.2, noNaN: true }),
    ),
    vatRemainder: fc.constantFrom('refuse' as const, 'clamp' as const),
  }),
  { minLength: 1, maxLength: 12 },
)
type Wish = typeof wishes extends fc.Arbitrary<(infer W)[]> ? W : never

const asked = (payment: Payment, wish: Wish, n: number): Cancelation => {
  const left = remainingOf(payment)
  const cancel_amount = Math.max(1, Math.round(left.total * wish.share))
  const cancel_tax_free_amount =
    wish.taxFree === 'proportional'
      ? Math.min(left.tax_free, Math.round(left.tax_free * wish.share))
      : Math.round(cancel_amount * wish.taxFree)
  const cancel_vat_amount =
    wish.vat === 'default' ? undefined : wish.vat === 'left' ? left.vat : Math.round(left.vat * wish.vat)
  return {
    cancel_amount,
    cancel_tax_free_amount,
    cancel_vat_amount,
    aid: `A${n + 1}`,
    now: n + 2,
    vatRemainder: wish.vatRemainder,
  }
}

const all = (amount: Amount, holds: (n: number) => boolean) => FAMILIES.every((family) => holds(amount[family]))
const sum = (amounts: readonly Amount[]) => amounts.reduce(plus, NOTHING)

interface Watch {
  readonly done?: (before: Payment, after: Payment) => void
  readonly refused?: (payment: Payment, refusal: Refusal) => void
}

/** Cancels as wished, telling of each step, and gives back the last state. */
const played = (start: Payment, sequence: readonly Wish[], { done, refused }: Watch = {}): Payment =>
  sequence.reduce((payment, wish, n) => {
    const result = cancel(payment, asked(payment, wish, n), NONE)
    if (isRefusal(result)) refused?.(payment, result)
    else done?.(payment, result)
    return isRefusal(result) ? payment : result
  }, start)

describe('for any payment and any sequence of cancels', () => {
  test('every family of amounts adds up to the original, nothing is negative, and the state is right', () => {
    fc.assert(
      fc.property(payments, wishes, (start, sequence) => {
        const done = (before: Payment, after: Payment) => {
          const left = remainingOf(after)
          const acts = after.actions.filter((act) => act.payment_action_type === 'CANCEL')
          expect(plus(after.canceled, left)).toEqual(start.amount)
          expect(sum(acts.map((act) => act.amount))).toEqual(after.canceled)
          expect(all(left, (n) => n >= 0) && all(after.canceled, (n) => n >= 0)).toBe(true)
          expect(all(minus(before.canceled, after.canceled), (n) => n <= 0)).toBe(true)
          expect(left.total - left.tax_free).toBeGreaterThanOrEqual(0)
          expect(after.status).toBe(left.total === 0 ? 'CANCEL_PAYMENT' : 'PART_CANCEL_PAYMENT')
          if (left.total === 0) expect(left).toEqual(NOTHING)
          if (start.amount.green_deposit > 0) expect(after.status).toBe('CANCEL_PAYMENT')
        }
        played(start, sequence, { done })
      }),
      { numRuns: 2000 },
    )
  })

  test('what is left can always be cancelled whole without a word about VAT; after that nothing can', () => {
    fc.assert(
      fc.property(payments, wishes, (start, sequence) => {
        const payment = played(start, sequence)
        const left = remainingOf(payment)
        const rest = { aid: 'A', now: 99, vatRemainder: 'refuse' as const }
        const whole = { ...rest, cancel_amount: left.total, cancel_tax_free_amount: left.tax_free }
        if (payment.status === 'CANCEL_PAYMENT') {
          expect(cancel(payment, { ...whole, cancel_amount: 1 }, NONE)).toMatchObject({ refused: 'not-cancelable' })
          return
        }
        const result = cancel(payment, whole, NONE)
        if (isRefusal(result)) throw new Error(`refused: ${result.rule} ${JSON.stringify(result.params)}`)
        expect(result.canceled).toEqual(start.amount)
        expect(result.status).toBe('CANCEL_PAYMENT')
      }),
      { numRuns: 2000 },
    )
  })

  test('a refusal gives its reason in numbers, and what it says to send instead is accepted', () => {
    const instead = /for all of it: cancel_amount (\d+), cancel_tax_free_amount (\d+), cancel_vat_amount (\d+)\./
    let followed = 0
    const refused = (payment: Payment, { params }: Refusal) => {
      const explanation = String(params?.['explanation'])
      expect(explanation).toMatch(/\d/)
      const found = instead.exec(explanation)
      if (!found) return
      const [cancel_amount = 0, cancel_tax_free_amount = 0, cancel_vat_amount = 0] = found.slice(1).map(Number)
      const request = { cancel_amount, cancel_tax_free_amount, cancel_vat_amount, aid: 'A', now: 99 }
      const result = cancel(payment, { ...request, vatRemainder: 'refuse' }, NONE)
      expect(isRefusal(result) ? result : result.status).toBe('CANCEL_PAYMENT')
      followed++
    }
    fc.assert(
      fc.property(payments, wishes, (start, sequence) => {
        played(start, sequence, { refused })
      }),
      { numRuns: 2000 },
    )
    // Else the generated cancels no longer lead to such a refusal, and this test proves nothing.
    expect(followed).toBeGreaterThan(50)
  })
})

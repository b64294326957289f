import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { authenticated, paid } from '../flow.ts'
import { KEY, order } from '../merchant.ts'
import { bounded, LIMIT_MS, SEED } from './fuzzing.ts'

const contracts = Object.values(endpoints) as Endpoint[]

/** Values near and far from what a field takes. */
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '2147483648',
    '1e3',
    '1.0',
    ' 1 ',
    'javascript:alert(1)',
    '\u0000',
    '\ud800',
    'TC0ONETIME',
  ),
  fc.array(fc.string(), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 5 }),
)

/** A documented example of a call with some fields replaced, removed or added. */
const mutated = fc.constantFrom(...contracts).chain((endpoint) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    changes: fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(endpoint.request)), fc.string()), value, {
      maxKeys: 4,
    }),
    removed: fc.subarray(Object.keys(endpoint.request), { maxLength: 2 }),
  }),
)

/** What makes a documented example reach a payment and a subscription that there are. */
const identifiers = async (mock: Mock): Promise<Record<string, Record<string, unknown>>> => {
  const whole = { total_amount: 2_000_000_000, vat_amount: 0 }
  const { tid } = await paid(mock, whole, {})
  const { body } = await paid(mock, { cid: 'TCSUBSCRIP' })
  const ready = await authenticated(mock, whole)
  const names = { partner_order_id: order.partner_order_id, partner_user_id: order.partner_user_id }
  const subscription = { cid: 'TCSUBSCRIP', sid: body['sid'] }
  return {
    approve: { cid: order.cid, ...ready, ...names },
    cancel: { cid: order.cid, tid, cancel_amount: 1, cancel_tax_free_amount: 0 },
    order: { cid: order.cid, tid },
    subscription: { ...subscription, ...names },
    status: subscription,
    inactive: subscription,
  }
}

/** Every answer is JSON in KakaoPay's form, and never an internal error. */
const isProper = (status: number, body: unknown): boolean =>
  status === 200 ||
  (status >= 400 && status < 500 && Number.isInteger((body as { error_code?: unknown } | null)?.error_code))

test.each([false, true])(
  `bodies near the contract are answered or refused in KakaoPay’s form (strict: %s, seed ${SEED})`,
  async (strict) => {
    const errors: Error[] = []
    const mock = createMock({ strict, maxPayments: 500 }, { onError: (error) => errors.push(error) })
    const known = await identifiers(mock)
    await fc.assert(
      fc.asyncProperty(mutated, async ({ endpoint, changes, removed }) => {
        const request = { ...endpoint.example.request, ...known[endpoint.name], ...changes }
        const kept = Object.entries(request).filter(([name]) => !removed.includes(name))
        const response = await mock.request(endpoint.path, {
          method: 'POST',
          headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' },
          body: JSON.stringify(Object.fromEntries(kept)),
        })
        expect(isProper(response.status, await response.json())).toBe(true)
      }),
      bounded(75_000),
    )
    expect(errors).toEqual([])
  },
  LIMIT_MS,
)

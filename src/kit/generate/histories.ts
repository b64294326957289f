import { MAX_INTEGER } from '../../../contracts/fields.ts'
import type { Fixture } from '../fixture.ts'
import { standard } from './base.ts'
import { generated } from './fields.ts'
import { approve, cancel, ofSid, order, pays, ready, subscribes, wait } from './history-steps.ts'

const page = { evidence: 'documented', source: 'single-payment' } as const

const MINUTE = 60_000
const payments = (): readonly Fixture[] => [
  generated(
    'history/payments.two',
    'Two payments of one merchant know nothing of each other.',
    page,
    [],
    [
      ready('a', { item_name: 'a', total_amount: 1000 }),
      pays('a'),
      ready('b', { item_name: 'b', quantity: 2 }),
      pays('b'),
      approve('a'),
      approve('b'),
      order('a'),
      cancel('a', 400),
      order('b'),
      cancel('b', 2200),
      order('a'),
    ],
  ),
  generated(
    'history/payments.same-order',
    'Two payments with one order id are two payments, whether the first is paid or not.',
    { evidence: 'documented', source: 'client-practice' },
    [],
    [
      ready('a', { partner_order_id: 'same-{{case}}' }),
      pays('a'),
      ready('b', { partner_order_id: 'same-{{case}}' }),
      pays('b'),
      approve('a', { partner_order_id: 'same-{{case}}' }),
      approve('b', { partner_order_id: 'same-{{case}}' }),
      ready('c', { partner_order_id: 'same-{{case}}' }),
      order('a'),
    ],
  ),
  generated(
    'history/pg_token.of-another-payment',
    'The pg_token of another payment pays nothing.',
    page,
    ['approve.pg_token.equal'],
    [
      ready('a'),
      pays('a'),
      ready('b'),
      pays('b'),
      {
        call: 'approve',
        send: {
          ...standard.approve,
          tid: '{{tid_b}}',
          partner_order_id: 'order-b-{{case}}',
          pg_token: '{{token_a}}',
        },
        expect: { status: 400, body: { error_code: -708 } },
      },
      approve('b'),
    ],
  ),
]

const amounts = (): readonly Fixture[] => [
  generated(
    'history/benefits',
    'Points and discount are parts of the total, and a cancel of all gives them back.',
    page,
    [],
    [ready('a'), pays('a', { point: 300, discount: 200 }), approve('a'), order('a'), cancel('a', 2200), order('a')],
  ),
  generated(
    'history/deposit',
    'A cup deposit is among the amounts of every answer, and a cancel of all gives it back.',
    page,
    [],
    [ready('a', { green_deposit: 300 }), pays('a'), approve('a'), order('a'), cancel('a', 2200), order('a')],
  ),
  generated(
    'history/cancels.many',
    'A payment is cancelled in as many parts as it is asked to be.',
    { evidence: 'documented', source: 'cancellation' },
    [],
    [
      ready('a', { tax_free_amount: 1100 }),
      pays('a'),
      approve('a'),
      ...Array.from({ length: 7 }, () => cancel('a', 250, { cancel_tax_free_amount: 100 })),
      order('a'),
      cancel('a', 450, { cancel_tax_free_amount: 400 }),
      order('a'),
    ],
  ),
  generated(
    'history/amounts.largest',
    'Amounts are exact up to the largest integer of 32 bits.',
    page,
    [],
    [
      ready('a', { total_amount: MAX_INTEGER, quantity: 1_000_000 }),
      pays('a'),
      approve('a'),
      cancel('a', 1_000_000_001),
      cancel('a', MAX_INTEGER - 1_000_000_001),
    ],
  ),
]

const times = (): readonly Fixture[] => [
  generated(
    'history/amounts.large',
    'Amounts of tens of millions are taken in every field.',
    page,
    [],
    [
      ready('a', { total_amount: 25_000_000, tax_free_amount: 12_000_000, vat_amount: 1_100_000 }),
      pays('a'),
      approve('a', { total_amount: 25_000_000 }),
      cancel('a', 22_000_000, {
        cancel_tax_free_amount: 11_500_000,
        cancel_vat_amount: 900_000,
        cancel_available_amount: 25_000_000,
      }),
      ready('b', { total_amount: 200_000_000, green_deposit: 11_000_000, vat_amount: 18_000_000 }),
      pays('b'),
      approve('b'),
      cancel('b', 200_000_000, { cancel_vat_amount: 18_000_000 }),
    ],
  ),
  generated(
    'history/times',
    'Each act has the time at which it happened, in every later answer too.',
    page,
    [],
    [
      ready('a'),
      wait(MINUTE),
      pays('a'),
      approve('a'),
      wait(2 * MINUTE),
      cancel('a', 700),
      wait(3 * MINUTE),
      cancel('a', 500),
      order('a'),
    ],
  ),
  generated(
    'history/subscriptions.two',
    'Two subscriptions of one merchant know nothing of each other, and each payment has its own times.',
    { evidence: 'documented', source: 'subscription-tables' },
    [],
    [
      ...subscribes('a'),
      ...subscribes('b'),
      wait(24 * 60 * MINUTE),
      ofSid('subscription', 'a'),
      ofSid('status', 'a'),
      wait(MINUTE),
      ofSid('inactive', 'a'),
      ofSid('subscription', 'b', {
        quantity: 200_000,
        total_amount: 99_000_000,
        tax_free_amount: 12_000_000,
        vat_amount: 11_000_000,
      }),
      ofSid('status', 'a'),
      ofSid('status', 'b'),
    ],
  ),
]

/** Flows of many calls: what one payment does must not show in another, and what happened must stay so. */
export const historyFlows = (): readonly Fixture[] => [...payments(), ...amounts(), ...times()]

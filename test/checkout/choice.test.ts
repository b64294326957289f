import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { payer, readied } from '../flow.ts'

type Fields = Record<string, unknown>

/** What the payer ends up with, or the sentence with which the selection is refused. */
const chosen = async (allowed: Fields, selection: Fields, installMonth: 'fixed' | 'max' = 'fixed') => {
  const mock = createMock({ cards: ['SINHYUP'], installMonth })
  const tid = await readied(mock, allowed)
  const response = await mock.request(`/_mock/payments/${tid}/payer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'approve', ...selection }),
  })
  if (response.status !== 200) return ((await response.json()) as Fields)['error_message']
  const choice = (await mock.store.find(tid))?.choice
  return choice && [choice.payment_method_type, choice.card, choice.install_month]
}

test.each([
  ['money is what is preselected', {}, {}, ['MONEY', null, 0]],
  ['a card selects the method', {}, { card: 'KB' }, ['CARD', 'KB', 0]],
  ['so do instalments', {}, { install_month: 3 }, ['CARD', 'SHINHAN', 3]],
  ['the first card of all is Shinhan, the sandbox’s own', {}, { method: 'CARD' }, ['CARD', 'SHINHAN', 0]],
  ['ready’s method is preselected', { payment_method_type: 'CARD' }, {}, ['CARD', 'SHINHAN', 0]],
  ['ready’s only card too', { available_cards: ['BC'] }, {}, ['CARD', 'BC', 0]],
  ['and its months', { install_month: 6 }, {}, ['CARD', 'SHINHAN', 6]],
  [
    'money stays possible where only cards are restricted',
    { available_cards: ['BC'] },
    { method: 'MONEY' },
    ['MONEY', null, 0],
  ],
  ['an empty list of cards restricts nothing', { available_cards: [] }, { card: 'HANA' }, ['CARD', 'HANA', 0]],
  [
    'a card by agreement can be chosen where ready names it',
    { available_cards: ['SINHYUP'] },
    {},
    ['CARD', 'SINHYUP', 0],
  ],
])('%s', async (_sentence, allowed, selection, choice) => {
  expect(await chosen(allowed, selection)).toEqual(choice)
})

test.each([
  [{ payment_method_type: 'MONEY' }, { method: 'CARD' }, 'method CARD is not allowed by ready: MONEY.'],
  [{ payment_method_type: 'MONEY' }, { card: 'KB' }, 'card KB is not allowed by ready: none with the method MONEY.'],
  [{ payment_method_type: 'CARD' }, { method: 'MONEY' }, 'method MONEY is not allowed by ready: CARD.'],
  [{ available_cards: ['BC', 'KB'] }, { card: 'HANA' }, 'card HANA is not allowed by ready: BC, KB.'],
  [{ install_month: 3 }, { install_month: 4 }, 'install_month 4 is not allowed by ready: 3.'],
  [{ install_month: 0 }, { install_month: 2 }, 'install_month 2 is not allowed by ready: 0.'],
  [{ install_month: 3 }, { install_month: 0 }, 'install_month 0 is not allowed by ready: 3.'],
  [{ install_month: 3 }, { card_type: 'CHECK' }, 'card_type CHECK is not allowed by ready: CREDIT with instalments.'],
  [{}, { card_type: 'CHECK', install_month: 3 }, 'install_month 3 is not allowed by ready: 0 with a check card.'],
  [{}, { method: 'MONEY', card_type: 'CHECK' }, 'card_type CHECK is not allowed by ready: none with the method MONEY.'],
  [
    {},
    { method: 'MONEY', interest_free_install: 'Y' },
    'interest_free_install Y is not allowed by ready: N with the method MONEY.',
  ],
  [{}, { point: 2201 }, 'point 2201 is not allowed by ready: 0 to 2200.'],
  [{}, { point: 2000, discount: 201 }, 'discount 201 is not allowed by ready: 0 to 200 beside the points.'],
  [{}, { method: 'MONEY', install_month: 3 }, 'install_month 3 is not allowed by ready: 0 with the method MONEY.'],
  [
    {},
    { card: 'SINHYUP' },
    'card SINHYUP is not allowed by ready: SHINHAN, KB, HYUNDAI, LOTTE, SAMSUNG, NH, BC, HANA, CITI, KAKAOBANK, KAKAOPAY, WOORIONLY.',
  ],
])('where ready allowed %j, %j is refused', async (allowed, selection, sentence) => {
  expect(await chosen(allowed, selection)).toBe(sentence)
})

test('read as a maximum, install_month allows every month up to it, and check cards', async () => {
  const allowed = { install_month: 6 }
  expect(await chosen(allowed, { install_month: 2 }, 'max')).toEqual(['CARD', 'SHINHAN', 2])
  expect(await chosen(allowed, { card_type: 'CHECK' }, 'max')).toEqual(['CARD', 'SHINHAN', 0])
  expect(await chosen(allowed, { install_month: 7 }, 'max')).toBe('install_month 7 is not allowed by ready: 0 to 6.')
})

test('with install_month 0 a check card can pay: there are no instalments', async () => {
  expect(await chosen({ install_month: 0 }, { card_type: 'CHECK' })).toEqual(['CARD', 'SHINHAN', 0])
})

test('an empty selection keeps the earlier choice, any other is a new one', async () => {
  const mock = createMock()
  const tid = await readied(mock)
  const choose = async (action: string, selection: Fields) => {
    await payer(mock, tid, action, selection)
    const choice = (await mock.store.find(tid))?.choice
    return [choice?.card, choice?.install_month]
  }
  expect([
    await choose('select_method', { card: 'KB', install_month: 3 }),
    await choose('select_method', {}),
    await choose('select_method', { card: 'BC' }),
    await choose('approve', {}),
  ]).toEqual([
    ['KB', 3],
    ['KB', 3],
    ['BC', 0],
    ['BC', 0],
  ])
})

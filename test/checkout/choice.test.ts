import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { readied } from '../flow.ts'

type Fields = Record<string, unknown>

/** What the payer ends up with, or the sentence with which the wish is refused. */
const chosen = async (allowed: Fields, wish: Fields) => {
  const mock = createMock({ cards: ['SINHYUP'] })
  const tid = await readied(mock, allowed)
  const response = await mock.request(`/_mock/payments/${tid}/payer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'approve', ...wish }),
  })
  if (response.status !== 200) return ((await response.json()) as Fields)['error_message']
  const choice = (await mock.store.find(tid))?.choice
  return choice && [choice.payment_method_type, choice.card, choice.install_month]
}

test.each([
  ['money is what is preselected', {}, {}, ['MONEY', null, 0]],
  ['a wish for a card is a wish for the method', {}, { card: 'KB' }, ['CARD', 'KB', 0]],
  ['so is one for instalments', {}, { install_month: 3 }, ['CARD', 'SHINHAN', 3]],
  ['the first card of all is Shinhan, the sandbox’s own', {}, { method: 'CARD' }, ['CARD', 'SHINHAN', 0]],
  ['ready’s method is preselected', { payment_method_type: 'CARD' }, {}, ['CARD', 'SHINHAN', 0]],
  ['ready’s only card too', { available_cards: ['BC'] }, {}, ['CARD', 'BC', 0]],
  ['and its months', { install_month: 6 }, {}, ['CARD', 'SHINHAN', 6]],
  ['fewer months than ready named are allowed', { install_month: 6 }, { install_month: 2 }, ['CARD', 'SHINHAN', 2]],
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
])('%s', async (_sentence, allowed, wish, choice) => {
  expect(await chosen(allowed, wish)).toEqual(choice)
})

test.each([
  [{ payment_method_type: 'MONEY' }, { method: 'CARD' }, 'method CARD is not allowed by ready: MONEY.'],
  [{ payment_method_type: 'MONEY' }, { card: 'KB' }, 'card KB is not allowed by ready: none with the method MONEY.'],
  [{ payment_method_type: 'CARD' }, { method: 'MONEY' }, 'method MONEY is not allowed by ready: CARD.'],
  [{ available_cards: ['BC', 'KB'] }, { card: 'HANA' }, 'card HANA is not allowed by ready: BC, KB.'],
  [{ install_month: 3 }, { install_month: 4 }, 'install_month 4 is not allowed by ready: 0 to 3.'],
  [{ install_month: 0 }, { install_month: 2 }, 'install_month 2 is not allowed by ready: 0 to 0.'],
  [{}, { method: 'MONEY', install_month: 3 }, 'install_month 3 is not allowed by ready: 0 with the method MONEY.'],
  [
    {},
    { card: 'SINHYUP' },
    'card SINHYUP is not allowed by ready: SHINHAN, KB, HYUNDAI, LOTTE, SAMSUNG, NH, BC, HANA, CITI, KAKAOBANK, KAKAOPAY, WOORIONLY.',
  ],
])('where ready allowed %j, %j is refused', async (allowed, wish, sentence) => {
  expect(await chosen(allowed, wish)).toBe(sentence)
})

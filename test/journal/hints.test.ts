import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../src/journal/log-line.ts'
import { createMock } from '../../src/mock.ts'
import { order, send } from '../merchant.ts'

const sent = async (body: string, headers: Record<string, string> = {}) => {
  const lines: LogLine[] = []
  const mock = createMock({}, { onCall: (line) => lines.push(line) })
  const { status } = await send(mock, 'ready', body, headers)
  const { entries } = (await (await mock.request('/_mock/journal')).json()) as { entries: { hints: string[] }[] }
  return { status, hints: entries[0]?.hints, hint: lines[0]?.hint }
}

const ready = (fields: Record<string, unknown> = {}) => JSON.stringify({ ...order, ...fields })

describe('a mistake that the rules allow is answered as the rules say, with a hint', () => {
  test.each(['undefined', 'null', 'NaN', 'your_secret_key'])('SECRET_KEY %s', async (key) => {
    const hint = 'the secret key is a placeholder: the variable that holds the key is not set.'
    expect(await sent(ready(), { authorization: `SECRET_KEY ${key}` })).toEqual({ status: 200, hints: [hint], hint })
  })

  test.each([
    [
      ready({ approval_url: 'localhost:3000/a' }),
      'approval_url has no http:// or https://, so it is read as the app scheme localhost:.',
    ],
    [ready({ vat_amount: 220 }), 'vat_amount is 10 % of total_amount; contained VAT is an eleventh: 200.'],
    [
      ready({ total_amount: 2205, vat_amount: 220 }),
      'vat_amount is 10 % of total_amount; contained VAT is an eleventh: 200.',
    ],
    [
      ready({ total_amount: '2200', quantity: '1' }),
      'quantity, total_amount sent as text: numbers are JSON numbers (--strict refuses them).',
    ],
    [ready().replace(':2200,', ':2200.0,'), 'total_amount is written as a float: amounts are whole won.'],
  ])('%s', async (body, hint) => {
    expect(await sent(body)).toEqual({ status: 200, hints: [hint], hint })
  })

  test('the documented request has none', async () => {
    expect(await sent(ready())).toEqual({ status: 200, hints: [], hint: undefined })
    expect((await sent(ready({ approval_url: 'myapp://paid' }))).hints).toEqual([])
  })
})

import { expect, test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { checkServer } from '../../src/kit/server.ts'
import { inProcess } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { approval, authenticated } from '../flow.ts'
import { call, order } from '../merchant.ts'

type Json = Record<string, unknown>

test('the bank’s answer is unknown, the shop asks order: ledger, audit and kit agree that it is paid', async () => {
  const mock = createMock()
  const rule = { match: { call: 'approve' }, do: { fault: 'commit-then-refuse', preset: 'BANK_FIRM_UNKNOWN' } }
  const json = { 'content-type': 'application/json' }
  await mock.request('/_mock/faults', { method: 'POST', headers: json, body: JSON.stringify(rule) })
  const get = async (path: string) => (await (await mock.request(`/_mock/${path}`)).json()) as Json

  const { tid, pg_token } = await authenticated(mock)
  const refused = await call(mock, 'approve', approval(tid, pg_token))
  expect(refused.body).toMatchObject({ error_code: -780, extras: { method_result_code: 'BANK_FIRM_UNKNOWN' } })
  expect((await call(mock, 'order', { cid: order.cid, tid })).body['status']).toBe('SUCCESS_PAYMENT')

  const { ledger } = (await get(`payments/${tid}`)) as { ledger: Json[] }
  expect(ledger.map(({ type, left }) => [type, (left as Json)['total']])).toEqual([
    ['ORDER', 0],
    ['PAYMENT', 2200],
  ])
  const audit = (await get('audit')) as { settled: boolean; findings: { verdicts: Json[] }[] }
  expect(audit.settled).toBe(true)
  expect(audit.findings[0]?.verdicts.map(({ name }) => name)).toEqual(['refused-but-moved-recovered'])

  const flows = loadFixtures().filter(({ id }) => id === 'fault/approve.commit-then-refuse.bank-unknown')
  const serve = (config: object) => createMock(config).fetch
  const results = await checkServer(flows, inProcess({ serve, payer: controlPayer, controlled: true }))
  expect(results.map(({ outcome }) => outcome)).toEqual(['passed'])
})

test('a message about one value of a map or a list is true of that value', async () => {
  const mock = createMock()
  const messageOf = async (fields: Json) => (await call(mock, 'ready', { ...order, ...fields })).body['error_message']
  expect(await messageOf({ custom_json: { a: 1 } })).toBe('invalid param(custom_json[a] must be a string)')
  expect(await messageOf({ available_cards: ['X'] })).toMatch(/^invalid param\(available_cards\[0\] must be one of /)
})

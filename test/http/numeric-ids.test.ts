import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { call, order, send } from '../merchant.ts'

const bodyWith = (orderId: string, more = '') =>
  JSON.stringify({ ...order, partner_order_id: 0 }).replace(
    '"partner_order_id":0',
    `${more}"partner_order_id":${orderId}`,
  )

const echoed = async (body: string): Promise<unknown> => {
  const mock = createMock()
  const response = await send(mock, 'ready', body)
  const { tid } = (await response.json()) as { tid: string }
  return (await call(mock, 'order', { cid: order.cid, tid })).body['partner_order_id']
}

test.each(['20261124000000000001', '12345678901234567890123456789', '7'])(
  'an order id sent as the number %s is echoed digit for digit',
  async (id) => {
    expect(await echoed(bodyWith(id))).toBe(id)
  },
)

test('the order id is read from the top level, not from where the same name stands deeper', async () => {
  expect(await echoed(bodyWith('20261124000000000001', '"other":{"partner_order_id":5},'))).toBe('20261124000000000001')
})

test('of an order id that is sent twice the last one counts, as everywhere in JSON', async () => {
  expect(await echoed(bodyWith('20261124000000000002', '"partner_order_id":20261124000000000001,'))).toBe(
    '20261124000000000002',
  )
})

test('a body nested deeper than a stack is answered all the same', async () => {
  const deep = `"deep":${'['.repeat(60_000)}${']'.repeat(60_000)},`
  expect(await echoed(bodyWith('20261124000000000001', deep))).toBe('20261124000000000000')
})

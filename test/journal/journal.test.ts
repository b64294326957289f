import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { namespaceName } from '../../src/namespaces/namespaces.ts'
import { as, control } from '../control/control.ts'
import { paid, readied } from '../flow.ts'
import { call, INSTANT, KEY, order, send } from '../merchant.ts'

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/

const clocked = (config = {}) => {
  const world = { at: INSTANT }
  return { world, mock: createMock(config, { now: () => world.at }) }
}

describe('the journal', () => {
  test('keeps a call as it was sent and answered, with the key masked', async () => {
    const { mock } = clocked()
    const answer = await (await send(mock, 'ready', JSON.stringify(order))).text()
    const { tid } = JSON.parse(answer)
    const { entries, ...rest } = (await control(mock).get('journal')).body
    expect(rest).toEqual({ total: 1, kept: 1, dropped: 0 })
    expect(entries).toEqual([
      {
        id: expect.stringMatching(ULID),
        time: '2023-07-15T12:18:22.000Z',
        kst: '2023-07-15T21:18:22',
        namespace: namespaceName(KEY),
        call: 'ready',
        method: 'POST',
        path: '/online/v1/payment/ready',
        tid,
        order_id: 'partner_order_id',
        request: {
          headers: [
            ['authorization', 'SECRET_KEY DEV…1234'],
            ['content-type', 'application/json'],
          ],
          body: JSON.stringify(order),
          body_cut: false,
        },
        response: { status: 200, body: answer, delivered: true },
        duration_ms: expect.any(Number),
        refusal: null,
        fault: null,
        unknown_fields: [],
        hints: [],
      },
    ])
  })

  test('names the refusal and the rule that answered, also of what never became a call', async () => {
    const mock = createMock()
    await call(mock, 'ready', { ...order, quantity: 0 })
    await call(mock, 'ready', order, { authorization: 'KakaoAK abcdefghijklmnopqrstuvwxyz' })
    await call(mock, 'ready', order, { 'content-type': 'text/plain' })
    await mock.request('/v1/payment/ready', { method: 'POST' })
    await mock.request('/online/v1/payment/ready')
    const { entries } = (await control(mock).get('journal')).body
    expect(
      entries.map((e: { call: string; namespace: string; refusal: object }) => [
        e.call,
        e.namespace !== null,
        e.refusal,
      ]),
    ).toEqual([
      [null, false, { name: 'not-found', rule: 'wire.path', error_code: -404, evidence: 'documented' }],
      [null, false, { name: 'not-found', rule: 'wire.path', error_code: -404, evidence: 'documented' }],
      ['ready', true, { name: 'body-invalid', rule: 'wire.content-type', error_code: -2, evidence: 'inferred' }],
      ['ready', false, { name: 'key-refused', rule: 'wire.scheme', error_code: -401, evidence: 'documented' }],
      ['ready', true, { name: 'field-invalid', rule: 'ready.quantity.min', error_code: -2, evidence: 'inferred' }],
    ])
    expect(JSON.stringify(entries)).not.toContain('abcdefghijklmnopqrstuvwxyz')
    expect(entries[3].request.headers[0]).toEqual(['authorization', 'KakaoAK abc…wxyz'])
    expect(entries[2].request.body).toBe(JSON.stringify(order))
  })

  test('masks a cid_secret in a body', async () => {
    const mock = createMock()
    await call(mock, 'ready', { ...order, cid_secret: '0123456789abcdefghijklmn' })
    const { body } = await control(mock).get('journal')
    expect(JSON.stringify(body)).not.toContain('0123456789abcdefghijklmn')
    expect(body.entries[0].request.body).toContain('"cid_secret":"…"')
  })

  test('is asked by tid, order id, call, status, refusal, text and time', async () => {
    const { world, mock } = clocked()
    const api = control(mock)
    const { tid } = await paid(mock)
    world.at += 1000
    await call(mock, 'ready', { ...order, partner_order_id: 'another', item_name: '마들렌' })
    await call(mock, 'cancel', { cid: order.cid, tid, cancel_amount: 9999, cancel_tax_free_amount: 0 })
    const names = async (query: string) =>
      (await api.get(`journal?${query}`)).body.entries.map((e: { call: string }) => e.call)
    expect(await names(`tid=${tid}`)).toEqual(['cancel', 'approve', 'payer', 'ready'])
    expect(await names('order_id=another')).toEqual(['ready'])
    expect(await names('call=ready')).toEqual(['ready', 'ready'])
    expect(await names('status=400')).toEqual(['cancel'])
    expect(await names('refusal=cancel-above-approved')).toEqual(['cancel'])
    expect(await names(`text=${encodeURIComponent('마들렌')}`)).toEqual(['ready'])
    expect(await names('since=2023-07-15T21:18:23%2B09:00')).toEqual(['cancel', 'ready'])
    expect(await names(`until=${INSTANT}`)).toEqual(['approve', 'payer', 'ready'])
    expect(await names('limit=1')).toEqual(['cancel'])
    expect((await api.get('journal/count?call=ready')).body).toEqual({ count: 2 })
    const { entries } = (await api.get('journal')).body
    expect(await names(`after=${entries[1].id}`)).toEqual(['cancel'])
    const ids = entries.map((e: { id: string }) => e.id)
    expect([...ids].sort().reverse()).toEqual(ids)
  })

  test.each([
    ['stats=400'],
    ['status=four'],
    ['limit=0'],
    ['since=yesterday'],
    ['limit=10001'],
    ['call=redy'],
    ['refusal=no-such'],
    ['status=200&status=400'],
  ])('refuses the query %s with a sentence', async (query) => {
    const { status, body } = await control(createMock()).get(`journal?${query}`)
    expect(status).toBe(400)
    expect(body.error_message).toMatch(/^query: /)
  })

  test('is bounded: the oldest goes out', async () => {
    const mock = createMock({ journalLength: 3 })
    for (let i = 1; i <= 5; i++) await readied(mock, { partner_order_id: `order-${i}` })
    const { entries, ...rest } = (await control(mock).get('journal')).body
    expect(rest).toEqual({ total: 3, kept: 3, dropped: 2 })
    expect(entries.map((e: { order_id: string }) => e.order_id)).toEqual(['order-5', 'order-4', 'order-3'])
  })

  test('keeps a long body to a limit and says so', async () => {
    const mock = createMock()
    await call(mock, 'ready', { ...order, item_name: '가'.repeat(50_000) })
    const [entry] = (await control(mock).get('journal')).body.entries
    expect(entry.request.body).toHaveLength(16_384)
    expect(entry.request.body_cut).toBe(true)
  })

  test('can be turned off', async () => {
    const mock = createMock({ journal: false })
    const tid = await readied(mock)
    const api = control(mock)
    expect((await api.get('journal')).body).toEqual({
      error_code: -409,
      error_message: 'the journal is off. start the mock without --no-journal.',
    })
    expect((await api.get(`payments/${tid}`)).body.timeline).toEqual([])
    expect((await api.get('audit')).body.journal).toBe(false)
  })

  test('is cleared, whole or for one namespace', async () => {
    const mock = createMock()
    await call(mock, 'ready', order, as('KEY_A'))
    await call(mock, 'ready', order, as('KEY_B'))
    const api = control(mock)
    expect((await api.delete('journal?namespace=KEY_A')).body).toEqual({ removed: 1 })
    expect((await api.delete('journal')).body).toEqual({ removed: 1 })
    expect((await api.get('journal')).body.total).toBe(0)
  })
})

describe('waiting for a call', () => {
  test('answers at once where it has come already, and as soon as it comes', async () => {
    const mock = createMock()
    const api = control(mock)
    await readied(mock)
    expect((await api.get('journal/wait?call=ready&timeout=0')).body.entries).toHaveLength(1)
    const waiting = api.get('journal/wait?call=ready&count=2&timeout=1m')
    const other = api.get('journal/wait?call=ready&count=2&timeout=1m', { 'x-kakaopay-mock-namespace': 'OTHER' })
    await readied(mock, { partner_order_id: 'second' })
    const { status, body } = await waiting
    expect(status).toBe(200)
    expect(body.entries.map((e: { order_id: string }) => e.order_id)).toEqual(['second', 'partner_order_id'])
    await call(mock, 'ready', order, as('OTHER'))
    await call(mock, 'ready', order, as('OTHER'))
    expect((await other).body.entries).toHaveLength(2)
  })

  test('ends at the timeout with what nearly matched, and by which condition it did not', async () => {
    const mock = createMock()
    await readied(mock)
    const { status, body } = await control(mock).get('journal/wait?call=ready&order_id=partner_order_ID&timeout=1')
    expect(status).toBe(408)
    expect(body.error_code).toBe(-408)
    expect(body.error_message).toBe('0 of 1 calls matched within 1 ms. 1 nearly matched: see near.')
    expect(body.near).toHaveLength(1)
    expect(body.near[0].differs).toBe('order_id')
    expect(body.near[0].entry.order_id).toBe('partner_order_id')
  })

  test('takes no timeout above 60 s', async () => {
    const { status, body } = await control(createMock()).get('journal/wait?timeout=61s')
    expect({ status, message: body.error_message }).toEqual({
      status: 400,
      message: 'timeout must be from 0 to 60000 ms.',
    })
  })

  test('is bounded: caller 1,001 is refused, and there is room again when others leave', async () => {
    const mock = createMock()
    const api = control(mock)
    const waiting = Array.from({ length: 1000 }, () => api.get('journal/wait?timeout=1m'))
    expect((await api.get('journal/wait?timeout=1m')).status).toBe(503)
    await readied(mock)
    expect(new Set((await Promise.all(waiting)).map((r) => r.status))).toEqual(new Set([200]))
    expect((await api.get('journal/wait?call=cancel&timeout=1')).status).toBe(408)
  })
})

describe('a field that nobody reads', () => {
  test.each([
    ['tax_free_amout', 'tax_free_amount'],
    ['itemName', 'item_name'],
    ['Partner_Order_Id', 'partner_order_id'],
    ['aproval_url', 'approval_url'],
  ])('%s: did you mean %s?', async (field, meant) => {
    const mock = createMock()
    const { [meant]: value, ...others } = order as Record<string, unknown>
    await call(mock, 'ready', { ...others, [field]: value })
    const [entry] = (await control(mock).get('journal')).body.entries
    expect(entry.unknown_fields).toEqual([
      { field, did_you_mean: meant, message: `\`${field}\`: did you mean \`${meant}\`?` },
    ])
  })

  test('that resembles none is named all the same', async () => {
    const mock = createMock()
    await call(mock, 'ready', { ...order, open_type: 'layer' })
    const [entry] = (await control(mock).get('journal')).body.entries
    expect(entry.unknown_fields).toEqual([
      { field: 'open_type', did_you_mean: null, message: '`open_type` is not a field of ready and is ignored' },
    ])
  })
})

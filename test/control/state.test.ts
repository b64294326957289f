import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../../src/config/config.ts'
import { createMock } from '../../src/mock.ts'
import { approval, paid } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { as, control } from './control.ts'

const filled = async () => {
  const mock = createMock()
  const { tid } = await paid(mock)
  const { body } = await paid(mock, { cid: 'TCSUBSCRIP' })
  const api = control(mock)
  await api.post('faults', { match: { call: 'ready' }, when: 'always', do: { fault: 'latency', fixed: 1 } })
  await api.post('clock/advance', { by: '2h' })
  return { api, tid, sid: body['sid'] }
}

describe('a snapshot', () => {
  test('that is imported elsewhere answers as the mock that it was taken from', async () => {
    const { api, tid, sid } = await filled()
    const { body: state } = await api.get('state')
    const mock = createMock()
    const imported = await control(mock).put('state', state)
    expect(imported.body).toEqual({ payments: 2, subscriptions: 1, applications: 0, namespaces: 1, faults: 1 })
    expect((await call(mock, 'order', { cid: order.cid, tid })).body).toMatchObject({ status: 'SUCCESS_PAYMENT' })
    expect((await call(mock, 'status', { cid: 'TCSUBSCRIP', sid })).body).toMatchObject({ status: 'ACTIVE' })
    expect((await control(mock).get('faults')).body).toEqual((await api.get('faults')).body)
    const { calls, last_used, ...namespace } = (await api.get('namespaces')).body.namespaces[0]
    expect((await control(mock).get('namespaces')).body.namespaces[0]).toMatchObject({
      ...namespace,
      clock: { offset_ms: 7_200_000 },
    })
  })

  test('has no secret key; of an application it has the hash, by which the key is known again', async () => {
    const from = createMock()
    const { secret_key } = (await control(from).post('applications', { name: 'shop' })).body
    await call(from, 'ready', order, as(secret_key))
    const { body: state } = await control(from).get('state')
    expect(JSON.stringify(state)).not.toContain(secret_key)
    const mock = createMock()
    await control(mock).put('state', state)
    expect((await call(mock, 'ready', order, as(secret_key))).status).toBe(200)
    expect((await call(mock, 'ready', order, as('ANOTHER'))).status).toBe(401)
  })

  test('that is wrong is refused with the place named, and nothing is changed', async () => {
    const { api, tid } = await filled()
    const { body: state } = await api.get('state')
    const wrong = structuredClone(state)
    wrong.payments[1].amount.total = 'much'
    const refused = await api.put('state', { ...wrong, payments: wrong.payments })
    expect(refused.status).toBe(400)
    expect(refused.body.error_message).toMatch(/^body, line \d+: payments\.1\.amount\.total: /)
    expect((await api.get('state')).body.payments).toEqual(state.payments)
    const newer = await api.put('state', { version: 2 })
    expect(newer.body.error_message).toMatch(/^body, line 1: version: /)
    expect((await api.get(`payments/${tid}`)).status).toBe(200)
  })

  test('in the form of a seed file is enough to cancel a payment of yesterday', async () => {
    const { api, tid } = await filled()
    const { body: state } = await api.get('state')
    const day = 86_400_000
    const [payment] = state.payments
    const mock = createMock()
    const seed = { version: 1, payments: [{ ...payment, approved_at: payment.approved_at - day }] }
    expect((await control(mock).put('state', seed)).status).toBe(200)
    const cancel = { cid: order.cid, tid, cancel_amount: 1100, cancel_tax_free_amount: 0 }
    expect((await call(mock, 'cancel', cancel)).body).toMatchObject({ status: 'PART_CANCEL_PAYMENT' })
    expect((await call(mock, 'approve', approval(tid, payment.pg_token))).body['error_code']).toBe(-702)
  })
})

const example = resolve(import.meta.dirname, '../../examples/state/yesterday.json')
const NOON = Date.UTC(2026, 2, 10, 3)
const at = { now: () => NOON }
const KEY = as('DEV_KEY')
const ask = (tid: string) => ({ cid: order.cid, tid })

describe('a state file', () => {
  test('is enough to begin with an order paid yesterday and a sid two months old', async () => {
    const mock = createMock({ state: example }, at)
    const tid = 'T0000000000000000001'
    const sid = 'S0000000000000000001'
    const found = await call(mock, 'order', ask(tid), KEY)
    expect(found.body).toMatchObject({
      status: 'SUCCESS_PAYMENT',
      partner_order_id: 'order-1',
      amount: { total: 2200, vat: 200 },
      cancel_available_amount: { total: 2200 },
      created_at: '2026-03-09T12:00:00',
      approved_at: '2026-03-09T12:00:00',
      payment_action_details: [{ payment_action_type: 'PAYMENT', amount: 2200, payment_method_type: 'MONEY' }],
    })
    const cancel = { ...ask(tid), cancel_amount: 2200, cancel_tax_free_amount: 0 }
    expect((await call(mock, 'cancel', cancel, KEY)).body).toMatchObject({ status: 'CANCEL_PAYMENT' })
    const status = await call(mock, 'status', { cid: 'TCSUBSCRIP', sid }, KEY)
    expect(status.body).toMatchObject({ status: 'ACTIVE', created_at: '2026-01-09T12:00:00' })
    const { partner_order_id, partner_user_id, item_name, quantity, total_amount, tax_free_amount } = order
    const charge = { cid: 'TCSUBSCRIP', sid, partner_order_id, item_name, quantity, total_amount, tax_free_amount }
    const charged = await call(mock, 'subscription', { ...charge, partner_user_id: 'user-1' }, KEY)
    expect(charged.status).toBe(200)
    expect(partner_user_id).not.toBe('user-1')
    expect((await call(mock, 'order', ask(tid), as('ANOTHER'))).status).toBe(400)
  })

  test('is what a reset returns to, if asked for, as a whole or for one namespace', async () => {
    const mock = createMock({ state: example, resetTo: 'state' }, at)
    const kept = async () => (await control(mock).get('payments')).body.payments.map((p: { tid: string }) => p.tid)
    for (const headers of [{}, { 'x-kakaopay-mock-namespace': 'DEV_KEY' }]) {
      await call(mock, 'ready', order, KEY)
      expect(await kept()).toHaveLength(2)
      expect((await control(mock).post('reset', {}, headers)).status).toBe(200)
      expect(await kept()).toEqual(['T0000000000000000001'])
    }
    const plain = createMock({ state: example }, at)
    await control(plain).post('reset')
    expect((await control(plain).get('payments')).body.total).toBe(0)
    expect(() => createMock({ resetTo: 'state' })).toThrow('resetTo state needs a file: --state FILE')
  })

  test.each([
    ['not JSON', '"version": 1,', '"version": 1;', 2, 'is not well-formed JSON'],
    ['a wrong value', '"total": 2200', '"total": "much"', 11, 'payments.0.amount.total: must be a number'],
    ['a missing field', '"item_name": "초', '"item": "초', 4, 'payments.0.item_name: must be given'],
    ['an unknown field', '"cid": "TC0', '"more": 1, "cid": "TC0', 7, 'payments.0.more: is unknown'],
    [
      'a wrong instant',
      '"-1d"',
      '"yesterday"',
      12,
      'payments.0.created_at: must be epoch ms, ISO 8601 with a zone, or',
    ],
    ['a wrong id', '"S0000000000000000001"', '"S1"', 17, 'subscriptions.0.sid: must be S and 19 hex digits'],
  ])('with %s is refused, naming the line and no value of it', (_what, right, wrong, line, message) => {
    const text = readFileSync(example, 'utf8').replace(right, wrong).replace('DEV_KEY', 'DEV_S3CRET')
    const file = join(mkdtempSync(join(tmpdir(), 'kakaopay-mock-state-')), 'state.json')
    writeFileSync(file, text)
    const start = () => createMock({ state: file })
    expect(start).toThrow(ConfigError)
    expect(start).toThrow(message)
    expect(start).not.toThrow('S3CRET')
    const [, found] = /line (\d+): /.exec(String(thrownBy(start))) ?? []
    expect(Number(found)).toBe(line)
  })

  test('that is not there, or larger than the limits, is refused', () => {
    expect(() => createMock({ state: '/nowhere.json' })).toThrow(/^--state: ENOENT/)
  })
})

describe('an import', () => {
  const put = (change: (state: Record<string, unknown[]>) => void, config = {}) => {
    const state = JSON.parse(readFileSync(example, 'utf8'))
    change(state)
    return control(createMock(config)).put('state', JSON.stringify(state, null, 1))
  }
  const refusal = async (...given: Parameters<typeof put>) => {
    const { status, body } = await put(...given)
    expect(status).toBe(400)
    return body.error_message
  }
  const again = (list: string) => (state: Record<string, unknown[]>) => void state[list]?.push(state[list]?.[0])

  test('is held to every limit and to ids that stand once', async () => {
    expect(await refusal(again('payments'), { maxPayments: 1 })).toBe(
      'body, line 16: payments.1: 2 are more than --max-payments, which is 1.',
    )
    expect(await refusal(again('subscriptions'), { maxSubscriptions: 1 })).toContain('--max-subscriptions, which is 1.')
    const many = (state: Record<string, unknown[]>) => {
      state['namespaces'] = [{ name: 'DEV_A' }, { name: 'DEV_B' }]
      state['faults'] = [{ do: { fault: 'garble' } }, { do: { fault: 'garble' } }]
    }
    expect(await refusal(many, { maxNamespaces: 1 })).toContain('namespaces.1: 2 are more than --max-namespaces')
    expect(await refusal(many, { maxFaults: 1 })).toContain('faults.1: 2 are more than --max-faults, which is 1.')
    expect(await refusal(again('payments'))).toContain('payments.1.tid: is also that of payments.0.')
    expect(await refusal(again('subscriptions'))).toContain('subscriptions.1.sid: is also that of subscriptions.0.')
  })

  test('refuses more refunds than payments, and a fault that could never fire', async () => {
    const refunded = (state: Record<string, unknown[]>) =>
      void Object.assign(state['payments']?.[0] as object, { canceled: { total: 2201 } })
    expect(await refusal(refunded)).toContain('payments.0.canceled.total: is more than amount.total')
    const never = (state: Record<string, unknown[]>) => {
      state['faults'] = [{ match: { call: 'redy' }, do: { fault: 'garble' } }]
    }
    expect(await refusal(never)).toContain('faults.0: match.call must be one of')
  })

  test('of what was just exported changes nothing, also a second time', async () => {
    const { api } = await filled()
    const { body: state } = await api.get('state')
    expect((await api.put('state', state)).status).toBe(200)
    expect((await api.get('state')).body).toEqual(state)
  })

  test('leaves out seeds, and keys that a client put into a payment', async () => {
    const mock = createMock()
    const secret = 'DEV_S3CRET_S3CRET'
    await call(mock, 'ready', { ...order, partner_user_id: secret }, as(secret))
    await control(mock).put('namespaces/DEV_OTHER', { seed: 'guess-me' })
    const text = await (await mock.request('/_mock/state')).text()
    expect(text).not.toContain(secret)
    expect(text).not.toContain('guess-me')
    expect(text.split('\n').find((line) => line.startsWith('{"tid"'))).toContain('"status":"READY"')
  })

  test('is described by the published schema', async () => {
    const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../state.schema.json'), 'utf8'))
    const isValid = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema)
    const { api } = await filled()
    expect(isValid(JSON.parse(readFileSync(example, 'utf8')))).toBe(true)
    expect(isValid((await api.get('state')).body)).toBe(true)
    expect(isValid({ version: 1, payments: [{ tid: 'T1' }] })).toBe(false)
    expect(isValid({ version: 1, paymants: [] })).toBe(false)
  })
})

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

import { describe, expect, test } from 'vitest'
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
    expect(refused.body.error_message).toMatch(/^body: payments\.1\.amount\.total: /)
    expect((await api.get('state')).body.payments).toEqual(state.payments)
    const newer = await api.put('state', { version: 2 })
    expect(newer.body.error_message).toMatch(/^body: version: /)
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

import { describe, expect, test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { createRecorder, recordingDifferences, sanitise } from '../../src/kit/record.ts'
import { runFixture } from '../../src/kit/run.ts'
import { createMock } from '../../src/mock.ts'
import { mock } from './mock.ts'
import { answering } from './mutants/disguise.ts'

const fixture = (id: string) => loadFixtures().filter((f) => f.id === id)

const recorded = async (id: string, target = mock()) => {
  const { witness, calls } = createRecorder([target.open(id, {}).key])
  for (const f of fixture(id)) await runFixture(f, target, witness)
  return calls
}

describe('a recording', () => {
  test('holds nothing that belongs to a person or a key', async () => {
    const calls = await recorded('approve/answer.money')
    expect(calls.map(({ call, step }) => ({ call, step }))).toEqual([
      { call: 'ready', step: 1 },
      { call: 'approve', step: 3 },
    ])
    expect(calls[1]).toEqual({
      step: 3,
      call: 'approve',
      request: {
        method: 'POST',
        path: '/online/v1/payment/approve',
        body: {
          cid: 'TC0ONETIME',
          tid: '<tid>',
          partner_order_id: 'order-approve-answer-money',
          partner_user_id: 'user-1',
          pg_token: '<pg_token>',
        },
      },
      response: {
        status: 200,
        contentType: 'application/json;charset=UTF-8',
        body: {
          aid: '<aid>',
          tid: '<tid>',
          cid: 'TC0ONETIME',
          sid: null,
          partner_order_id: 'order-approve-answer-money',
          partner_user_id: 'user-1',
          item_name: '초코파이',
          item_code: null,
          payload: null,
          quantity: 1,
          amount: { total: 2200, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 },
          payment_method_type: 'MONEY',
          card_info: null,
          sequential_payment_methods: null,
          created_at: '<datetime>',
          approved_at: '<datetime>',
        },
      },
    })
    expect(JSON.stringify(calls)).not.toMatch(/DEV[0-9A-F]{37}/)
  })

  test('leaves out a key that does not look like one', () => {
    expect(sanitise({ a: ['refused: hunter2!'] }, ['hunter2', ''])).toEqual({ a: ['refused: <secret key>!'] })
  })

  test('of the same behaviour is the same, run after run', async () => {
    const calls = await recorded('cancel/part')
    const recording = { id: 'cancel/part', target: 'x', recorded_at: '2026-01-01T00:00:00Z', calls }
    expect(recordingDifferences(recording, await recorded('cancel/part', mock('another run')))).toEqual([])
  })

  test('shows where another server answers otherwise', async () => {
    const serve = answering(['approve'], ({ sid: _, ...body }) => ({ ...body, quantity: 2 }))
    const calls = await recorded('approve/answer.money', mock('run', serve))
    const recording = { id: 'approve/answer.money', target: 'x', recorded_at: '2026-01-01T00:00:00Z', calls }
    const ours = await recorded(
      'approve/answer.money',
      mock('run', () => createMock().fetch),
    )
    expect(recordingDifferences(recording, ours)).toEqual([
      { at: 'call 2 (approve) body.quantity', expected: '2', actual: '1' },
      { at: 'call 2 (approve) body.sid', expected: 'absent', actual: 'null' },
    ])
    expect(recordingDifferences(recording, ours.slice(0, 1))).toEqual([
      { at: 'call 2 (approve)', expected: 'HTTP 200', actual: 'no such call' },
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { createRecorder, groupDifferences, recordingDifferences } from '../../src/kit/record.ts'
import { runFixture } from '../../src/kit/run.ts'
import { createSanitiser } from '../../src/kit/sanitise.ts'
import { createMock } from '../../src/mock.ts'
import { mock } from './mock.ts'
import { answering } from './mutants/disguise.ts'

const fixture = (id: string) => loadFixtures().filter((f) => f.id === id)

const recorded = async (id: string, target = mock()) => {
  const { onResponse, calls } = createRecorder([target.open(id, {}).key])
  for (const f of fixture(id)) await runFixture(f, target, onResponse)
  return calls
}

describe('a recording', () => {
  test('contains nothing that belongs to a person or a key', async () => {
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
          tid: '<tid#1>',
          partner_order_id: 'order-approve-answer-money',
          partner_user_id: 'user-1',
          pg_token: '<pg_token#1>',
        },
      },
      response: {
        status: 200,
        headers: { 'content-type': 'application/json;charset=UTF-8' },
        body: {
          aid: '<aid#1>',
          tid: '<tid#1>',
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
          created_at: '<time +0s>',
          approved_at: expect.stringMatching(/^<time \+\ds>$/),
        },
      },
    })
    expect(JSON.stringify(calls)).not.toMatch(/DEV[0-9A-F]{37}/)
  })

  test('leaves out a key that does not look like one', () => {
    expect(createSanitiser(['hunter2', ''])({ a: ['refused: hunter2!'] })).toEqual({ a: ['refused: <secret key>!'] })
  })

  test('of the same behaviour is the same, run after run', async () => {
    const calls = await recorded('cancel/part')
    const recording = { id: 'cancel/part', target: 'x', recorded_at: '2026-01-01T00:00:00Z', calls }
    expect(recordingDifferences(recording, await recorded('cancel/part', mock('another run')))).toEqual([])
  })

  test('numbers what it masks, so that an id that should be another is a difference', () => {
    const sanitise = createSanitiser([])
    const [one, two] = ['A0123456789abcdef0123', 'Aabcdefabcdefabcdef12'].map((text) => text.slice(0, 20))
    expect(sanitise([one, two, one])).toEqual(['<aid#1>', '<aid#2>', '<aid#1>'])
  })

  test('groups a difference that several flows share', () => {
    const difference = { expected: '1', actual: '2' }
    const found = new Map([
      ['a', [{ ...difference, at: 'call 1 (ready) status' }]],
      ['b', [{ ...difference, at: 'call 3 (ready) status' }]],
    ])
    expect(groupDifferences(found)).toEqual([
      { difference: { ...difference, at: '(ready) status' }, flows: ['a', 'b'] },
    ])
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

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { approval, authenticated, cancelation, paid, readied } from '../flow.ts'
import { call, INSTANT, order } from '../merchant.ts'

const arm = (mock: Mock, name: string, fault: string) =>
  control(mock).post('faults', { match: { call: name }, do: { fault } })
const findingOf = async (mock: Mock) => (await control(mock).get('audit')).body.findings[0]
const verdicts = async (mock: Mock) =>
  (await findingOf(mock)).verdicts.map((v: { name: string; level: string }) => `${v.level}: ${v.name}`)
const lose = (promise: Promise<unknown>) => promise.catch(() => undefined)

describe('the audit', () => {
  test('says what moved, which answers reached the merchant and what it asked afterwards', async () => {
    const mock = createMock({}, { now: () => INSTANT })
    const { tid, body } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 200))
    const { findings, ...rest } = (await control(mock).get('audit')).body
    expect(rest).toEqual({
      settled: true,
      payments: 1,
      unsettled: 0,
      unknown: 0,
      unfired: [],
      journal: true,
      calls_forgotten: 0,
    })
    expect(findings).toEqual([
      {
        tid,
        namespace: expect.stringMatching(/^ns_/),
        partner_order_id: 'partner_order_id',
        status: 'PART_CANCEL_PAYMENT',
        moved: [
          { at: '2023-07-15T12:18:22.000Z', type: 'PAYMENT', total: 2200, aid: body['aid'] },
          { at: '2023-07-15T12:18:22.000Z', type: 'CANCEL', total: 200, aid: expect.stringMatching(/^A/) },
        ],
        answers: ['ready', 'payer', 'approve', 'cancel'].map((name) => ({
          journal: expect.any(String),
          time: '2023-07-15T12:18:22.000Z',
          call: name,
          status: 200,
          delivered: true,
          text: name === 'ready' || name === 'payer' ? 'answered' : 'done, answer delivered',
        })),
        asked_afterwards: [],
        verdicts: [{ name: 'in-order', level: 'settled', text: 'every answer reached the merchant' }],
        settled: true,
      },
    ])
  })

  test.each(['commit-then-drop', 'commit-then-500', 'garble'])(
    'approved, but the answer was lost (%s) and never looked up: unsettled; looked up: settled',
    async (fault) => {
      const mock = createMock()
      const { tid, pg_token } = await authenticated(mock)
      await arm(mock, 'approve', fault)
      await lose(call(mock, 'approve', approval(tid, pg_token)))
      expect(await verdicts(mock)).toEqual(['unsettled: answer-lost'])
      expect((await findingOf(mock)).settled).toBe(false)
      await call(mock, 'order', { cid: order.cid, tid })
      expect(await verdicts(mock)).toEqual(['notice: answer-recovered'])
      const finding = await findingOf(mock)
      expect({ settled: finding.settled, asked: finding.asked_afterwards }).toEqual({ settled: true, asked: ['order'] })
    },
  )

  test('a lost answer is looked up by a second approve too, which −702 tells of the first', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await arm(mock, 'approve', 'commit-then-500')
    await call(mock, 'approve', approval(tid, pg_token))
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock)).toEqual(['notice: answer-recovered', 'notice: approved-twice-tried'])
  })

  test('a pg_token that was never used is unsettled', async () => {
    const mock = createMock()
    await authenticated(mock)
    expect(await verdicts(mock)).toEqual(['unsettled: token-never-used'])
  })

  test('an approve that was refused and never succeeded is a notice', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await arm(mock, 'approve', 'refuse-before-commit')
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock)).toEqual(['notice: approve-refused'])
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock)).toEqual(['settled: in-order'])
  })

  test('a second approve after success is a notice', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    await call(mock, 'approve', approval(tid, '0'.repeat(20)))
    expect(await verdicts(mock)).toEqual(['notice: approved-twice-tried'])
  })

  test('cancelled more often than told is unsettled until order is asked', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    await arm(mock, 'cancel', 'commit-then-drop')
    await lose(call(mock, 'cancel', cancelation(tid, 100)))
    await call(mock, 'cancel', cancelation(tid, 100))
    expect(await verdicts(mock)).toEqual(['unsettled: cancel-answer-lost'])
    await call(mock, 'order', { cid: order.cid, tid })
    expect(await verdicts(mock)).toEqual(['settled: in-order'])
  })

  test('as text: a line for each thing, the unsettled first', async () => {
    const mock = createMock({}, { now: () => INSTANT })
    await readied(mock, { partner_order_id: 'first' })
    const { tid } = await authenticated(mock, { partner_order_id: 'second' })
    const { body } = await control(mock).get('audit?as=text')
    expect(body.split('\n').slice(0, 6)).toEqual([
      '2 payments, 1 unsettled, 0 faults unfired',
      '',
      `UNSETTLED ${tid} second AUTH_PASSWORD`,
      '  unsettled: the payer authenticated, but pg_token was never used',
      '  answer 2023-07-15T12:18:22.000Z ready 200 answered',
      '  answer 2023-07-15T12:18:22.000Z payer 200 answered',
    ])
  })

  test('tells what moved and what was told by one clock, the namespace’s', async () => {
    const mock = createMock({}, { now: () => INSTANT })
    await control(mock).post('clock/advance', { by: '1h' })
    await paid(mock)
    const { moved, answers } = await findingOf(mock)
    const times = [...moved.map((m: { at: string }) => m.at), ...answers.map((t: { time: string }) => t.time)]
    expect(new Set(times)).toEqual(new Set(['2023-07-15T13:18:22.000Z']))
  })

  test('of one namespace knows nothing of the others', async () => {
    const mock = createMock()
    await authenticated(mock)
    const { body } = await control(mock).get('audit?namespace=OTHER')
    expect({ payments: body.payments, settled: body.settled }).toEqual({ payments: 0, settled: true })
  })
})

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { approval, authenticated, cancelation, paid, readied } from '../flow.ts'
import { call, INSTANT, order } from '../merchant.ts'

const audit = async (mock: Mock) => (await control(mock).get('audit')).body
const verdicts = async (mock: Mock, tid: string): Promise<string[]> =>
  (await audit(mock)).findings
    .find((f: { tid: string }) => f.tid === tid)
    .verdicts.map((v: { name: string; level: string }) => `${v.level}: ${v.name}`)
const ask = (mock: Mock, tid: string) => call(mock, 'order', { cid: order.cid, tid })
const lose = (mock: Mock, name: string, fault = 'commit-then-500') =>
  control(mock).post('faults', { match: { call: name }, do: { fault } })
/** Pushes out what a journal of that length holds. */
const push = async (mock: Mock, calls: number) => {
  for (let i = 0; i < calls; i++) await call(mock, 'order', { cid: order.cid, tid: 'T0000000000000000000' })
}

describe('where the journal has pushed calls out, the audit claims no more than is known', () => {
  test('paid, and nothing says whether the merchant was told: unknown, and not settled', async () => {
    const mock = createMock({ journalLength: 3 })
    const { tid } = await paid(mock)
    expect(await verdicts(mock, tid)).toEqual(['settled: in-order'])
    await push(mock, 3)
    expect(await verdicts(mock, tid)).toEqual(['unknown: delivery-unknown', 'notice: calls-forgotten'])
    const { findings, unfired, ...rest } = await audit(mock)
    expect(rest).toEqual({
      settled: false,
      payments: 1,
      unsettled: 0,
      unknown: 1,
      journal: true,
      calls_forgotten: 3,
    })
    expect(findings[0].settled).toBe(false)
  })

  test('a lost answer that was pushed out is not called settled', async () => {
    const mock = createMock({ journalLength: 3 })
    const { tid, pg_token } = await authenticated(mock)
    await lose(mock, 'approve')
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock, tid)).toEqual(['unsettled: answer-lost'])
    await push(mock, 3)
    expect(await verdicts(mock, tid)).toContain('unknown: delivery-unknown')
  })

  test('an answer that is still there and tells of all that moved settles it', async () => {
    const mock = createMock({ journalLength: 3 })
    const { tid } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 200))
    await push(mock, 2)
    await ask(mock, tid)
    expect(await verdicts(mock, tid)).toEqual(['notice: calls-forgotten'])
    expect((await audit(mock)).settled).toBe(true)
  })

  test('a cancel whose call is gone is unknown, until order is asked', async () => {
    const mock = createMock({ journalLength: 3 })
    const { tid } = await paid(mock)
    await lose(mock, 'cancel')
    await call(mock, 'cancel', cancelation(tid, 200))
    await push(mock, 2)
    await call(mock, 'approve', approval(tid, '0'.repeat(20)))
    expect(await verdicts(mock, tid)).toContain('unknown: delivery-unknown')
    await ask(mock, tid)
    expect((await audit(mock)).settled).toBe(true)
  })

  test('a token is not said to be unused where the call that used it may be gone', async () => {
    const mock = createMock({ journalLength: 3 })
    const { tid, pg_token } = await authenticated(mock)
    await lose(mock, 'approve', 'refuse-before-commit')
    await call(mock, 'approve', approval(tid, pg_token))
    await push(mock, 3)
    expect(await verdicts(mock, tid)).toEqual(['unknown: delivery-unknown', 'notice: calls-forgotten'])
  })

  test('a payment of which nothing moved is settled all the same', async () => {
    const mock = createMock({ journalLength: 1 })
    const tid = await readied(mock)
    await push(mock, 1)
    expect(await verdicts(mock, tid)).toEqual(['notice: calls-forgotten'])
    expect((await audit(mock)).settled).toBe(true)
  })

  test('the text says so first', async () => {
    const mock = createMock({ journalLength: 3 }, { now: () => INSTANT })
    const { tid } = await paid(mock)
    await push(mock, 3)
    const { body } = await control(mock).get('audit?as=text')
    expect(body.split('\n').slice(0, 6)).toEqual([
      '1 payment, 0 unsettled, 1 unknown, 0 faults unfired',
      'the journal has forgotten 3 calls for newer ones; --journal-length keeps more',
      '',
      `UNKNOWN   ${tid} partner_order_id SUCCESS_PAYMENT`,
      '  unknown: money moved or was to move, but the journal does not hold the calls that say which answers reached the merchant',
      '  notice: the journal does not hold all its calls, so notices may be missing; --journal-length keeps more',
    ])
  })

  test.each([
    ['cleared', {}],
    ['off', { journal: false }],
  ])('a journal that is %s proves nothing either', async (_, config) => {
    const mock = createMock(config)
    const { tid } = await paid(mock)
    await control(mock).delete('journal')
    expect(await verdicts(mock, tid)).toContain('unknown: delivery-unknown')
    const { body } = await control(mock).get('audit?as=text')
    expect(body.includes('the journal is off: which answers reached the merchants is not known')).toBe(
      'journal' in config,
    )
  })
})

describe('an answer is proof only of what it shows', () => {
  test('an order that was asked before approve does not tell of the payment', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await ask(mock, tid)
    await lose(mock, 'approve')
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock, tid)).toEqual(['unsettled: answer-lost'])
  })

  test('while an answer hangs, the merchant was not told', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await control(mock).post('faults', { do: { fault: 'commit-then-hang', ms: 300 } })
    const hanging = call(mock, 'approve', approval(tid, pg_token)).catch(() => undefined)
    while ((await control(mock).get(`payments/${tid}`)).body.status !== 'SUCCESS_PAYMENT')
      await new Promise(setImmediate)
    expect(await verdicts(mock, tid)).toEqual(['unsettled: answer-lost'])
    await hanging
    expect(await verdicts(mock, tid)).toEqual(['unsettled: answer-lost'])
  })

  test('an order that was asked before the last cancel does not tell of that cancel', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    await call(mock, 'cancel', cancelation(tid, 100))
    await ask(mock, tid)
    await lose(mock, 'cancel')
    await call(mock, 'cancel', cancelation(tid, 100))
    expect(await verdicts(mock, tid)).toEqual(['unsettled: cancel-answer-lost'])
  })
})

test('the list is bounded, and counts what it leaves out', async () => {
  const mock = createMock()
  for (let i = 0; i < 3; i++) await readied(mock, { partner_order_id: `order-${i}` })
  const { tid } = await authenticated(mock)
  const { body } = await control(mock).get('audit?limit=1')
  expect({ ...body, findings: body.findings.map((f: { tid: string }) => f.tid) }).toMatchObject({
    payments: 4,
    unsettled: 1,
    findings: [tid],
  })
  const { body: text } = await control(mock).get('audit?limit=1&as=text')
  expect(text).toContain('\n3 more payments; limit shows more\n')
})

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { approval, authenticated, cancelation, paid } from '../flow.ts'
import { call, KEY, order } from '../merchant.ts'

const control = async (mock: Mock, path: string, body?: object) => {
  const method = body ? 'POST' : 'GET'
  const headers = { 'content-type': 'application/json', 'x-kakaopay-mock-namespace': KEY }
  const response = await mock.request(`/_mock/${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const arm = (mock: Mock, name: string, params: object) =>
  control(mock, 'faults', { match: { call: name }, do: { fault: 'commit-then-refuse', ...params } })

const verdicts = async (mock: Mock) => {
  const { findings } = (await control(mock, 'audit')).body as { findings: { verdicts: { name: string }[] }[] }
  return findings.map((finding) => finding.verdicts.map(({ name }) => name))
}

describe('commit-then-refuse', () => {
  test.each([
    ['BANK_FIRM_UNKNOWN', -780, 'BANK_FIRM_UNKNOWN'],
    ['USER_LOCKED', -780, 'USER_LOCKED'],
    ['DUPLICATE_REQUEST', -785, undefined],
    ['ALREADY_PAID', -702, undefined],
  ])('%s answers %i to an approve whose money moved', async (preset, code, result) => {
    const mock = createMock()
    await arm(mock, 'approve', { preset })
    const { tid, pg_token } = await authenticated(mock)
    const answer = await call(mock, 'approve', approval(tid, pg_token))
    expect(answer.status).toBe(400)
    expect(answer.body['error_code']).toBe(code)
    expect((answer.body['extras'] as Record<string, unknown> | undefined)?.['method_result_code']).toBe(result)
    expect((await mock.store.find(tid))?.status).toBe('SUCCESS_PAYMENT')
  })

  test('8008 moves no money: the approve can be sent again', async () => {
    const mock = createMock()
    await arm(mock, 'approve', { preset: '8008' })
    const { tid, pg_token } = await authenticated(mock)
    const { body } = await call(mock, 'approve', approval(tid, pg_token))
    expect(body).toEqual({
      error_code: -780,
      error_message: 'approval failure!',
      extras: { method_result_code: '8008', method_result_message: '잔액이 부족합니다.' },
    })
    expect((await mock.store.find(tid))?.status).toBe('AUTH_PASSWORD')
    expect((await call(mock, 'approve', approval(tid, pg_token))).status).toBe(200)
  })

  test('a refusal, its method_result_code and its message can be given', async () => {
    const mock = createMock()
    const own = { refusal: 'approval-failure', method_result_code: 'E1', method_result_message: '점검 중입니다.' }
    await arm(mock, 'approve', own)
    const { tid, pg_token } = await authenticated(mock)
    const { body } = await call(mock, 'approve', approval(tid, pg_token))
    expect(body['extras']).toEqual({ method_result_code: 'E1', method_result_message: '점검 중입니다.' })
    expect((await mock.store.find(tid))?.status).toBe('SUCCESS_PAYMENT')
  })

  test('an approve that is refused anyway keeps its own refusal', async () => {
    const mock = createMock()
    await arm(mock, 'approve', { preset: '8008' })
    const { tid } = await authenticated(mock)
    expect((await call(mock, 'approve', approval(tid, 'x'))).body['error_code']).toBe(-708)
  })

  test('an unknown preset is refused', async () => {
    expect((await arm(createMock(), 'approve', { preset: 'NOPE' })).status).toBe(400)
  })
})

describe('the audit', () => {
  test('says "refused, but money moved" until the merchant has asked order', async () => {
    const mock = createMock()
    await arm(mock, 'approve', { preset: 'BANK_FIRM_UNKNOWN' })
    const { tid, pg_token } = await authenticated(mock)
    await call(mock, 'approve', approval(tid, pg_token))
    expect(await verdicts(mock)).toEqual([['refused-but-moved']])
    const { findings } = (await control(mock, 'audit')).body as { findings: { answers: { text: string }[] }[] }
    expect(findings[0]?.answers.map(({ text }) => text)).toContain('refused: approval-failure, but money moved')
    await call(mock, 'order', { cid: order.cid, tid })
    expect(await verdicts(mock)).toEqual([['refused-but-moved-recovered']])
  })

  test('the same for a cancel', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    await arm(mock, 'cancel', { preset: 'USER_LOCKED' })
    const { body } = await call(mock, 'cancel', cancelation(tid, 700))
    expect(body['error_code']).toBe(-781)
    expect(await verdicts(mock)).toEqual([['refused-but-moved']])
    await call(mock, 'order', { cid: order.cid, tid })
    expect(await verdicts(mock)).toEqual([['refused-but-moved-recovered']])
  })
})

describe('after an approve that the payment method refused', () => {
  test.each([
    ['retry', 'AUTH_PASSWORD', 200],
    ['fail', 'FAIL_PAYMENT', 400],
  ] as const)('%s: the payment is %s', async (failedApprove, status, next) => {
    const mock = createMock({ failedApprove })
    await control(mock, 'faults', { match: { call: 'approve' }, do: { fault: 'refuse-before-commit' } })
    const { tid, pg_token } = await authenticated(mock)
    expect((await call(mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(-780)
    expect((await call(mock, 'order', { cid: order.cid, tid })).body['status']).toBe(status)
    const again = await call(mock, 'approve', approval(tid, pg_token))
    expect(again.status).toBe(next)
    expect(again.body['error_code']).toBe(next === 200 ? undefined : -783)
  })
})

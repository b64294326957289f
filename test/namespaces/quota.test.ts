import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { createQuota, MAX_OWNERS } from '../../src/namespaces/quota.ts'
import { createMemoryRecords } from '../../src/store/records.ts'
import { call, KEY, order } from '../merchant.ts'

const OTHER = { authorization: 'SECRET_KEY DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' }

const put = async (mock: Mock, path: string, settings: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await mock.request(`/_mock/${path}`, { method: 'PUT', headers, body: JSON.stringify({ settings }) })
  expect(response.status).toBe(200)
}

const codeOf = async (mock: Mock, headers = {}) => (await call(mock, 'ready', order, headers)).body['error_code']

describe('the daily quota', () => {
  test('refuses the call after it with −429, for each key, until 00:00 KST', async () => {
    // 2023-07-15T23:59:00 on a KST wall clock.
    const clock = { at: Date.UTC(2023, 6, 15, 14, 59) }
    const mock = createMock({ quota: 2 }, { now: () => clock.at })
    expect([await codeOf(mock), await codeOf(mock)]).toEqual([undefined, undefined])
    expect(await call(mock, 'ready', order)).toEqual({
      status: 429,
      body: { error_code: -429, error_message: 'daily quota exceeded!' },
    })
    expect(await codeOf(mock, OTHER)).toBeUndefined()
    clock.at += 60_000
    expect(await codeOf(mock)).toBeUndefined()
  })

  test('is shared by the keys of an application, one after the other', async () => {
    const mock = createMock({ quota: 1, applications: [{ name: 'shop', secret_key: KEY }] })
    expect([await codeOf(mock), await codeOf(mock)]).toEqual([undefined, -429])
    const reissue = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    const response = await mock.request('/_mock/applications/configured-1/reissue', reissue)
    const { secret_key } = (await response.json()) as { secret_key: string }
    expect(await codeOf(mock, { authorization: `SECRET_KEY ${secret_key}` })).toBe(-429)
  })

  test('is set for one namespace by the control API, and a reset starts it anew', async () => {
    const mock = createMock()
    await put(mock, `namespaces/${KEY}`, { quota: 1 })
    expect([await codeOf(mock), await codeOf(mock), await codeOf(mock, OTHER)]).toEqual([undefined, -429, undefined])
    const reset = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    await mock.request(`/_mock/namespaces/${KEY}/reset`, reset)
    expect(await codeOf(mock)).toBeUndefined()
  })

  test('counts a bounded number of owners', async () => {
    const quota = createQuota(createMemoryRecords(), 2)
    for (const owner of ['a', 'b', 'c']) await quota.take(owner, 9, 0)
    expect(await Promise.all(['a', 'b', 'c'].map((owner) => quota.used(owner, 0)))).toEqual([0, 1, 1])
    expect(MAX_OWNERS).toBe(10_000)
  })
})

describe('maintenance', () => {
  test('refuses every call with −503, for one namespace or for all', async () => {
    const mock = createMock()
    await put(mock, `namespaces/${KEY}`, { maintenance: true })
    expect(await call(mock, 'ready', order)).toEqual({
      status: 503,
      body: { error_code: -503, error_message: 'service is under maintenance!' },
    })
    expect(await codeOf(mock, OTHER)).toBeUndefined()
    await put(mock, 'namespaces', { maintenance: true })
    expect(await codeOf(mock, OTHER)).toBe(-503)
    await put(mock, 'namespaces', { maintenance: false })
    expect(await codeOf(mock)).toBeUndefined()
  })

  test('is a setting as well', async () => {
    expect(await codeOf(createMock({ maintenance: true }))).toBe(-503)
  })
})

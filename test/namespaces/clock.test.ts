import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { namespaceName } from '../../src/namespaces/namespaces.ts'
import { as, control } from '../control/control.ts'
import { approval, authenticated, readied } from '../flow.ts'
import { call, INSTANT, KEY, order } from '../merchant.ts'

const clocked = () => {
  const world = { at: INSTANT }
  const mock = createMock({}, { now: () => world.at })
  return { world, mock, api: control(mock), own: control(mock, { 'x-kakaopay-mock-namespace': KEY }) }
}
const name = namespaceName(KEY)

describe('a clock', () => {
  test('advanced past 15 minutes lets a payment expire at once, and the call says so', async () => {
    const { mock, own } = clocked()
    const { tid, pg_token } = await authenticated(mock)
    const before = await own.post('clock/advance', { by: '14m' })
    expect(before.body.due).toEqual([])
    const { body } = await own.post('clock/advance', { by: '1m' })
    expect(body).toEqual({
      clocks: [
        {
          namespace: name,
          now: '2023-07-15T12:33:22.000Z',
          kst: '2023-07-15T21:33:22',
          frozen: false,
          offset_ms: 900_000,
        },
      ],
      due: [{ tid, namespace: name, what: 'expired', at: '2023-07-15T12:33:22.000Z' }],
    })
    expect((await call(mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(-723)
    expect((await own.get(`payments/${tid}`)).body.expired).toBe(true)
  })

  test('is what every timestamp and id goes by', async () => {
    const { mock, own } = clocked()
    await own.post('clock/freeze', { at: '2030-01-01T00:00:00+09:00' })
    const { body } = await call(mock, 'ready', order)
    expect(body['created_at']).toBe('2030-01-01T00:00:00')
    const seconds = Date.UTC(2029, 11, 31, 15) / 1000
    expect(String(body['tid']).slice(1, 8)).toBe((seconds % 0x10000000).toString(16).padStart(7, '0'))
    expect((await own.get('journal')).body.entries[0].kst).toBe('2030-01-01T00:00:00')
  })

  test('stands while it is frozen, goes on by what it is advanced, and runs again', async () => {
    const { world, mock, own } = clocked()
    const time = async () => (await call(mock, 'ready', order)).body['created_at']
    await own.post('clock/freeze')
    world.at += 60_000
    expect(await time()).toBe('2023-07-15T21:18:22')
    await own.post('clock/advance', { by: 1000 })
    expect(await time()).toBe('2023-07-15T21:18:23')
    await own.post('clock/to', { at: '2023-07-15T21:00:00+09:00' })
    world.at += 60_000
    expect(await time()).toBe('2023-07-15T21:00:00')
    await own.post('clock/offset', { by: '-1h' })
    expect(await time()).toBe('2023-07-15T20:20:22')
    await own.post('clock/to', { at: '2024-02-29T00:00:00Z' })
    world.at += 1000
    expect(await time()).toBe('2024-02-29T09:00:01')
    await own.post('clock/resume')
    expect(await time()).toBe('2023-07-15T21:20:23')
  })

  test('of one namespace leaves the others alone', async () => {
    const { mock, api, own } = clocked()
    await own.post('clock/advance', { by: '1d' })
    expect((await call(mock, 'ready', order, as('OTHER'))).body['created_at']).toBe('2023-07-15T21:18:22')
    expect((await call(mock, 'ready', order)).body['created_at']).toBe('2023-07-16T21:18:22')
    const { clocks } = (await api.get('clock')).body
    expect(clocks.map((c: { offset_ms: number }) => c.offset_ms).sort()).toEqual([0, 0, 86_400_000])
  })

  test('moved without a namespace moves all, present and to come', async () => {
    const { mock, api } = clocked()
    const tid = await readied(mock)
    const { due, clocks } = (await api.post('clock/advance', { by: '15m' })).body
    expect(due.map((d: { tid: string }) => d.tid)).toEqual([tid])
    expect(clocks.map((c: { namespace: string | null }) => c.namespace)).toEqual([null, name])
    expect((await call(mock, 'ready', order, as('NEW'))).body['created_at']).toBe('2023-07-15T21:33:22')
    await api.post('reset')
    expect((await call(mock, 'ready', order, as('NEW'))).body['created_at']).toBe('2023-07-15T21:18:22')
  })

  test.each([
    ['advance', {}, /^body: by: must be ms as a number, or a text such as/],
    ['advance', { by: 'soon' }, /^body: by: must be ms as a number, or a text such as/],
    ['advance', { by: '200d', to: 1 }, /to/],
    ['advance', { by: '999999999d' }, /^body: by: must be a duration/],
    ['advance', { by: '-36500d' }, /^a clock goes from 1970 to 2200/],
    ['to', { at: '2023-07-15' }, /^body: at: must be ISO 8601 with a zone/],
    ['to', { at: '2023-07-15T21:18:22' }, /^body: at/],
    ['to', { at: '2300-01-01T00:00:00Z' }, /1970 to 2200/],
    ['freeze', { at: -1 }, /^body: at/],
  ])('%s %j is refused with a sentence', async (act, input, message) => {
    const { own } = clocked()
    const { status, body } = await own.post(`clock/${act}`, input)
    expect(status).toBe(400)
    expect(body.error_message).toMatch(message)
  })
})

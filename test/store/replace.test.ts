import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { hasSqlite } from './drivers.ts'
import { look, type RedisServer, startRedis } from './redis.ts'
import { newFile, newPrefix, type Opened, openMock } from './replicas.ts'

const example = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../examples/state/yesterday.json'), 'utf8'))
const ORDER = { cid: order.cid, tid: 'T0000000000000000001' }
const KEY = { authorization: 'SECRET_KEY DEV_KEY' }

let server: Promise<RedisServer> | undefined
afterAll(async () => (await server)?.stop())

const redisUrl = async (): Promise<string> => {
  server ??= startRedis()
  return (await server).url
}

const kinds = [
  ['memory', true, async () => ['memory', '']],
  ['sqlite', hasSqlite, async () => [`sqlite:${newFile()}`, '']],
  ['redis', needs('redis'), async () => [await redisUrl(), newPrefix()]],
] as const

/** A mock with two payments, a subscription, a fault rule and an application. */
const filled = async ({ mock }: Opened) => {
  await paid(mock)
  await paid(mock, { cid: 'TCSUBSCRIP' })
  await control(mock).post('faults', { match: { call: 'ready' }, when: 'always', do: { fault: 'latency', fixed: 1 } })
  await control(mock).post('applications', { name: 'shop' })
  return (await control(mock).get('state')).body
}

for (const [name, works, place] of kinds)
  describe.skipIf(!works)(`a state on ${name}`, () => {
    test('that is imported takes the place of all that was kept, and comes out as it went in', async () => {
      const [store = '', prefix = ''] = await place()
      const from = await openMock(store, prefix)
      const state = await filled(from)
      const [otherStore = '', otherPrefix = ''] = await place()
      const to = await openMock(otherStore, otherPrefix)
      const tid = await readied(to.mock)
      const imported = await control(to.mock).put('state', state)
      expect(imported.body).toEqual({ payments: 2, subscriptions: 1, applications: 1, namespaces: 1, faults: 1 })
      expect((await control(to.mock).get('state')).body).toEqual(state)
      expect(await to.store.find(tid)).toBeUndefined()
      expect(await to.store.findByHash(state.payments[1].hash)).toMatchObject({ tid: state.payments[1].tid })
      expect(await to.store.count(state.payments[0].namespace)).toBe(2)
      expect((await control(to.mock).get('journal')).body.total).toBe(0)
      await from.store.close()
      await to.store.close()
    })

    test('that is refused, or whose payments do not fit, changes nothing', async () => {
      const [store = '', prefix = ''] = await place()
      const one = await openMock(store, prefix, { maxPayments: 2 })
      const state = await filled(one)
      const more = {
        ...example,
        payments: [1, 2, 3].map((n) => ({ ...example.payments[0], tid: `T${'0'.repeat(18)}${n}` })),
      }
      expect((await control(one.mock).put('state', more)).body.error_message).toContain(
        '3 are more than --max-payments',
      )
      expect((await control(one.mock).put('state', { ...state, version: 2 })).status).toBe(400)
      expect((await control(one.mock).get('state')).body).toEqual(state)
      await one.store.close()
    })

    test('of --state begins an empty store, and leaves one that has something', async () => {
      const [store = '', prefix = ''] = await place()
      const config = { state: resolve(import.meta.dirname, '../../examples/state/yesterday.json') }
      const one = await openMock(store, prefix, config)
      expect((await call(one.mock, 'order', ORDER, KEY)).body).toMatchObject({ status: 'SUCCESS_PAYMENT' })
      const cancel = { ...ORDER, cancel_amount: 2200, cancel_tax_free_amount: 0 }
      await call(one.mock, 'cancel', cancel, KEY)
      // The same store with the file once more: what was cancelled stays so.
      const two = createMock(config, { store: one.store })
      expect((await call(two, 'order', ORDER, KEY)).body).toMatchObject({ status: 'CANCEL_PAYMENT' })
      await one.store.close()
    })
  })

describe.skipIf(!needs('redis'))('an import on Redis', () => {
  test('is that of all replicas at once, and leaves nothing beside', async () => {
    const [url, prefix] = [await redisUrl(), newPrefix()]
    const one = await openMock(url, prefix)
    const two = await openMock(url, prefix)
    await control(two.mock).put('namespaces/DEV_OLD', { label: 'old' })
    const state = await filled(one)
    await control(two.mock).post('reset')
    await control(two.mock).put('namespaces/DEV_OLD', { label: 'older' })
    expect((await control(one.mock).put('state', state)).status).toBe(200)
    expect((await control(two.mock).get('state')).body).toEqual(state)
    expect((await control(two.mock).get('faults')).body.faults).toHaveLength(1)
    const names = (await control(two.mock).get('namespaces')).body.namespaces.map((n: { name: string }) => n.name)
    expect(names).toEqual(state.namespaces.map((n: { name: string }) => n.name))
    const keys = await look(url, (client) => client.sendCommand(['KEYS', `${prefix}import:*`]))
    expect(keys).toEqual([])
    const left = await look(url, (client) => client.sendCommand(['TTL', `${prefix}payments:values`]))
    expect(left).toBe(-1)
    await one.store.close()
    await two.store.close()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { openStore } from '../../src/store/open.ts'
import { ANSWER_MS } from '../../src/store/redis-connection.ts'
import { as, control } from '../control/control.ts'
import { approval, authenticated, paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { look, type RedisServer, startRedis } from './redis.ts'
import { newPrefix, type Opened, openMock } from './replicas.ts'

let server: RedisServer

/** Three mocks on one Redis. */
const three = async (config: Parameters<typeof openMock>[2] = {}): Promise<readonly [Opened, Opened, Opened]> => {
  const prefix = newPrefix()
  const open = () => openMock(server.url, prefix, config)
  return [await open(), await open(), await open()]
}
const close = async (replicas: readonly Opened[]) => {
  for (const { store } of replicas) await store.close()
}
const times = <T>(n: number, act: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => act(i))

describe.skipIf(!needs('redis'))('three replicas on one Redis', () => {
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server?.stop())

  test('a payment that one prepared is authenticated at another and approved at the third', async () => {
    const [a, b, c] = await three()
    const tid = await readied(a.mock)
    const { pg_token } = (await control(b.mock).post(`payments/${tid}/payer`, { action: 'approve' })).body
    const approved = await call(c.mock, 'approve', approval(tid, pg_token))
    expect(approved.status).toBe(200)
    expect((await call(a.mock, 'order', { cid: order.cid, tid })).body).toMatchObject({ status: 'SUCCESS_PAYMENT' })
    await close([a, b, c])
  })

  test('a fault that is armed through one fires exactly once, on whichever meets the call', async () => {
    const all = await three()
    await control(all[0].mock).post('faults', {
      match: { call: 'ready' },
      do: { fault: 'refuse', refusal: 'ip-forbidden' },
    })
    const answers = await Promise.all(times(30, (i) => call(all[i % 3]?.mock ?? all[0].mock, 'ready', order)))
    expect(answers.filter(({ status }) => status !== 200)).toHaveLength(1)
    for (const { mock } of all)
      expect((await control(mock).get('faults')).body.faults[0]).toMatchObject({ fired: 1, armed: false })
    await control(all[1].mock).delete('faults')
    expect((await control(all[2].mock).get('faults')).body.faults).toEqual([])
    await close(all)
  })

  test('a clock that is moved on one holds on all for the next call', async () => {
    const [a, b, c] = await three()
    const { tid, pg_token } = await authenticated(a.mock)
    await control(b.mock).post('clock/advance', { by: '16m' })
    expect((await call(c.mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(
      (await call(a.mock, 'approve', approval(tid, pg_token))).body['error_code'],
    )
    expect((await call(a.mock, 'order', { cid: order.cid, tid })).body['status']).toBe('FAIL_PAYMENT')
    await close([a, b, c])
  })

  test('a wait sees the calls of all, and so do the journal and the audit', async () => {
    const [a, b, c] = await three()
    const waiting = control(a.mock).get('journal/wait?call=ready&count=3&timeout=5s')
    for (const { mock } of [a, b, c]) await readied(mock)
    const { status, body } = await waiting
    expect(status).toBe(200)
    expect(body.entries).toHaveLength(3)
    await paid(b.mock)
    const audits = await Promise.all([a, b, c].map(async ({ mock }) => (await control(mock).get('audit')).body))
    expect(audits[0].payments).toBe(4)
    expect(audits[1]).toEqual(audits[0])
    expect(audits[2]).toEqual(audits[0])
    await close([a, b, c])
  })

  test('the event stream shows what happens on all, calls and what is no call', async () => {
    const [a, b, c] = await three()
    const left = new AbortController()
    const stream = await a.mock.fetch(new Request('http://localhost/_mock/events', { signal: left.signal }))
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    await readied(b.mock)
    let text = ''
    while (!text.includes('event: call')) text += new TextDecoder().decode((await reader.read()).value)
    expect(text).toContain('"call":"ready"')
    await control(b.mock).post('faults', { match: { call: 'ready' }, do: { fault: 'garble' } })
    await control(c.mock).post('clock/advance', { by: '1m' })
    await control(c.mock).post('reset')
    while (!text.includes('event: reset')) text += new TextDecoder().decode((await reader.read()).value)
    expect([...text.matchAll(/event: (fault|clock|reset)/g)].map(([, name]) => name)).toEqual([
      'fault',
      'clock',
      'reset',
    ])
    left.abort()
    await reader.cancel().catch(() => {})
    await close([a, b, c])
  })

  test('applications and settings of one are those of all', async () => {
    const [a, b, c] = await three()
    const { application, secret_key } = (await control(a.mock).post('applications', { name: 'shop' })).body
    expect((await call(b.mock, 'ready', order, as('UNKNOWN'))).status).toBe(401)
    expect((await call(c.mock, 'ready', order, as(secret_key))).status).toBe(200)
    await control(c.mock).put('namespaces', { settings: { redirects: 'real' } })
    const { body } = await call(b.mock, 'ready', order, as(secret_key))
    expect(body['next_redirect_pc_url']).toContain('https://online-payment.kakaopay.com/')
    expect(application).toBeUndefined()
    await close([a, b, c])
  })

  test('ids never collide, and limits hold for the sum', async () => {
    const all = await three({ maxPayments: 50, maxFaults: 2, seed: 'the same seed' })
    const tids = await Promise.all(times(90, (i) => readied(all[i % 3]?.mock ?? all[0].mock)))
    expect(new Set(tids).size).toBe(90)
    expect(await all[1].store.count()).toBe(50)
    const armed = await Promise.all(
      all.map(({ mock }) => control(mock).post('faults', { do: { fault: 'latency', fixed: 1 } })),
    )
    expect(armed.map(({ status }) => status).sort()).toEqual([201, 201, 409])
    await close(all)
  })

  test('a quota counts the calls of all', async () => {
    const all = await three({ quota: 10 })
    const answers = await Promise.all(times(30, (i) => call(all[i % 3]?.mock ?? all[0].mock, 'ready', order)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    await close(all)
  })

  test('every key has the prefix, and another prefix is another world', async () => {
    const prefix = newPrefix()
    const one = await openMock(server.url, prefix)
    const other = await openMock(server.url, newPrefix())
    await paid(one.mock)
    expect(await other.store.count()).toBe(0)
    const keys = await look(server.url, (client) => client.sendCommand(['KEYS', `${prefix}*`]))
    const all = await look(server.url, (client) => client.sendCommand(['KEYS', '*payments:values']))
    expect((keys as unknown as string[]).length).toBeGreaterThan(5)
    expect((all as unknown as string[]).every((key) => key.startsWith('test-'))).toBe(true)
    await close([one, other])
  })

  test('while Redis is away calls are refused with −503 and health says so; then it serves again', async () => {
    const own = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always'])
    const { mock, store } = await openMock(own.url, newPrefix())
    const { tid } = await paid(mock)
    await own.kill()
    const refused = await call(mock, 'order', { cid: order.cid, tid })
    expect([refused.status, refused.body['error_code']]).toEqual([503, -503])
    expect((await mock.request('/_mock/health')).status).toBe(503)
    await own.restart()
    const asked = () => call(mock, 'order', { cid: order.cid, tid })
    await expect.poll(asked, { timeout: 10_000 }).toMatchObject({ body: { status: 'SUCCESS_PAYMENT' } })
    expect((await mock.request('/_mock/health')).status).toBe(200)
    await store.close()
    await own.stop()
  })

  test('a Redis that does not answer is given up: −503, also from health, then service', async () => {
    const own = await startRedis()
    const { mock, store } = await openMock(own.url, newPrefix())
    const { tid } = await paid(mock)
    own.freeze()
    const refused = await call(mock, 'order', { cid: order.cid, tid })
    expect([refused.status, refused.body['error_code']]).toEqual([503, -503])
    // From now on nobody waits.
    const started = performance.now()
    expect((await call(mock, 'ready', order)).status).toBe(503)
    expect((await mock.request('/_mock/health')).status).toBe(503)
    expect(performance.now() - started).toBeLessThan(ANSWER_MS)
    own.thaw()
    const asked = () => call(mock, 'order', { cid: order.cid, tid })
    await expect.poll(asked, { timeout: 20_000 }).toMatchObject({ body: { status: 'SUCCESS_PAYMENT' } })
    expect((await mock.request('/_mock/health')).status).toBe(200)
    await store.close()
    await own.stop()
  }, 60_000)

  test('a password and an ACL user work; a wrong one is a sentence without it', async () => {
    const own = await startRedis()
    await look(own.url, (client) =>
      client.sendCommand(['ACL', 'SETUSER', 'mock', 'on', '>s3cret', '~*', '+@all', '-keys']),
    )
    await look(own.url, (client) => client.sendCommand(['ACL', 'SETUSER', 'default', 'off']))
    const url = (password: string) => `redis://mock:${password}@127.0.0.1:${own.port}/2`
    const { mock, store } = await openMock(url('s3cret'), newPrefix())
    expect(await readied(mock)).toMatch(/^T/)
    await store.close()
    const options = { storePrefix: '', maxPayments: 1, maxSubscriptions: 1 }
    const error = await openStore({ ...options, store: url('wr0ng') }).catch((e: Error) => e)
    expect(String(error)).toMatch(/cannot connect to redis:\/\/…@127\.0\.0\.1:\d+\/2: WRONGPASS/)
    await own.stop()
  }, 30_000)

  test('startMock opens the store that its settings name', async () => {
    const settings = { store: server.url, storePrefix: newPrefix() }
    await using one = await startMock(settings)
    await using two = await startMock(settings)
    const tid = await readied(one.mock)
    expect((await call(two.mock, 'order', { cid: order.cid, tid })).status).toBe(200)
  })
})

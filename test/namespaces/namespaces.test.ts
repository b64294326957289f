import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { namespaceName } from '../../src/namespaces/namespaces.ts'
import { kst } from '../../src/payment/clock.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { as, control } from '../control/control.ts'
import { call, INSTANT, KEY, order } from '../merchant.ts'
import { needs } from '../needs.ts'

const ready = (mock: ReturnType<typeof createMock>, key: string, fields = {}) =>
  call(mock, 'ready', { ...order, ...fields }, as(key))

const clocked = (config = {}) => {
  const world = { at: INSTANT }
  return { world, mock: createMock(config, { now: () => world.at }) }
}

describe('a namespace', () => {
  test('is its secret key’s, which it never shows whole', async () => {
    const { mock } = clocked()
    await ready(mock, KEY)
    const api = control(mock)
    const { body } = await api.get('namespaces')
    expect(body.total).toBe(1)
    expect(body.limit).toBe(10_000)
    expect(body.namespaces[0]).toMatchObject({ name: namespaceName(KEY), key: 'DEV…1234', payments: 1, calls: 1 })
    expect(JSON.stringify(body)).not.toContain(KEY)
    expect((await api.get(`namespaces/${KEY}`)).body).toEqual((await api.get(`namespaces/${namespaceName(KEY)}`)).body)
  })

  test('has payments, journal, clock, faults and settings of its own', async () => {
    const mock = createMock()
    const a = control(mock, { 'x-kakaopay-mock-namespace': 'KEY_A' })
    const b = control(mock, { 'x-kakaopay-mock-namespace': 'KEY_B' })
    const tid = (await ready(mock, 'KEY_A')).body['tid']
    await ready(mock, 'KEY_B')
    expect((await call(mock, 'order', { cid: order.cid, tid }, as('KEY_B'))).body['error_code']).toBe(-721)
    expect((await a.get('payments')).body.payments.map((p: { tid: string }) => p.tid)).toEqual([tid])
    expect((await a.get('journal/count')).body).toEqual({ count: 1 })
    expect((await b.get(`payments/${tid}`)).status).toBe(404)
    expect((await control(mock).get(`payments/${tid}`)).status).toBe(200)

    await a.post('clock/advance', { by: '1h' })
    await a.post('faults', { when: 'always', do: { fault: 'refuse', refusal: 'maintenance' } })
    await a.put('namespaces/KEY_A', { settings: { appSchemes: false } })
    expect((await ready(mock, 'KEY_A')).body['error_code']).toBe(-503)
    expect((await ready(mock, 'KEY_B')).body).toHaveProperty('android_app_scheme')
    await a.delete('faults')
    expect((await ready(mock, 'KEY_A')).body).not.toHaveProperty('android_app_scheme')
  })

  test('seeded by a control call repeats its ids after a reset', async () => {
    const { mock } = clocked()
    const api = control(mock)
    await api.put('namespaces/KEY_A', { seed: 'abc' })
    const first = (await ready(mock, 'KEY_A')).body
    expect((await api.post('namespaces/KEY_A/reset')).body).toEqual({ payments: 1, entries: 1, faults: 0 })
    expect((await ready(mock, 'KEY_A')).body).toEqual(first)
    expect((await api.get('namespaces/KEY_A')).body).toMatchObject({ seeded: true, payments: 1, calls: 1 })
  })

  test('is emptied by a reset and keeps lease and settings; the others stay', async () => {
    const mock = createMock()
    const api = control(mock)
    await ready(mock, 'KEY_A')
    await ready(mock, 'KEY_B')
    await api.put('namespaces/KEY_A', { lease: '1h', settings: { payer: 'approve' } })
    await api.post('clock/freeze', { namespace: 'KEY_A' })
    await api.post('faults', { namespace: 'KEY_A', do: { fault: 'garble' } })
    expect((await api.post('namespaces/KEY_A/reset')).body).toEqual({ payments: 1, entries: 1, faults: 1 })
    const { body } = await api.get('namespaces/KEY_A')
    expect(body).toMatchObject({ payments: 0, calls: 0, faults: 0, lease_ms: 3_600_000, clock: { frozen: false } })
    expect(body.settings.payer).toBe('approve')
    expect((await api.get('payments')).body.total).toBe(1)
    expect((await api.post('reset')).body).toEqual({ namespaces: 2, payments: 1, entries: 1, faults: 0 })
    expect((await api.get('payments')).body.total).toBe(0)
  })

  test('is dropped with all that is its own', async () => {
    const mock = createMock()
    const api = control(mock)
    await ready(mock, 'KEY_A')
    await api.post('faults', { namespace: 'KEY_A', do: { fault: 'garble' } })
    expect((await api.delete('namespaces/KEY_A')).body).toEqual({ removed: 1, payments: 1 })
    expect((await api.get('namespaces')).body.total).toBe(0)
    expect((await api.get('faults')).body.faults).toEqual([])
    expect((await api.get('journal/count')).body).toEqual({ count: 0 })
    const again = await api.delete('namespaces/KEY_A')
    expect(again.status).toBe(404)
    expect(again.body.error_message).toBe(
      `there is no namespace ${namespaceName('KEY_A')}. GET /_mock/namespaces lists them.`,
    )
  })

  test('with a lease is dropped when it is unused for so long, and not a moment sooner', async () => {
    const { world, mock } = clocked()
    const api = control(mock)
    await api.put('namespaces/KEY_A', { lease: '10m' })
    const tid = (await ready(mock, 'KEY_A')).body['tid']
    world.at += 600_000 - 1
    expect((await call(mock, 'order', { cid: order.cid, tid }, as('KEY_A'))).status).toBe(200)
    world.at += 600_000 - 1
    expect((await api.get('namespaces')).body.total).toBe(1)
    world.at += 1
    expect((await api.get('namespaces')).body.total).toBe(0)
    expect((await api.get('payments')).body.total).toBe(0)
  })

  test('whose lease ended starts anew on its own next call, also on a slow store', async () => {
    const world = { at: INSTANT }
    const inner = createMemoryStore(100, 100)
    const store = { ...inner, clear: (name?: string) => Promise.resolve().then(() => inner.clear(name)) }
    const mock = createMock({ namespaceLeaseMs: 60_000 }, { now: () => world.at, store })
    const tid = (await ready(mock, 'KEY_A')).body['tid']
    world.at += 60_000
    const anew = await ready(mock, 'KEY_A')
    expect(anew.status).toBe(200)
    expect((await call(mock, 'order', { cid: order.cid, tid }, as('KEY_A'))).body['error_code']).toBe(-721)
    const found = await call(mock, 'order', { cid: order.cid, tid: anew.body['tid'] }, as('KEY_A'))
    expect(found.status).toBe(200)
  })

  test('one above the bound takes the place of the one unused for longest, whose payments stay', async () => {
    const { world, mock } = clocked({ maxNamespaces: 2 })
    const api = control(mock)
    const tid = (await ready(mock, 'KEY_A')).body['tid']
    world.at += 1
    await ready(mock, 'KEY_B')
    world.at += 1
    await ready(mock, 'KEY_C')
    const names = (await api.get('namespaces')).body.namespaces.map((n: { name: string }) => n.name)
    expect(names).toEqual([namespaceName('KEY_C'), namespaceName('KEY_B')])
    expect((await call(mock, 'order', { cid: order.cid, tid }, as('KEY_A'))).status).toBe(200)
  })

  test('takes ttl for lease, for one and for all', async () => {
    const api = control(createMock())
    expect((await api.put('namespaces/KEY_A', { ttl: '10m' })).body.lease_ms).toBe(600_000)
    expect((await api.put('namespaces/KEY_A', { ttl: null })).body.lease_ms).toBeNull()
    expect((await api.put('namespaces', { ttl: '1h' })).body.lease_ms).toBe(3_600_000)
  })

  test('is listed with as many others as are asked for, the last used first', async () => {
    const { world, mock } = clocked()
    for (const key of ['KEY_A', 'KEY_B', 'KEY_C']) {
      await ready(mock, key)
      world.at += 1
    }
    const { namespaces, total } = (await control(mock).get('namespaces?limit=2')).body
    expect(namespaces.map((n: { name: string }) => n.name)).toEqual([namespaceName('KEY_C'), namespaceName('KEY_B')])
    expect(total).toBe(3)
  })

  test('that is named twice, and differently, is refused: neither is emptied', async () => {
    const mock = createMock()
    await ready(mock, 'KEY_A')
    await ready(mock, 'KEY_B')
    const own = control(mock, { 'x-kakaopay-mock-namespace': 'KEY_A' })
    const { status, body } = await own.delete('journal?namespace=KEY_B')
    expect({ status, message: body.error_message }).toEqual({
      status: 400,
      message: 'header, query and body name different namespaces. name one.',
    })
    expect((await own.get(`payments?namespace=${namespaceName('KEY_A')}`)).body.total).toBe(1)
    const twice = await control(mock).get('payments?namespace=KEY_A&namespace=KEY_B')
    expect(twice.body.error_message).toBe('query: namespace is given more than once.')
    expect((await control(mock).get('journal')).body.total).toBe(2)
  })

  test('settings for all hold for those to come too', async () => {
    const mock = createMock()
    const api = control(mock)
    await ready(mock, 'KEY_A')
    expect((await api.put('namespaces', { settings: { redirects: 'real' }, lease: '1d' })).body).toMatchObject({
      namespaces: 1,
      settings: { redirects: 'real', payer: 'manual' },
      lease_ms: 86_400_000,
    })
    for (const key of ['KEY_A', 'KEY_B'])
      expect((await ready(mock, key)).body['next_redirect_pc_url']).toMatch(
        /^https:\/\/online-payment\.kakaopay\.com\//,
      )
  })

  test('named by the header is the only one that is changed or reset', async () => {
    const mock = createMock()
    const api = control(mock)
    const own = control(mock, { 'x-kakaopay-mock-namespace': 'KEY_A' })
    await ready(mock, 'KEY_A')
    await ready(mock, 'KEY_B')
    const changed = await own.put('namespaces', { settings: { payer: 'approve' }, lease: '10m' })
    expect(changed.body).toMatchObject({ namespaces: 1, settings: { payer: 'approve' }, lease_ms: 600_000 })
    expect((await api.get('namespaces/KEY_B')).body).toMatchObject({ settings: { payer: 'manual' }, lease_ms: null })
    expect((await own.post('reset')).body).toEqual({ namespaces: 1, payments: 1, entries: 1, faults: 0 })
    expect((await api.get('namespaces/KEY_B')).body.payments).toBe(1)
    expect((await api.post('reset', {}, { 'x-kakaopay-mock-namespace': 'NOBODY' })).status).toBe(404)
  })

  test.each([
    [{ lease: 'soon' }, /^body: lease: must be ms as a number, or a text such as/],
    [{ lease: 0 }, /^body: lease: must be above 0; null is for never/],
    [{ ttl: '-1s' }, /^body: ttl: must be above 0; null is for never/],
    [{ settings: { payer: 'nobody' } }, /^body: settings\.payer/],
    [{ setings: {} }, /^body: setings is unknown\. the fields are lease, ttl, settings, label, seed\.$/],
    ['{', /well-formed/],
  ])('%j is refused with a sentence', async (input, message) => {
    const { status, body } = await control(createMock()).put('namespaces/KEY_A', input)
    expect({ status, code: body.error_code }).toEqual({ status: 400, code: -400 })
    expect(body.error_message).toMatch(message)
  })
})

describe('1,000 namespaces at once', () => {
  test.each(Array.from({ length: needs('time') ? 20 : 1 }, (_, run) => run + 1))(
    'do not talk across (run %i)',
    async (run) => {
      const { mock } = clocked({ journalLength: 3000 })
      const api = control(mock)
      const keys = Array.from({ length: 1000 }, (_, i) => `DEV_PARALLEL_${run}_${i}`)
      const keyOf = (i: number) => keys[i % 1000] ?? ''
      /** One in ten answers order with −429, another in ten is some hours ahead. */
      const isArmed = (i: number) => i % 10 === 0
      const hoursAhead = (i: number) => (i % 10 === 5 ? 1 + (i % 7) : 0)
      const prepare = async (i: number) => {
        const own = control(mock, { 'x-kakaopay-mock-namespace': keyOf(i) })
        if (isArmed(i))
          await own.post('faults', {
            match: { call: 'order' },
            when: 'always',
            do: { fault: 'refuse', refusal: 'quota-exceeded' },
          })
        if (hoursAhead(i) > 0) await own.post('clock/advance', { by: `${hoursAhead(i)}h` })
      }
      const use = async (key: string, i: number) => {
        const { body } = await ready(mock, key, { partner_order_id: key, total_amount: 1000 + i, vat_amount: 0 })
        const [seen, other] = await Promise.all(
          [key, keyOf(i + 1)].map((who) => call(mock, 'order', { cid: order.cid, tid: body['tid'] }, as(who))),
        )
        return { tid: String(body['tid']), created_at: body['created_at'], seen: seen?.body ?? {}, other: other?.body }
      }
      await Promise.all(keys.map((_, i) => prepare(i)))
      const used = await Promise.all(keys.map(use))
      used.forEach(({ created_at, seen, other }, i) => {
        expect(seen).toMatchObject(
          isArmed(i) ? { error_code: -429 } : { partner_order_id: keys[i], amount: { total: 1000 + i } },
        )
        // A neighbour never sees the payment, and its own fault rule answers it first.
        expect(other?.['error_code']).toBe(isArmed(i + 1) ? -429 : -721)
        expect(created_at).toBe(kst(INSTANT + hoursAhead(i) * 3_600_000))
      })
      expect(new Set(used.map(({ tid }) => tid)).size).toBe(1000)
      const { namespaces, total } = (await api.get('namespaces')).body
      expect(total).toBe(1000)
      expect(new Set(namespaces.map((n: { payments: number; calls: number }) => `${n.payments}/${n.calls}`))).toEqual(
        new Set(['1/3']),
      )
      const { faults } = (await api.get('faults')).body
      // Its own order, and its neighbour's to whom it lent its key.
      expect(new Set(faults.map((s: { fired: number }) => s.fired))).toEqual(new Set([2]))
      const { body } = await api.get('journal', { 'x-kakaopay-mock-namespace': keyOf(run) })
      expect(body.total).toBe(3)
      expect(new Set(body.entries.map((e: { namespace: string }) => e.namespace))).toEqual(
        new Set([namespaceName(keyOf(run))]),
      )
    },
  )
})

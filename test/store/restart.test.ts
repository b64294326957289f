import { writeFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { as, control } from '../control/control.ts'
import { approval, authenticated, paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { hasSqlite } from './drivers.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { newFile, newPrefix, openMock } from './replicas.ts'

let server: Promise<RedisServer> | undefined
afterAll(async () => (await server)?.stop())

const redisUrl = async (): Promise<string> => {
  server ??= startRedis()
  return (await server).url
}

const kinds = [
  ['sqlite', hasSqlite, async () => [`sqlite:${newFile()}`, '']],
  ['redis', needs('redis'), async () => [await redisUrl(), newPrefix()]],
] as const

for (const [name, works, place] of kinds)
  describe.skipIf(!works)(`a mock that is started again on ${name}`, () => {
    test('knows payments, subscriptions and applications', async () => {
      const [store = '', prefix = ''] = await place()
      const one = await openMock(store, prefix)
      const { secret_key } = (await control(one.mock).post('applications', { name: 'shop' })).body
      const key = as(secret_key)
      const first = (await call(one.mock, 'ready', { ...order, cid: 'TCSUBSCRIP' }, key)).body
      const { pg_token } = (await control(one.mock).post(`payments/${first['tid']}/payer`, { action: 'approve' })).body
      const fields = { cid: 'TCSUBSCRIP' }
      const approved = (await call(one.mock, 'approve', approval(String(first['tid']), pg_token, fields), key)).body
      await one.store.close()

      const two = await openMock(store, prefix)
      const found = await call(two.mock, 'order', { ...fields, tid: first['tid'] }, key)
      expect(found.body).toMatchObject({ status: 'SUCCESS_PAYMENT', partner_order_id: order.partner_order_id })
      const status = await call(two.mock, 'status', { ...fields, sid: approved['sid'] }, key)
      expect(status.body).toMatchObject({ available: true, status: 'ACTIVE' })
      expect((await call(two.mock, 'ready', order, as('ANOTHER_KEY'))).status).toBe(401)
      await two.store.close()
    })

    test('knows namespaces with settings, clock, lease and seed, and fault rules with their hits', async () => {
      const [store = '', prefix = ''] = await place()
      const one = await openMock(store, prefix, {}, { now: () => 1_790_000_000_000 })
      const api = control(one.mock)
      await readied(one.mock)
      const [{ name }] = (await api.get('namespaces')).body.namespaces
      await api.put(`namespaces/${name}`, { lease: '1h', seed: 'a', label: 'mine', settings: { payer: 'approve' } })
      await api.post('clock/freeze', { at: '2026-02-03T04:05:06.000Z' }, { 'x-kakaopay-mock-namespace': name })
      await api.post('faults', { match: { call: 'ready' }, when: { next: 2 }, do: { fault: 'latency', fixed: 1 } })
      await readied(one.mock)
      const namespace = (await api.get(`namespaces/${name}`)).body
      const faults = (await api.get('faults')).body
      expect(faults.faults[0]).toMatchObject({ matched: 1, fired: 1, armed: true })
      await one.store.close()

      const two = await openMock(store, prefix, {}, { now: () => 1_790_000_000_000 })
      const { last_used, calls, ...rest } = namespace
      expect((await control(two.mock).get(`namespaces/${name}`)).body).toMatchObject(rest)
      expect((await control(two.mock).get('faults')).body).toEqual(faults)
      await readied(two.mock)
      expect((await control(two.mock).get('faults')).body.faults[0]).toMatchObject({ fired: 2, armed: false })
      await two.store.close()
    })

    test('issues other ids than before, also from the same seed', async () => {
      const [store = '', prefix = ''] = await place()
      const tids: string[] = []
      for (let run = 0; run < 3; run++) {
        const { mock, store: opened } = await openMock(
          store,
          prefix,
          { seed: 'same' },
          { now: () => 1_790_000_000_000 },
        )
        tids.push(await readied(mock), await readied(mock))
        await opened.close()
      }
      expect(new Set(tids).size).toBe(6)
    })

    test('audits what an earlier run has journaled, without secrets', async () => {
      const [store = '', prefix = ''] = await place()
      const one = await openMock(store, prefix)
      await paid(one.mock)
      const { tid, pg_token } = await authenticated(one.mock)
      await control(one.mock).post('faults', { match: { call: 'approve' }, do: { fault: 'commit-then-drop' } })
      await call(one.mock, 'approve', approval(tid, pg_token)).catch(() => {})
      const before = (await control(one.mock).get('audit')).body
      const journal = (await control(one.mock).get('journal')).body
      expect(before.findings.map((f: { settled: boolean }) => f.settled)).toEqual([false, true])
      await one.store.close()

      const two = await openMock(store, prefix)
      expect((await control(two.mock).get('audit')).body).toEqual(before)
      expect((await control(two.mock).get('journal')).body).toEqual(journal)
      await control(two.mock).delete('journal')
      expect((await control(two.mock).get('journal')).body.total).toBe(0)
      await two.store.close()
    })

    test('counts what a full journal has dropped', async () => {
      const [store = '', prefix = ''] = await place()
      const one = await openMock(store, prefix, { journalLength: 3 })
      for (let n = 0; n < 5; n++) await readied(one.mock)
      const before = (await control(one.mock).get('journal')).body
      expect(before).toMatchObject({ total: 3, kept: 3, dropped: 2 })
      await one.store.close()
      const two = await openMock(store, prefix, { journalLength: 3 })
      expect((await control(two.mock).get('journal')).body).toEqual(before)
      await two.store.close()
    })

    test('arms a fault of the config once', async () => {
      const [store = '', prefix = ''] = await place()
      const faults = [{ match: { call: 'ready' }, when: 'next' as const, do: { fault: 'drop-before-commit' as const } }]
      const counts: number[] = []
      for (let run = 0; run < 2; run++) {
        const { mock, store: opened } = await openMock(store, prefix, { faults: faults as never })
        await call(mock, 'ready', order).catch(() => {})
        const { body } = await control(mock).get('faults')
        counts.push(body.faults.length, body.faults[0].fired)
        await opened.close()
      }
      expect(counts).toEqual([1, 1, 1, 1])
    })
  })

describe.skipIf(!hasSqlite)('a SQLite file', () => {
  const open = (path: string) =>
    openStore({ store: `sqlite:${path}`, storePrefix: '', maxPayments: 10, maxSubscriptions: 10 })
  const made = async () => {
    const path = newFile()
    await (await open(path)).close()
    return path
  }
  const exec = (path: string, sql: string) => {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite')
    const db = new DatabaseSync(path)
    db.exec(sql)
    db.close()
  }

  test('of a newer version is refused with a sentence', async () => {
    const path = await made()
    exec(path, 'PRAGMA user_version = 99')
    await expect(open(path)).rejects.toThrow(/was written by a newer kakaopay-mock \(version 99 of the file, this one/)
  })

  test('of another program is refused', async () => {
    const path = newFile()
    exec(path, 'CREATE TABLE t (a)')
    await expect(open(path)).rejects.toThrow(/is a SQLite file of another program/)
  })

  test('that is no SQLite file, or damaged, is refused', async () => {
    const path = newFile()
    writeFileSync(path, 'no database, '.repeat(1000))
    await expect(open(path)).rejects.toThrow(`cannot use the SQLite file ${path}: it is no SQLite file`)
  })

  test('in a folder that is not there is refused', async () => {
    await expect(open('/nowhere/at/all.db')).rejects.toThrow(/it cannot be opened; does its folder exist/)
  })

  test('that another process has open is refused', async () => {
    const path = newFile()
    const first = await open(path)
    await expect(open(path)).rejects.toThrow(/another process has it open/)
    await first.close()
  })

  test('that is full answers −500, keeps nothing of the call, and goes on once there is room', async () => {
    const path = newFile()
    const db = capture()
    const { mock, store } = await openMock(`sqlite:${path}`)
    const tid = await readied(mock)
    db().exec('PRAGMA max_page_count = 1')
    const statuses: number[] = []
    for (let n = 0; n < 200; n++) statuses.push((await call(mock, 'ready', order)).status)
    const failed = statuses.filter((status) => status !== 200)
    expect(new Set(failed)).toEqual(new Set([500]))
    expect(failed.length).toBeGreaterThan(0)
    expect(await store.count()).toBe(1 + statuses.length - failed.length)
    db().exec('PRAGMA max_page_count = 1000000')
    expect((await call(mock, 'ready', order)).status).toBe(200)
    expect((await call(mock, 'order', { cid: order.cid, tid })).status).toBe(200)
    await store.close()
  })
})

/** Lets the test have the handle of the next file that is opened: how large a file may become is a property of the handle. */
const capture = (): (() => DatabaseSync) => {
  const sqlite = process.getBuiltinModule('node:sqlite') as { DatabaseSync: typeof DatabaseSync }
  const original = sqlite.DatabaseSync
  let handle: DatabaseSync | undefined
  sqlite.DatabaseSync = class extends original {
    constructor(path: string) {
      super(path)
      handle = this
      sqlite.DatabaseSync = original
    }
  }
  return () => handle as DatabaseSync
}

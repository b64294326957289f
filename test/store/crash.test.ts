import { afterAll, describe, expect, test } from 'vitest'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { json, type Killable, startKillable } from './crash.ts'
import { hasSqlite } from './drivers.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { newFile, newPrefix } from './replicas.ts'

/** `npm run test:all` takes the time for all of them. */
const KILLS = Number(process.env['KAKAOPAY_MOCK_KILLS'] ?? 20)
const ROUNDS = Number(process.env['KAKAOPAY_MOCK_ROUNDS'] ?? 20)
const CALLERS = 8

const times = <T>(n: number, act: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => act(i))
const ready = (url: string) => json(url, '/online/v1/payment/ready', order)
const find = (url: string, tid: string) => json(url, '/online/v1/payment/order', { cid: order.cid, tid })
const pay = async (url: string, tid: string) => {
  const { body } = await json(url, `/_mock/payments/${tid}/payer`, { action: 'approve' })
  return String(body['pg_token'])
}
const approval = (tid: string, pg_token: string) => ({
  cid: order.cid,
  tid,
  pg_token,
  partner_order_id: order.partner_order_id,
  partner_user_id: order.partner_user_id,
})

describe.skipIf(!hasSqlite || !needs('time'))('a SQLite file whose process is killed under load', () => {
  test(`has each payment that was answered, ${KILLS} times`, { timeout: 600_000 }, async () => {
    const flags = ['--store', `sqlite:${newFile()}`]
    const answered = new Map<string, 'READY' | 'SUCCESS_PAYMENT'>()
    let server = await startKillable(flags)
    let checked = 0
    for (let round = 0; round < KILLS; round++) {
      const { url } = server
      let ends = false
      const caller = async () => {
        while (!ends) {
          const prepared = await ready(url)
          if (prepared.status !== 200) throw new Error(`ready: ${prepared.status}`)
          const tid = String(prepared.body['tid'])
          answered.set(tid, 'READY')
          const token = await pay(url, tid)
          const approved = await json(url, '/online/v1/payment/approve', approval(tid, token))
          if (approved.status === 200) answered.set(tid, 'SUCCESS_PAYMENT')
        }
      }
      const callers = times(CALLERS, () => caller().catch((error: Error) => error))
      await new Promise((go) => setTimeout(go, 20 + ((round * 37) % 180)))
      await server.kill()
      ends = true
      const refused = (await Promise.all(callers)).filter((e) => e instanceof Error && e.message.startsWith('ready:'))
      expect(refused).toEqual([])
      server = await startKillable(flags)
      const fresh = [...answered]
      for (const [tid, status] of fresh) {
        const found = await find(server.url, tid)
        expect(found.status).toBe(200)
        if (status === 'SUCCESS_PAYMENT') expect(found.body).toMatchObject({ status })
      }
      checked += answered.size
      answered.clear()
    }
    await server.kill()
    // A test that had no answers to look for would prove nothing.
    expect(checked).toBeGreaterThan(KILLS)
  })
})

describe.skipIf(!needs('redis', 'time'))('three processes on one Redis', () => {
  let redis: RedisServer
  afterAll(() => redis?.stop())

  test(`pay each payment once, refund no more than was paid, and one may be killed, ${ROUNDS} times`, {
    timeout: 600_000,
  }, async () => {
    redis = await startRedis()
    const flags = ['--store', redis.url, '--store-prefix', newPrefix()]
    const servers: Killable[] = await Promise.all(times(3, () => startKillable(flags)))
    const urlOf = (i: number) => servers[i % 3]?.url ?? ''
    for (let round = 0; round < ROUNDS; round++) {
      const tid = String((await ready(urlOf(round))).body['tid'])
      const token = await pay(urlOf(round + 1), tid)
      const approve = (i: number) => json(urlOf(i), '/online/v1/payment/approve', approval(tid, token))
      const paid = await Promise.all(times(100, approve))
      expect(paid.filter(({ status }) => status === 200)).toHaveLength(1)
      const part = { cid: order.cid, tid, cancel_amount: 100, cancel_tax_free_amount: 0, cancel_vat_amount: 0 }
      const cancels = await Promise.all(times(100, (i) => json(urlOf(i), '/online/v1/payment/cancel', part)))
      const done = cancels.filter(({ status }) => status === 200).length
      // The last 100 won cannot go without the VAT that is left.
      expect(done).toBe(21)
      const found = await find(urlOf(round), tid)
      expect(found.body).toMatchObject({ canceled_amount: { total: 2100 } })
    }
    const tids = await Promise.all(times(30, async (i) => String((await ready(urlOf(i))).body['tid'])))
    await servers[0]?.kill()
    for (const tid of tids) expect((await find(urlOf(1), tid)).status).toBe(200)
    for (const server of servers) await server.kill()
  })
})

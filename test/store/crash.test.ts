import { describe, expect, test } from 'vitest'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { json, startKillable } from './crash.ts'
import { hasSqlite } from './drivers.ts'
import { newFile } from './replicas.ts'

/** KAKAOPAY_MOCK_KILLS=200 takes some minutes. */
const KILLS = Number(process.env['KAKAOPAY_MOCK_KILLS'] ?? 40)
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

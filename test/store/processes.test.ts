import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { json, type Killable, startKillable } from './crash.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { newPrefix } from './replicas.ts'

/** Rounds of 100 approves at once. KAKAOPAY_MOCK_ROUNDS=1000 takes a few minutes. */
const ROUNDS = Number(process.env['KAKAOPAY_MOCK_ROUNDS'] ?? 200)
const AT_ONCE = 100

const times = <T>(n: number, act: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => act(i))
const statusesOf = (answers: readonly { readonly status: number }[]) => {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
const part = (tid: string) => ({
  cid: order.cid,
  tid,
  cancel_amount: 100,
  cancel_tax_free_amount: 0,
  cancel_vat_amount: 0,
})

describe.skipIf(!needs('redis', 'time'))('three processes on one Redis', () => {
  let redis: RedisServer
  let servers: readonly Killable[]
  const flags = () => ['--store', redis.url, '--store-prefix', prefix, '--journal-length', '100']
  const prefix = newPrefix()
  /** Each call goes to another of them. */
  let calls = 0
  const post = (path: string, body: object) => json(servers[++calls % 3]?.url ?? '', path, body)
  const ready = () => post('/online/v1/payment/ready', order)
  const find = (tid: string) => post('/online/v1/payment/order', { cid: order.cid, tid })
  const authenticated = async () => {
    const tid = String((await ready()).body['tid'])
    const { body } = await post(`/_mock/payments/${tid}/payer`, { action: 'approve' })
    const { partner_order_id, partner_user_id, cid } = order
    return { tid, approval: { cid, tid, pg_token: body['pg_token'], partner_order_id, partner_user_id } }
  }
  const paid = async () => {
    const { tid, approval } = await authenticated()
    const { status } = await post('/online/v1/payment/approve', approval)
    return { tid, status }
  }

  beforeAll(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always'])
    servers = await Promise.all(times(3, () => startKillable(flags())))
  })
  afterAll(async () => {
    for (const server of servers) await server.kill()
    await redis.stop()
  })

  test(`pay each payment once, ${ROUNDS} times ${AT_ONCE} approves at once`, { timeout: 900_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { approval } = await authenticated()
      const answers = await Promise.all(times(AT_ONCE, () => post('/online/v1/payment/approve', approval)))
      expect(statusesOf(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 })
    }
  })

  test('refund no more than was paid, with 100 partial cancels at once', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 5; round++) {
      const { tid } = await paid()
      const answers = await Promise.all(times(AT_ONCE, () => post('/online/v1/payment/cancel', part(tid))))
      // 2,200 won with 200 of VAT: the last 100 cannot go without the VAT that is left.
      expect(statusesOf(answers)).toEqual({ 200: 21, 400: AT_ONCE - 21 })
      expect((await find(tid)).body).toMatchObject({ canceled_amount: { total: 2100 }, status: 'PART_CANCEL_PAYMENT' })
    }
  })

  /** Payments by several callers until `act` is over: what was answered, and the refusals. */
  const underLoad = async (act: () => Promise<void>) => {
    const answered = new Set<string>()
    const refusals: number[] = []
    let ends = false
    const caller = async () => {
      while (!ends) {
        const { tid, status } = await paid().catch(() => ({ tid: 'undefined', status: 0 }))
        if (status === 200) answered.add(tid)
        else refusals.push(status)
      }
    }
    const callers = times(8, caller)
    await act()
    ends = true
    await Promise.all(callers)
    return { answered: [...answered], refusals }
  }
  const pause = (ms: number) => new Promise((go) => setTimeout(go, ms))
  const expectAllPaid = async (tids: readonly string[]) => {
    expect(tids.length).toBeGreaterThan(10)
    for (const tid of tids) expect((await find(tid)).body).toMatchObject({ tid, status: 'SUCCESS_PAYMENT' })
  }

  test('lose nothing of what was answered when one is killed in the middle', { timeout: 120_000 }, async () => {
    const { answered } = await underLoad(async () => {
      await pause(700)
      await servers[1]?.kill()
      await pause(700)
    })
    servers = [servers[0], await startKillable(flags()), servers[2]] as Killable[]
    await expectAllPaid(answered)
  })

  test('refuse while Redis restarts in the middle, then serve, and have all that was answered', {
    timeout: 120_000,
  }, async () => {
    const { answered, refusals } = await underLoad(async () => {
      await pause(700)
      await redis.kill()
      await pause(300)
      await redis.restart()
      const served = async () => (await ready()).status
      for (let n = 0; n < 3; n++) await expect.poll(served, { timeout: 20_000 }).toBe(200)
      await pause(700)
    })
    expect(refusals.length).toBeGreaterThan(0)
    // 400: an approve whose own payment did not get as far as its authentication.
    expect([...new Set(refusals)].filter((status) => status !== 503 && status !== 400)).toEqual([])
    await expectAllPaid(answered)
  })
})

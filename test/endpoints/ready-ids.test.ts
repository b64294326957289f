import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { createIds } from '../../src/payment/ids.ts'
import { seededRandom, systemRandom } from '../../src/random.ts'
import { needs } from '../needs.ts'

describe('ids', () => {
  test('as many as are wanted, in a burst within one frozen second, are all different and all well formed', () => {
    const ids = createIds(systemRandom())
    const count = needs('time') ? 1_000_000 : 100_000
    const seen = new Set<string>()
    for (let i = 0; i < count; i++) seen.add(ids.tid(1_689_423_502_000))
    expect(seen.size).toBe(count)
    for (const tid of seen) if (!/^T[0-9a-f]{19}$/.test(tid)) throw new Error(tid)
  })

  test('tids, aids and sids share one counter, so that no two of them are alike even but for their letter', () => {
    const ids = createIds(seededRandom('letters'))
    const tails = [ids.tid(0), ids.aid(0), ids.sid(0)].map((id) => id.slice(1))
    expect(new Set(tails).size).toBe(3)
  })

  test('the counter wraps and the instance moves on', () => {
    const ids = createIds({ hex: (bytes) => 'f'.repeat(bytes * 2) })
    const first = ids.tid(0)
    for (let i = 0; i < 65_535; i++) ids.tid(0)
    expect(first).toBe('T0000000ffffffff0000')
    expect(ids.tid(0)).toBe('T0000000000000000000')
  })

  test.skipIf(!needs('time'))('two processes never issue the same one', () => {
    const one = spawnSync('node', ['--input-type=module', '-e', twoThousandTids], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    })
    const again = spawnSync('node', ['--input-type=module', '-e', twoThousandTids], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    })
    const all = [...one.stdout.trim().split('\n'), ...again.stdout.trim().split('\n')]
    expect(all).toHaveLength(4000)
    expect(new Set(all).size).toBe(4000)
  })

  test('the redirect hash is 64 hex digits and pg_token 20', () => {
    const ids = createIds(systemRandom())
    expect(ids.redirectHash()).toMatch(/^[0-9a-f]{64}$/)
    expect(ids.pgToken()).toMatch(/^[0-9a-f]{20}$/)
    expect(ids.redirectHash()).not.toBe(ids.redirectHash())
  })

  test('seeded random repeats itself and differs by seed', () => {
    expect(seededRandom('a').hex(40)).toBe(seededRandom('a').hex(40))
    expect(seededRandom('a').hex(40)).not.toBe(seededRandom('b').hex(40))
  })
})

/** Two processes of the built library in the same second. */
const twoThousandTids = `
  import { createMock } from '../../dist/index.js'
  const mock = createMock()
  const order = { cid: 'TC0ONETIME', partner_order_id: 'o', partner_user_id: 'u', item_name: 'i', quantity: 1, total_amount: 1, tax_free_amount: 0,
    approval_url: 'http://a', cancel_url: 'http://a', fail_url: 'http://a' }
  for (let i = 0; i < 2000; i++) {
    const answer = await mock.request('/online/v1/payment/ready', { method: 'POST', body: JSON.stringify(order),
      headers: { authorization: 'SECRET_KEY k', 'content-type': 'application/json' } })
    console.log((await answer.json()).tid)
  }
`

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { approval } from '../flow.ts'
import { order } from '../merchant.ts'
import { runHere } from './kakaopay-mock.ts'

let served: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  served = await startMock({
    controlToken: 'sesame',
    faults: [{ match: { call: 'cancel' }, when: 'next', do: { fault: 'garble' } }],
  })
})
afterAll(() => served.close())

const TOKEN = { KAKAOPAY_MOCK_CONTROL_TOKEN: 'sesame' }
const post = async (path: string, body: unknown, headers: Record<string, string>) => {
  const sent = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`${served.url}${path}`, { method: 'POST', headers: sent, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, string>
}

describe('kakaopay-mock audit', () => {
  test('exits 0 while all is settled, 1 when a payment is not, and 1 for an unfired rule if asked to', async () => {
    const key = { authorization: 'SECRET_KEY DEV_AUDIT' }
    expect(await runHere(['audit', served.url], TOKEN)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^0 payments, 0 unsettled, 1 fault unfired\n\narmed and never fired: fault_/),
      stderr: '',
    })
    expect((await runHere(['audit', served.url, '--fail-unfired'], TOKEN)).code).toBe(1)

    const { tid = '' } = await post('/online/v1/payment/ready', order, key)
    const { pg_token } = await post(
      `/_mock/payments/${tid}/payer`,
      { action: 'approve' },
      { 'x-kakaopay-mock-token': 'sesame' },
    )
    const unsettled = await runHere(['audit', served.url], TOKEN)
    expect(unsettled.code).toBe(1)
    expect(unsettled.stdout).toContain(`UNSETTLED ${tid} partner_order_id AUTH_PASSWORD`)
    expect((await runHere(['audit', served.url, '--namespace', 'DEV_OTHER'], TOKEN)).code).toBe(0)

    await post('/online/v1/payment/approve', approval(tid, pg_token), key)
    const settled = await runHere(['audit', served.url, '--json'], TOKEN)
    expect(settled.code).toBe(0)
    expect(JSON.parse(settled.stdout)).toMatchObject({ settled: true, payments: 1 })
  })

  test('exits 4 where the journal has forgotten what would settle a payment, and says how to keep more', async () => {
    const short = await startMock({ journalLength: 1 })
    const sent = { method: 'POST', headers: { authorization: 'SECRET_KEY DEV_A', 'content-type': 'application/json' } }
    const ready = await fetch(`${short.url}/online/v1/payment/ready`, { ...sent, body: JSON.stringify(order) })
    const { tid = '' } = (await ready.json()) as { tid?: string }
    const payer = await fetch(`${short.url}/_mock/payments/${tid}/payer`, { ...sent, body: '{"action":"approve"}' })
    const { pg_token = '' } = (await payer.json()) as { pg_token?: string }
    const approve = await fetch(`${short.url}/online/v1/payment/approve`, {
      ...sent,
      body: JSON.stringify(approval(tid, pg_token)),
    })
    expect(approve.status).toBe(200)
    expect((await runHere(['audit', short.url])).code).toBe(0)
    await fetch(`${short.url}/online/v1/payment/ready`, { ...sent, body: JSON.stringify(order) })
    const { code, stdout } = await runHere(['audit', short.url])
    await short.close()
    expect(code).toBe(4)
    expect(stdout).toContain('--journal-length keeps more')
    expect(stdout).toContain(`UNKNOWN   ${tid}`)
  })

  test('says why it could not ask', async () => {
    expect(await runHere(['audit', served.url])).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('cannot be audited: HTTP 401 {"error_code":-401'),
    })
    expect((await runHere(['audit', 'http://127.0.0.1:1'])).code).toBe(3)
    expect((await runHere(['audit', 'a', 'b'])).code).toBe(2)
    expect((await runHere(['audit', '--namespace'])).code).toBe(2)
  })

  test('a faults file that cannot be used stops the start with one line', async () => {
    const { code, stderr } = await runHere(['serve', '--port', '0', '--faults', '[{"do":{"fault":"explode"}}]'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^kakaopay-mock: --faults must be a list of faults: 0\.do\.fault .*\n$/)
    const missing = await runHere(['serve', '--port', '0', '--faults', '/does/not/exist.json'])
    expect(missing.stderr).toMatch(/^kakaopay-mock: --faults must be a JSON file/)
  })
})

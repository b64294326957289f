import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { run, type Served, serve } from '../cli/kakaopay-mock.ts'
import { approval, cancelation } from '../flow.ts'
import { type Call, KEY, order } from '../merchant.ts'
import { needs } from '../needs.ts'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill()
})

const realService = async (): Promise<string> => {
  const file = fileURLToPath(new URL('./real-service.js', import.meta.url))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return line.toString().trim()
}

const post = async (url: string, body: object): Promise<Record<string, unknown>> => {
  const headers = { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()) as Record<string, unknown>
}

/** A payment through the relay, the payer at the real service, and three requests that this mock refuses. */
const trade = async (relay: Served, real: string) => {
  const call = (name: Call, body: object) => post(`${relay.url}${endpoints[name].path}`, body)
  const { tid } = await call('ready', order)
  const { pg_token } = await post(`${real}/_mock/payments/${tid}/payer`, { action: 'approve' })
  await call('approve', approval(String(tid), pg_token))
  await call('order', { cid: order.cid, tid })
  await call('cancel', cancelation(String(tid), 700))
  await call('order', { cid: order.cid, tid: 'T0000000000000000000' })
  await call('ready', { ...order, item_name: 'x'.repeat(101) })
  await call('ready', { ...order, quantity: undefined })
}

test.skipIf(!needs('time'))(
  'of a real service, a process of its own, with five differences `deviations` prints these five',
  async () => {
    const real = await realService()
    const relay = await serve(['--relay', real])
    running.push(relay.child)
    await trade(relay, real)
    expect(await run(['deviations', relay.url])).toEqual({
      code: 1,
      stderr: '',
      stdout: `approve  answer.no-other-keys  inferred (client-practice)  once
  body.point_card: expected no undocumented key, was "x"
cancel  answer.shape  documented (single-payment)  once
  body.quantity: expected number, received string, was "1"
order  tid-unknown  inferred (ours)  once
  body.error_message: expected tid does not exist!, was no such tid
ready  ready.item_name.max  documented (single-payment)  once
  request: expected refused with -2, was accepted
ready  ready.quantity.required  documented (single-payment)  once
  body.error_code: expected -2, was -400
5 deviations
`,
    })
  },
)

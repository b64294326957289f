/**
 * One store with so many payments kept, in a process of its own and without HTTP: `node bench/one-store.js STORE PAYMENTS MS`. Prints JSON:
 * `ready` and whole payments (four calls) per second, and bytes per payment.
 */
import { statSync } from 'node:fs'
import { startMock } from '../dist/index.js'
import { order } from './payment.js'

const [store, payments, ms] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const CALLERS = 64
const headers = { authorization: 'SECRET_KEY DEV_BENCH', 'content-type': 'application/json' }

// The store is full from the start: each payment makes room for itself, as on a server that has run for long.
const server = await startMock({ store, storePrefix: `bench-${process.pid}:`, maxPayments: payments })
const { mock } = server
const post = async (path, body) => {
  const response = await mock.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
const ready = () => post('/online/v1/payment/ready', order)
const whole = async () => {
  const { tid } = await ready()
  const { pg_token } = await post(`/_mock/payments/${tid}/payer`, { action: 'approve' })
  const { partner_order_id, partner_user_id, cid } = order
  await post('/online/v1/payment/approve', { cid, tid, pg_token, partner_order_id, partner_user_id })
  await post('/online/v1/payment/cancel', { cid, tid, cancel_amount: 2200, cancel_tax_free_amount: 0 })
}

/** Acts a second, with CALLERS at once. */
const rate = async (act) => {
  const started = performance.now()
  let acts = 0
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (performance.now() - started < ms) {
        await act()
        acts++
      }
    }),
  )
  return (acts / (performance.now() - started)) * 1000
}

const redisMemory = async () => {
  const { createClient } = await import('redis')
  const client = createClient({ url: store })
  await client.connect()
  const info = await client.info('memory')
  client.destroy()
  return Number(/used_memory:(\d+)/.exec(info)?.[1])
}
const size = async () => {
  if (store === 'memory') {
    globalThis.gc()
    return process.memoryUsage().heapUsed
  }
  if (store.startsWith('redis')) return redisMemory()
  const file = store.slice('sqlite:'.length)
  return statSync(file).size + statSync(`${file}-wal`).size
}

const { tid } = await ready()
const template = await mock.store.find(tid)
const before = await size()
const BATCH = 2000
for (let n = 1; n < payments; n += BATCH) {
  const batch = Array.from({ length: Math.min(BATCH, payments - n) }, (_, i) => {
    const id = (n + i).toString(16).padStart(19, '0')
    // Texts of their own, as each call brings them: one text that all share would take no room.
    return JSON.parse(JSON.stringify({ ...template, tid: `T${id}`, hash: id.padStart(64, '0') }))
  })
  await Promise.all(batch.map((payment) => mock.store.add(payment)))
  await mock.store.saved()
}
const bytes = ((await size()) - before) / (payments - 1)
await rate(ready)
console.log(JSON.stringify({ ready: await rate(ready), whole: await rate(whole), bytes }))
await mock.store.clear()
await server.close()

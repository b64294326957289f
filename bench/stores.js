/**
 * What a store costs, in process and without HTTP: `ready` and the whole flow on memory, SQLite and Redis, and the bytes per payment.
 * node bench/stores.js [calls] [redis://…]. SQLite needs Node 22.13 or later; without a URL Redis is left out.
 */
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '../dist/index.js'

const CALLS = Number(process.argv[2] ?? 10_000)
const REDIS = process.argv[3]
const CALLERS = 64
const headers = { authorization: 'SECRET_KEY DEV_BENCH', 'content-type': 'application/json' }
const order = {
  cid: 'TC0ONETIME',
  partner_order_id: 'order-1',
  partner_user_id: 'user-1',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  vat_amount: 200,
  tax_free_amount: 0,
  approval_url: 'http://localhost:3000/approve',
  cancel_url: 'http://localhost:3000/cancel',
  fail_url: 'http://localhost:3000/fail',
}

const file = join(mkdtempSync(join(tmpdir(), 'kakaopay-mock-bench-')), 'state.db')
const stores = {
  memory: 'memory',
  ...(hasSqlite() ? { sqlite: `sqlite:${file}` } : {}),
  ...(REDIS ? { redis: REDIS } : {}),
}

const base = {}
for (const [name, store] of Object.entries(stores)) {
  const server = await startMock({ store, storePrefix: `bench-${process.pid}:`, maxPayments: 10_000_000 })
  const { mock } = server
  const post = async (path, body) => {
    const response = await mock.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const ready = () => post('/online/v1/payment/ready', order)
  const flow = async () => {
    const { tid } = await ready()
    const { pg_token } = await post(`/_mock/payments/${tid}/payer`, { action: 'approve' })
    const { partner_order_id, partner_user_id, cid } = order
    await post('/online/v1/payment/approve', { cid, tid, pg_token, partner_order_id, partner_user_id })
    await post('/online/v1/payment/cancel', { cid, tid, cancel_amount: 2200, cancel_tax_free_amount: 0 })
  }
  await rate(ready, CALLS / 10)
  const rates = { ready: await rate(ready, CALLS), flow: await rate(flow, CALLS / 4) }
  const count = await mock.store.count()
  const bytes = name === 'sqlite' ? (statSync(file).size + statSync(`${file}-wal`).size) / count : undefined
  base.ready ??= rates.ready
  base.flow ??= rates.flow
  const share = (what) => `${Math.round(rates[what])}/s (${(rates[what] / base[what]).toFixed(2)} of memory)`
  console.log(
    `${name}: ready ${share('ready')}, flow ${share('flow')}${bytes ? `, ${Math.round(bytes)} bytes a payment` : ''}`,
  )
  await mock.store.clear()
  await server.close()
}

/** Calls a second, with CALLERS at once. */
async function rate(act, calls) {
  let left = calls
  const started = performance.now()
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (left-- > 0) await act()
    }),
  )
  return (calls / (performance.now() - started)) * 1000
}

function hasSqlite() {
  return process.getBuiltinModule('node:sqlite') !== undefined
}

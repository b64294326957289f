/**
 * The limit: node:http with nothing on it. It parses the same body, makes the same ids and stringifies the same answer as the mock does
 * for `ready`; it checks nothing and keeps nothing. Its random bytes come from a pool, as the mock's do, or it would lose time there.
 */
import { randomFillSync } from 'node:crypto'
import { createServer } from 'node:http'

const pool = Buffer.alloc(8192)
let at = pool.length
const hex = (bytes) => {
  if (at + bytes > pool.length) {
    randomFillSync(pool)
    at = 0
  }
  at += bytes
  return pool.toString('hex', at - bytes, at)
}

const instance = hex(4)
let counter = 0
const tid = () =>
  `T${(Math.floor(Date.now() / 1000) % 0x10000000).toString(16).padStart(7, '0')}${instance}${(counter++ % 0x10000).toString(16).padStart(4, '0')}`

const KST_OFFSET_MS = 9 * 60 * 60 * 1000
let origin = ''

const ready = () => {
  const hash = hex(32)
  const path = `pg/one-time/payment/${hash}`
  const scheme = `kakaotalk://kakaopay/pg?url=https://online-pay.kakaopay.com/pay/mockup/${hash}`
  return {
    tid: tid(),
    next_redirect_app_url: `${origin}/mockup/bridge/mobile-app/${path}`,
    next_redirect_mobile_url: `${origin}/mockup/bridge/mobile-web/${path}`,
    next_redirect_pc_url: `${origin}/mockup/bridge/pc/${path}`,
    android_app_scheme: scheme,
    ios_app_scheme: scheme,
    created_at: new Date(Date.now() + KST_OFFSET_MS).toISOString().slice(0, 19),
  }
}

/** The later calls of a payment: objects of the size that the mock answers with, stringified anew for each call. */
const amounts = (total) => ({ total, tax_free: 0, vat: 200, point: 0, discount: 0, green_deposit: 0 })
const paid = {
  aid: 'A5678901234567890123',
  tid: 'T1234567890123456789',
  cid: 'TC0ONETIME',
  sid: null,
  partner_order_id: 'order-1',
  partner_user_id: 'user-1',
  item_name: '초코파이',
  item_code: null,
  payload: null,
  quantity: 1,
  amount: amounts(2200),
  payment_method_type: 'MONEY',
  card_info: null,
  sequential_payment_methods: null,
  created_at: '2023-07-15T21:18:22',
  approved_at: '2023-07-15T21:18:22',
}
const canceled = {
  ...paid,
  canceled_amount: amounts(2200),
  cancel_available_amount: amounts(0),
  approved_cancel_amount: amounts(2200),
}
const looked = {
  ...paid,
  canceled_amount: amounts(0),
  cancel_available_amount: amounts(2200),
  payment_action_details: [
    { aid: paid.aid, payment_action_type: 'PAYMENT', amount: 2200, approved_at: paid.approved_at },
  ],
}
const acted = {
  redirect_url: 'http://localhost:3000/approve?pg_token=0123456789abcdef0123',
  pg_token: '0123456789abcdef0123',
  status: 'AUTH_PASSWORD',
}

const answerOf = (url) => {
  if (url.endsWith('/ready')) return ready()
  if (url.endsWith('/approve')) return paid
  if (url.endsWith('/order')) return looked
  return url.endsWith('/cancel') ? canceled : acted
}

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString())
    const body = JSON.stringify(answerOf(request.url))
    response.writeHead(200, {
      'content-type': 'application/json;charset=UTF-8',
      'content-length': Buffer.byteLength(body),
    })
    response.end(body)
  })
})

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  origin = `http://127.0.0.1:${server.address().port}`
  process.stdout.write(`${origin}\n`)
})

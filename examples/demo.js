/** `npm run demo`: the mock and the sample shop in one process, and what to click. SHOP_PORT and KAKAOPAY_MOCK_PORT choose other ports. */
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { startMock } from 'kakaopay-mock'
import { createClient } from './shop/kakaopay.js'
import { createShop } from './shop/shop.js'

const mock = await startMock({ port: Number(process.env.KAKAOPAY_MOCK_PORT ?? 8585) })
const pay = createClient({ baseUrl: mock.url, secretKey: 'DEV_SAMPLE_SHOP' })
const shop = serve({
  fetch: createShop({ pay }).fetch,
  port: Number(process.env.SHOP_PORT ?? 3000),
  hostname: '127.0.0.1',
})
await once(shop, 'listening')
const shopUrl = `http://127.0.0.1:${shop.address().port}`

console.log(`Sample shop   ${shopUrl}
Dashboard     ${mock.url}/_mock/
KakaoPay API  ${mock.url}

1. Open the shop, press "카카오페이로 결제", and pay on the payer's page: it ends on a receipt.
2. Refund a part of it on the receipt, and see each call and sum on the dashboard.
3. Lose the answer of the next approve, then buy again; the shop looks the order up:
   curl -X POST ${mock.url}/_mock/faults -d '{"match":{"call":"approve"},"do":{"fault":"commit-then-drop"}}'

Ctrl-C to stop`)

process.once('SIGINT', () => process.exit(0))
process.once('SIGTERM', () => process.exit(0))

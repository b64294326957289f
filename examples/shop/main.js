/** The shop alone, against a mock that runs elsewhere: `KAKAOPAY_BASE_URL=http://127.0.0.1:8585 node examples/shop/main.js`. */
import { serve } from '@hono/node-server'
import { createClient } from './kakaopay.js'
import { createShop } from './shop.js'

const env = process.env
const pay = createClient({
  baseUrl: env.KAKAOPAY_BASE_URL ?? 'http://127.0.0.1:8585',
  secretKey: env.KAKAOPAY_SECRET_KEY ?? 'DEV_SAMPLE_SHOP',
})
serve(
  { fetch: createShop({ pay }).fetch, port: Number(env.PORT ?? 3000), hostname: env.HOST ?? '127.0.0.1' },
  ({ port }) => console.log(`Sample shop   http://127.0.0.1:${port}`),
)

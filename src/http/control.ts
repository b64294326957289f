import { Hono } from 'hono'
import type { Store } from '../store/store.ts'
import { JSON_TYPE } from './errors.ts'

export interface HealthParts {
  readonly version: string
  readonly store: Store
}

/** Our own paths, under `/_mock`. None of them is KakaoPay's. */
export const createHealth = ({ version, store }: HealthParts) => {
  const app = new Hono()
  app.get(
    '/health',
    () => new Response(JSON.stringify({ status: 'ok', version, payments: store.size }), { headers: JSON_TYPE }),
  )
  return app
}

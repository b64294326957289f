import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { refuse } from '../payment/refusal.ts'
import type { Bindings } from './api.ts'
import { refusalResponse } from './errors.ts'

/** Hono behind Node's server. What the adapter itself cannot read (a broken Host, say) is refused in KakaoPay's form too. */
export const adapt = (app: Hono<{ Bindings: Bindings }>): RequestListener =>
  getRequestListener((request, env) => app.fetch(request, env as Bindings), {
    errorHandler: () => refusalResponse(refuse('request-malformed', 'wire.path')),
  })

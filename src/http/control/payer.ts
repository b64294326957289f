import { Hono } from 'hono'
import { arrivalOf, type Bindings, conclude } from '../api.ts'
import { mediaRefusal, readBody } from '../body.ts'
import { JSON_TYPE } from '../errors.ts'
import { createPayerCall } from '../payer.ts'
import type { WitnessParts } from '../witness.ts'

/** `POST /_mock/payments/{tid}/payer` behind Hono's router. JSON whatever its Content-Type, as of every control call. */
export const createPayer = (parts: WitnessParts) => {
  const answer = createPayerCall(parts)
  const app = new Hono<{ Bindings: Bindings }>()
  app.post('/payments/:tid/payer', async (c) => {
    const arrival = arrivalOf(c.req.raw, c.env?.incoming, parts)
    const media = mediaRefusal('application/json', c.req.header('content-encoding') ?? null)
    const text = media ?? (await readBody(c.req.raw, c.env?.incoming, parts.maxBodyBytes))
    const { status, body } = typeof text === 'string' ? await answer(c.req.param('tid'), text, arrival) : conclude(text)
    return new Response(body, { status, headers: JSON_TYPE })
  })
  return app
}

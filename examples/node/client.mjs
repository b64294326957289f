// A KakaoPay client for Node 20 in one screen, with fetch alone. `call` is the client; the last lines let the kit speak to it.
import { createInterface } from 'node:readline'

const {
  KAKAOPAY_BASE_URL = 'https://open-api.kakaopay.com',
  KAKAOPAY_SECRET_KEY,
  KAKAOPAY_TIMEOUT_MS = '12000',
} = process.env
const paths = { ready: 'ready', approve: 'approve', cancel: 'cancel', order: 'order' }

/** Resolves to { result }, { refusal } or { unknown }: then money may have moved, and `order` tells. Nothing is sent twice. */
export const call = async (name, params) => {
  let response, body
  try {
    response = await fetch(`${KAKAOPAY_BASE_URL}/online/v1/payment/${paths[name]}`, {
      method: 'POST',
      headers: { authorization: `SECRET_KEY ${KAKAOPAY_SECRET_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
      signal: AbortSignal.timeout(Number(KAKAOPAY_TIMEOUT_MS)),
    })
    body = await response.json()
  } catch (error) {
    // No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
    return { unknown: { reason: error.cause?.message ?? error.message } }
  }
  if (response.ok) return { result: body }
  if (response.status >= 500 || !Number.isInteger(body?.error_code))
    return { unknown: { reason: `HTTP ${response.status}` } }
  const { error_code, error_message, extras } = body
  return { refusal: { error_code, error_message, extras } }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, call: name, params } = JSON.parse(line)
  console.log(JSON.stringify({ id, ...(name in paths ? await call(name, params) : { unsupported: true }) }))
}

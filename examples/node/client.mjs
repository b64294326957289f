// A KakaoPay client for Node 20 in one screen, with fetch alone. `call` is the client; the last lines let the kit speak to it.
import { createInterface } from 'node:readline'

const {
  KAKAOPAY_BASE_URL = 'https://open-api.kakaopay.com',
  KAKAOPAY_SECRET_KEY,
  KAKAOPAY_TIMEOUT_MS = '12000',
} = process.env
const manage = { inactive: 'manage/subscription/inactive', status: 'manage/subscription/status' }
const calls = ['ready', 'approve', 'cancel', 'order', 'subscription', 'inactive', 'status']

/** Resolves to { result }, { refusal } or { unknown }: then money may have moved, and `order` says. Nothing is sent twice. */
export const call = async (name, params) => {
  let response, body
  try {
    response = await fetch(`${KAKAOPAY_BASE_URL}/online/v1/payment/${manage[name] ?? name}`, {
      method: 'POST',
      headers: { authorization: `SECRET_KEY ${KAKAOPAY_SECRET_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(params),
      redirect: 'manual', // the key is for KakaoPay alone
      signal: AbortSignal.timeout(Number(KAKAOPAY_TIMEOUT_MS)),
    })
    body = await response.json()
  } catch (error) {
    // No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
    return { unknown: { reason: error.cause?.message ?? error.message } }
  }
  const { error_code, error_message, extras } = body ?? {}
  if (response.ok) return isOther(params, body) ? { unknown: { reason: 'another payment' } } : { result: body }
  if (response.status >= 500 || !Number.isInteger(error_code) || isDoubtful(error_code, extras))
    return { unknown: { reason: `HTTP ${response.status} ${error_code}` } }
  return { refusal: { error_code, error_message, extras } }
}

/** Refusals after which money may have moved all the same. */
const isDoubtful = (code, extras) =>
  [-702, -785].includes(code) || ['BANK_FIRM_UNKNOWN', 'USER_LOCKED'].includes(extras?.method_result_code)

/** Whether an answer is about something else than what was asked for. */
const isOther = (asked, { tid, partner_order_id, amount, approved_cancel_amount }) =>
  [
    [asked.tid, tid],
    [asked.partner_order_id, partner_order_id],
    [asked.total_amount, amount?.total],
    [asked.cancel_amount, approved_cancel_amount?.total],
  ].some(([wanted, came]) => wanted !== undefined && came !== undefined && wanted !== came)

for await (const line of createInterface({ input: process.stdin })) {
  const { id, call: name, params } = JSON.parse(line)
  console.log(JSON.stringify({ id, ...(calls.includes(name) ? await call(name, params) : { unsupported: true }) }))
}

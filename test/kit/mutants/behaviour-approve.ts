import { behind, changing, instead, json, mutantList, ORDER, read, type Seen } from './behind.ts'
import { answering, type Body, refusal } from './disguise.ts'
import type { GeneratedMutant } from './generated.ts'

const { list, add } = mutantList('behaviour')

/** Passes a request on, and keeps the pg_token of each payment that a payer approves. */
const noting = async (seen: Seen, tokens: Map<unknown, string>): Promise<Response> => {
  const response = await seen.pass()
  const token = /payer$/.test(seen.request.url)
    ? /pg_token=([0-9a-f]+)/.exec(await response.clone().text())?.[1]
    : undefined
  if (token) tokens.set(seen.request.url.split('/').at(-2), token)
  return response
}

add(
  'approve/expires after 10 minutes',
  /just-in-time|approve\.(state|answer)|in-time/,
  behind(() => {
    const born = new Map<unknown, number>()
    let ahead = 0
    return async (seen) => {
      if (seen.request.url.includes('clock/advance')) ahead += Number(seen.sent['by'])
      if (seen.call === 'approve' && ahead - (born.get(seen.sent['tid']) ?? ahead) > 600_000)
        return refusal(-723, 'expired')
      const response = await seen.pass()
      if (seen.call === 'ready') born.set((await read(response))['tid'], ahead)
      return response
    }
  }),
)
add(
  'approve/takes any token of the right form',
  /pg_token/,
  behind(() => {
    const tokens = new Map<unknown, string>()
    return async (seen) => {
      if (
        seen.call === 'approve' &&
        /^[0-9a-f]{20}$/.test(String(seen.sent['pg_token'])) &&
        tokens.has(seen.sent['tid'])
      )
        return seen.pass({ ...seen.sent, pg_token: tokens.get(seen.sent['tid']) })
      return noting(seen, tokens)
    }
  }),
)
add(
  'approve/takes the token of any payment',
  /pg_token/,
  behind(() => {
    const tokens = new Map<unknown, string>()
    return async (seen) => {
      const known = [...tokens.values()].includes(String(seen.sent['pg_token']))
      if (seen.call === 'approve' && known && tokens.has(seen.sent['tid']))
        return seen.pass({ ...seen.sent, pg_token: tokens.get(seen.sent['tid']) })
      return noting(seen, tokens)
    }
  }),
)
add(
  'approve/takes the token with spaces around',
  /pg_token/,
  behind(
    () => async (seen) =>
      seen.call === 'approve' && typeof seen.sent['pg_token'] === 'string'
        ? seen.pass({ ...seen.sent, pg_token: seen.sent['pg_token'].trim() || ' ' })
        : seen.pass(),
  ),
)
for (const field of ['partner_order_id', 'partner_user_id'] as const)
  for (const [how, change] of Object.entries<(v: string) => string>({
    'in any case': (v) => v.toLowerCase(),
    'with spaces around': (v) => v.trim() || ' ',
    'by its first 20 characters': (v) => v.slice(0, 20),
  }))
    add(
      `approve/compares ${field} ${how}`,
      new RegExp(`approve\\.${field}`),
      behind(() => {
        const orders = new Map<unknown, unknown>()
        return async (seen) => {
          const is = orders.get(seen.sent['tid'])
          if (
            seen.call === 'approve' &&
            typeof seen.sent[field] === 'string' &&
            typeof is === 'string' &&
            change(is) === change(seen.sent[field])
          )
            return seen.pass({ ...seen.sent, [field]: is })
          const response = await seen.pass()
          if (seen.call === 'ready') orders.set((await read(response))['tid'], seen.sent[field])
          return response
        }
      }),
    )
add(
  'approve/kills a payment with a wrong token',
  /refusal\.unchanged|pg_token|approve/,
  behind(() => {
    const dead = new Set()
    return async (seen) => {
      if (seen.call === 'approve' && dead.has(seen.sent['tid'])) return refusal(-783, 'not approvable')
      const response = await seen.pass()
      if (seen.call === 'approve' && (await read(response))['error_code'] === -708) dead.add(seen.sent['tid'])
      return response
    }
  }),
)
for (const [name, code, rule] of [
  ['before the payer', -701, /authenticated|before-payer/],
  ['after the payer quit', -783, /not-given-up/],
  ['after it has expired', -723, /in-time/],
] as const)
  add(
    `approve/pays ${name}`,
    rule,
    instead('approve', [code], async ({ sent, ask }) => {
      const order = await ask(ORDER, { cid: sent['cid'], tid: sent['tid'] })
      const { partner_order_id, partner_user_id, item_name, quantity, amount, created_at } = order.body
      return json({
        aid: 'A0123456789abcdef012',
        tid: sent['tid'],
        cid: sent['cid'],
        sid: null,
        partner_order_id,
        partner_user_id,
        item_name,
        item_code: null,
        payload: null,
        quantity,
        amount,
        payment_method_type: 'MONEY',
        card_info: null,
        sequential_payment_methods: null,
        created_at,
        approved_at: created_at,
      })
    }),
  )
add(
  'approve/pays twice, with a new aid',
  /once/,
  behind(() => {
    const paid = new Map<unknown, Body>()
    let n = 0
    return async (seen) => {
      if (seen.call === 'approve' && paid.has(seen.sent['tid']))
        return json({ ...paid.get(seen.sent['tid']), aid: `A${String(n++).padStart(19, '0')}` })
      const response = await seen.pass()
      if (seen.call === 'approve' && response.status === 200) paid.set(seen.sent['tid'], await read(response))
      return response
    }
  }),
)
add(
  'approve/all at once pay',
  /once/,
  behind(() => {
    const running = new Map<unknown, Promise<Response>>()
    return async (seen) => {
      if (seen.call !== 'approve') return seen.pass()
      const tid = seen.sent['tid']
      const other = running.get(tid)
      if (other) return (await other).clone()
      const own = seen.pass()
      running.set(tid, own)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const response = (await own).clone()
      running.delete(tid)
      return response
    }
  }),
)
add(
  'approve/forgets total_amount',
  /total_amount/,
  changing((body, call) => {
    if (call !== 'approve') return body
    const { total_amount: _, ...rest } = body
    return rest
  }),
)
add(
  'approve/remembers the payload of ready',
  /payload/,
  answering(['approve'], (body) => ({ ...body, payload: body['payload'] ?? 'p' })),
)

/** Wrong in how it approves. */
export const approveMutants: readonly GeneratedMutant[] = list

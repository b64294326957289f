import { behind, CANCEL, changing, instead, json, mutantList, ORDER, read } from './behind.ts'
import { type Body, refusal } from './disguise.ts'
import type { GeneratedMutant } from './generated.ts'

const { list, add } = mutantList('behaviour')

const giveBackWhatIsLeft: Parameters<typeof instead>[2] = async ({ sent, ask }) => {
  const { body } = await ask(ORDER, { cid: sent['cid'], tid: sent['tid'] })
  const left = body['cancel_available_amount'] as Body
  const done = await ask(CANCEL, {
    cid: sent['cid'],
    tid: sent['tid'],
    cancel_amount: left['total'],
    cancel_tax_free_amount: left['tax_free'],
  })
  return json(done.body, done.status)
}

add(
  'cancel/twice',
  /cancel\.state\.paid/,
  behind(() => {
    const done = new Map<unknown, Body>()
    return async (seen) => {
      const response = await seen.pass()
      if (seen.call !== 'cancel') return response
      const body = await read(response)
      if (response.status === 200 && body['status'] === 'CANCEL_PAYMENT') done.set(seen.sent['tid'], body)
      return body['error_code'] === -784 && done.has(seen.sent['tid']) ? json(done.get(seen.sent['tid'])) : response
    }
  }),
)
add(
  'cancel/gives back at most what is left',
  /cancel_amount\.left|cancel\.cancel_amount/,
  instead('cancel', [-710], giveBackWhatIsLeft),
)
add('cancel/gives back at most what was paid', /cancel_amount\.approved/, instead('cancel', [-711], giveBackWhatIsLeft))
add(
  'cancel/only once, also in part',
  /cancel\.answer/,
  behind(() => {
    const done = new Set()
    return async (seen) => {
      if (seen.call === 'cancel' && done.has(seen.sent['tid'])) return refusal(-784, 'not cancelable')
      const response = await seen.pass()
      if (seen.call === 'cancel' && response.status === 200) done.add(seen.sent['tid'])
      return response
    }
  }),
)
add(
  'cancel/five at most',
  /cancel\.answer/,
  behind(() => {
    const done = new Map<unknown, number>()
    return async (seen) => {
      const n = done.get(seen.sent['tid']) ?? 0
      if (seen.call === 'cancel' && n >= 5) return refusal(-784, 'not cancelable')
      const response = await seen.pass()
      if (seen.call === 'cancel' && response.status === 200) done.set(seen.sent['tid'], n + 1)
      return response
    }
  }),
)
add(
  'cancel/a refused one takes the rest',
  /refusal\.unchanged/,
  behind(() => async (seen) => {
    const response = await seen.pass()
    if (seen.call !== 'cancel' || ![-710, -711].includes(Number((await read(response))['error_code']))) return response
    await seen.ask(CANCEL, {
      cid: seen.sent['cid'],
      tid: seen.sent['tid'],
      cancel_amount: 1,
      cancel_tax_free_amount: 0,
    })
    return response
  }),
)
add(
  'cancel/ignores cancel_available_amount',
  /cancel_available_amount/,
  changing(({ cancel_available_amount: _, ...body }) => body),
)
add(
  'cancel/checks cancel_available_amount against the total',
  /cancel/,
  behind(() => async (seen) => {
    const stated = seen.sent['cancel_available_amount']
    if (seen.call !== 'cancel' || stated == null) return seen.pass()
    const { body } = await seen.ask(ORDER, { cid: seen.sent['cid'], tid: seen.sent['tid'] })
    const { cancel_available_amount: _, ...rest } = seen.sent
    return Number((body['amount'] as Body | undefined)?.['total']) === Number(stated)
      ? seen.pass(rest)
      : refusal(-710, 'x')
  }),
)
add(
  'cancel/ignores cancel_vat_amount',
  /cancel/,
  changing((body, call) => {
    if (call !== 'cancel') return body
    const { cancel_vat_amount: _, ...rest } = body
    return rest
  }),
)
const cancelVat = (vat: (amount: number, free: number) => number) =>
  changing((body, call) => {
    if (call !== 'cancel' || body['cancel_vat_amount'] != null || typeof body['cancel_amount'] !== 'number') return body
    return { ...body, cancel_vat_amount: vat(body['cancel_amount'], Number(body['cancel_tax_free_amount'])) }
  })
add(
  'cancel/floors its default VAT',
  /cancel/,
  cancelVat((a, f) => Math.floor((a - f) / 11)),
)
add(
  'cancel/rounds its default VAT up',
  /cancel/,
  cancelVat((a, f) => Math.ceil((a - f) / 11)),
)
add(
  'cancel/taxes the tax-free part',
  /cancel/,
  cancelVat((a) => Math.round(a / 11)),
)
add(
  'cancel/takes no VAT by default',
  /cancel/,
  cancelVat(() => 0),
  /^cancel\//,
)
add(
  'cancel/half to even',
  /cancel/,
  cancelVat((a, f) => {
    const q = (a - f) / 11
    return Math.abs((q % 1) - 0.5) < 1e-9 ? 2 * Math.round(q / 2) : Math.round(q)
  }),
)
add(
  'cancel/VAT in proportion to the payment’s',
  /cancel/,
  behind(() => async (seen) => {
    if (
      seen.call !== 'cancel' ||
      seen.sent['cancel_vat_amount'] != null ||
      typeof seen.sent['cancel_amount'] !== 'number'
    )
      return seen.pass()
    const { body } = await seen.ask(ORDER, { cid: seen.sent['cid'], tid: seen.sent['tid'] })
    const paid = body['amount'] as Body | undefined
    const left = body['cancel_available_amount'] as Body | undefined
    if (!paid || !left || left['total'] === seen.sent['cancel_amount']) return seen.pass()
    return seen.pass({
      ...seen.sent,
      cancel_vat_amount: Math.round((Number(paid['vat']) * seen.sent['cancel_amount']) / Number(paid['total'])),
    })
  }),
)
add(
  'cancel/the last leaves a rest of the VAT',
  /cancel/,
  behind(() => async (seen) => {
    const response = await seen.pass()
    const body = await read(response)
    if (seen.call !== 'cancel' || body['status'] !== 'CANCEL_PAYMENT') return response
    const part = body['approved_cancel_amount'] as Record<string, number>
    const vat = Math.round((Number(part['total']) - Number(part['tax_free'])) / 11)
    return json({ ...body, approved_cancel_amount: { ...part, vat } })
  }),
)
add(
  'cancel/before approve',
  /cancel\.state\.paid/,
  instead('cancel', [-784], async ({ sent, ask }) => {
    const { body } = await ask(ORDER, { cid: sent['cid'], tid: sent['tid'] })
    if (body['approved_at'] != null) return undefined
    const none = { total: 0, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 }
    return json({
      tid: sent['tid'],
      cid: sent['cid'],
      status: 'CANCEL_PAYMENT',
      partner_order_id: body['partner_order_id'],
      partner_user_id: body['partner_user_id'],
      payment_method_type: 'MONEY',
      item_name: body['item_name'],
      aid: 'A0123456789abcdef012',
      quantity: body['quantity'],
      amount: body['amount'],
      canceled_amount: body['amount'],
      cancel_available_amount: none,
      approved_cancel_amount: body['amount'],
      created_at: body['created_at'],
      approved_at: body['created_at'],
      canceled_at: body['created_at'],
    })
  }),
)
add(
  'cancel/with a deposit in part',
  /green_deposit/,
  changing((body, call) => {
    if (call !== 'ready') return body
    const { green_deposit: _, ...rest } = body
    return rest
  }),
)
add(
  'cancel/all at once',
  /cancel_amount\.left|cancel\.state/,
  behind(() => {
    const running = new Map<unknown, Promise<Response>>()
    return async (seen) => {
      if (seen.call !== 'cancel') return seen.pass()
      const other = running.get(seen.sent['tid'])
      if (other) return (await other).clone()
      const own = seen.pass()
      running.set(seen.sent['tid'], own)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const response = (await own).clone()
      running.delete(seen.sent['tid'])
      return response
    }
  }),
)
for (const field of ['cancel_amount', 'cancel_tax_free_amount'] as const)
  add(
    `cancel/one won less ${field}`,
    /cancel\.answer|order\.answer/,
    changing((body, call) =>
      call === 'cancel' && typeof body[field] === 'number' && body[field] > 1
        ? { ...body, [field]: body[field] - 1 }
        : body,
    ),
  )
add(
  'cancel/echoes the payload of approve',
  /payload/,
  behind(() => {
    const kept = new Map<unknown, unknown>()
    return async (seen) => {
      const response = await seen.pass()
      if (seen.call === 'approve') kept.set(seen.sent['tid'], seen.sent['payload'])
      const body = await read(response)
      if (seen.call !== 'cancel' || response.status !== 200 || kept.get(seen.sent['tid']) == null) return response
      return json({ ...body, payload: kept.get(seen.sent['tid']) })
    }
  }),
)

/** Wrong in how it cancels. */
export const cancelMutants: readonly GeneratedMutant[] = list

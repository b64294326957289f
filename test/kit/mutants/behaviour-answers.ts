import { behind, instead, json, mutantList, read } from './behind.ts'
import { answering, type Body } from './disguise.ts'
import type { GeneratedMutant } from './generated.ts'

const { list, add } = mutantList('behaviour')

for (const scheme of ['android_app_scheme', 'ios_app_scheme'] as const) {
  const right = new RegExp(`ready\\.answer\\.${scheme}`)
  add(
    `ready/${scheme} of another payment`,
    right,
    answering(['ready'], (b) => ({ ...b, [scheme]: String(b[scheme]).replace(/[0-9a-f]{64}/, 'f'.repeat(64)) })),
  )
  add(
    `ready/${scheme} is http`,
    right,
    answering(['ready'], (b) => ({ ...b, [scheme]: b['next_redirect_app_url'] })),
  )
}

for (const part of ['point', 'discount'] as const) {
  add(
    `cancel/${part} is not left after a part`,
    /cancel\.answer\.cancel_available_amount/,
    answering(['cancel'], (b) => ({
      ...b,
      cancel_available_amount: { ...(b['cancel_available_amount'] as Body), [part]: 0 },
    })),
  )
  add(
    `cancel/a part takes all ${part}`,
    /cancel\.answer\.approved_cancel_amount/,
    answering(['cancel'], (b) => {
      const approved = b['approved_cancel_amount'] as Body
      const canceled = b['canceled_amount'] as Body
      const left = b['cancel_available_amount'] as Body
      if (b['status'] !== 'PART_CANCEL_PAYMENT') return b
      return {
        ...b,
        approved_cancel_amount: { ...approved, [part]: left[part] },
        canceled_amount: { ...canceled, [part]: left[part] },
        cancel_available_amount: { ...left, [part]: 0 },
      }
    }),
  )
}

add(
  'inactive/takes a second one',
  /inactive\.sid\.active/,
  behind(() => {
    const ended = new Map<unknown, Body>()
    return async (seen) => {
      const response = await seen.pass()
      if (seen.call !== 'inactive') return response
      const { sid } = seen.sent
      if (response.status === 200) ended.set(sid, await read(response))
      const first = ended.get(sid)
      return first && (await read(response))['error_code'] === -751 ? json(first) : response
    }
  }),
)
add(
  'inactive/a second one has another number',
  /inactive\.sid\.active/,
  instead('inactive', [-751], async () => json({ error_code: -750, error_message: 'sid is invalid!' }, 400)),
)
add(
  'status/item of the latest payment',
  /status\.answer\.item_name/,
  behind(() => {
    const last = new Map<unknown, unknown>()
    return async (seen) => {
      const response = await seen.pass()
      const { call, sent } = seen
      if (call === 'subscription' && response.status === 200) last.set(sent['sid'], (await read(response))['item_name'])
      const item_name = last.get(sent['sid'])
      return call === 'status' && response.status === 200 && item_name !== undefined
        ? json({ ...(await read(response)), item_name })
        : response
    }
  }),
)

/** Wrong in one key of one answer, or in what a repeated call is answered. */
export const answersMutants: readonly GeneratedMutant[] = list

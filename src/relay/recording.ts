import { writeFileSync } from 'node:fs'

type Json = Readonly<Record<string, unknown>>

/** One exchange as it is recorded. */
export interface Recorded {
  readonly call: string
  readonly sent: unknown
  readonly status: number
  readonly answered: unknown
}

/** Calls kept in a recording; later ones are left out. */
export const MAX_RECORDED = 5000

/**
 * Keeps the calls of each payment as a flow of the kit, in one file that is written anew after each call: keys, ids, names and card data are
 * left out, and of an accepted answer only its keys and their types stay. `check server --flows FILE` runs them again.
 */
export const createRecording = (file: string, target: string) => {
  const flows = new Map<string, object[]>()
  let calls = 0
  return {
    keep(exchange: Recorded) {
      if (calls >= MAX_RECORDED) return
      calls++
      const flow = flowOf(exchange)
      const steps = flows.get(flow) ?? []
      if (exchange.call === 'approve' && !steps.some(isPayerStep))
        steps.push({ payer: 'approve', keep: { pg_token: 'pg_token' } })
      steps.push(stepOf(exchange, steps.some(keepsTid)))
      flows.set(flow, steps)
      writeFileSync(file, `${JSON.stringify(fileOf([...flows.values()], target), null, 2)}\n`)
    },
  }
}

const keepsTid = (step: object) => 'keep' in step && 'tid' in (step.keep as object)
const isPayerStep = (step: object) => 'payer' in step

/** By the payment's tid; a call without one is a flow of its own. */
const flowOf = ({ call, sent, answered }: Recorded): string => {
  const tid = (sent as Json | null)?.['tid'] ?? (answered as Json | null)?.['tid']
  return typeof tid === 'string' ? tid : `${call} ${JSON.stringify(sent).slice(0, 500)}`
}

const fileOf = (flows: readonly object[][], target: string) => ({
  $schema: '../fixture.schema.json',
  subject: `Recorded at ${target}: turn an inferred rule into an observed one where a flow proves it.`,
  base: { for: 'server', level: 'should', evidence: 'observed', source: 'live-answers', steps: flows[0] ?? [] },
  variations: flows.map((steps, i) => ({
    id: `recorded/flow-${i + 1}`,
    title: `Answers as recorded, ${steps.length} steps.`,
    steps,
  })),
})

const stepOf = ({ call, sent, status, answered }: Recorded, knowsTid: boolean): object => ({
  call,
  send: sendOf(sent, knowsTid),
  lenient: true,
  expect: { status, ...(status === 200 ? { body: typesOf(answered) } : bodyOf(answered)) },
  ...(call === 'ready' && status === 200 ? { keep: { tid: '/tid' } } : {}),
})

const bodyOf = (answered: unknown) => {
  const { error_code, error_message } = (answered ?? {}) as Json
  return error_code === undefined ? {} : { body: { error_code, error_message } }
}

/** Values that name a person or a merchant, and what stands in their place. */
const replaced: Readonly<Record<string, string>> = {
  partner_order_id: 'order-{{case}}',
  partner_user_id: 'user-1',
  item_name: '상품',
  item_code: 'item-1',
  payload: 'payload',
  approval_url: '{{shop}}/approve',
  cancel_url: '{{shop}}/cancel',
  fail_url: '{{shop}}/fail',
  redirect_scheme_url: 'shop://back',
  cid_secret: '000000000000000000000000',
  pg_token: '{{pg_token}}',
}

/** A text that may be too long is recorded by its length. */
const LONG = 90

const replacementOf = (name: string, value: unknown): unknown => {
  if (replaced[name] === undefined || value === '') return value
  return typeof value === 'string' && value.length > LONG ? 'x'.repeat(value.length) : replaced[name]
}

const sendOf = (sent: unknown, knowsTid: boolean): Json => {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return {}
  const entries = Object.entries(sent).flatMap(([name, value]) => {
    if (name === 'custom_json' || value === null) return []
    if (name === 'tid') return [[name, knowsTid ? '{{tid}}' : 'T0000000000000000000']]
    if (name === 'sid') return [[name, 'S0000000000000000000']]
    if (name === 'cid' && !/^TC/.test(String(value))) return [[name, 'TC0ONETIME']]
    return [[name, replacementOf(name, value)]]
  })
  return Object.fromEntries(entries) as Json
}

/** Keys and types of an answer, without its values. */
const typesOf = (value: unknown): unknown => {
  if (value === null) return { $none: true }
  if (Array.isArray(value)) return { $type: 'array' }
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, typesOf(v)]))
  return { $type: Number.isInteger(value) ? 'integer' : typeof value }
}

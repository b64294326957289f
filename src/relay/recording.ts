import { writeFileSync } from 'node:fs'
import { endpoints } from '../../contracts/index.ts'
import { refusals } from '../../contracts/refusals.ts'

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

/** A tid or sid that an answer issued: the flow that it belongs to, and the name under which the flow keeps it. */
interface Issued {
  readonly flow: object[]
  readonly name: string
}

/**
 * Keeps the calls of each payment, and those by its sid, as a flow of the kit, in one file that is written anew after each call: keys, ids,
 * names and card data are left out, and of an accepted answer only its keys and their types stay. `check server --flows FILE` runs them again.
 */
export const createRecording = (file: string, target: string) => {
  const flows: object[][] = []
  const issued = new Map<unknown, Issued>()
  /** Values of each flow by field, in the order in which they came. */
  const seen = new WeakMap<object[], Map<string, unknown[]>>()
  let calls = 0

  /** 1 for the first value of a field in its flow, 2 for another one: what differed stays different. */
  const numberOf = (flow: object[], name: string, value: unknown): number => {
    const fields = seen.get(flow) ?? new Map<string, unknown[]>()
    seen.set(flow, fields)
    const values = fields.get(name) ?? []
    if (!values.includes(value)) fields.set(name, [...values, value])
    return (fields.get(name) ?? []).indexOf(value) + 1
  }

  const flowOf = ({ tid, sid }: Json): object[] => {
    const known = issued.get(tid) ?? issued.get(sid)
    if (known) return known.flow
    const flow: object[] = []
    flows.push(flow)
    return flow
  }

  /** What the answer issues, under names that are free in the flow. */
  const keptOf = (flow: object[], answered: Json): Record<string, string> => {
    const kept: Record<string, string> = {}
    for (const id of ['tid', 'sid']) {
      const value = answered[id]
      if (typeof value !== 'string' || issued.has(value)) continue
      const before = [...issued.values()].filter((one) => one.flow === flow && one.name.startsWith(id)).length
      const name = `${id}${'_next'.repeat(before)}`
      issued.set(value, { flow, name })
      kept[name] = `/${id}`
    }
    return kept
  }

  return {
    keep(exchange: Recorded) {
      if (calls >= MAX_RECORDED) return
      calls++
      const sent = objectOf(exchange.sent)
      const flow = flowOf(sent)
      const keep = exchange.status === 200 ? keptOf(flow, objectOf(exchange.answered)) : {}
      if (exchange.call === 'approve' && issued.has(sent['tid']) && !flow.some(isPayerStep))
        flow.push({ payer: 'approve', keep: { pg_token: 'pg_token' } })
      const names: Names = {
        of: (id) => issued.get(id)?.name,
        number: (name, value) => numberOf(flow, name, value),
      }
      flow.push({ ...stepOf(exchange, names), ...(Object.keys(keep).length > 0 && { keep }) })
      writeFileSync(file, `${JSON.stringify(fileOf(flows, target), null, 2)}\n`)
    },
  }
}

const isPayerStep = (step: object) => 'payer' in step
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

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

/** How a flow names what it must not hold. */
interface Names {
  readonly of: (id: unknown) => string | undefined
  readonly number: (field: string, value: unknown) => number
}

const stepOf = ({ call, sent, status, answered }: Recorded, names: Names): object => ({
  call,
  send: sendOf(call, objectOf(sent), answered, names),
  lenient: true,
  expect: { status, ...(status === 200 ? { body: typesOf(answered) } : bodyOf(objectOf(answered), objectOf(sent))) },
})

/** Code and text of a refusal. A text that repeats what was sent is left out. */
const bodyOf = ({ error_code, error_message }: Json, sent: Json) => {
  if (error_code === undefined) return {}
  const repeats = Object.entries(sent).some(
    ([name, value]) => replaced[name] !== undefined && value !== '' && String(error_message).includes(String(value)),
  )
  return { body: { error_code, ...(repeats ? {} : { error_message }) } }
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

const replacementOf = (name: string, value: unknown, names: Names): unknown => {
  const text = replaced[name]
  if (text === undefined || value === '') return value
  if (typeof value === 'string' && value.length > LONG) return 'x'.repeat(value.length)
  const number = names.number(name, value)
  return number === 1 || name === 'pg_token' || name === 'cid_secret' ? text : `${text}-${number}`
}

const pgTokenWrong = refusals['pg-token-wrong'].error_code

const sendOf = (call: string, sent: Json, answered: unknown, names: Names): Json => {
  const wrongToken = objectOf(answered)['error_code'] === pgTokenWrong || names.of(sent['tid']) === undefined
  const fields = objectOf(Object.values(endpoints).find(({ name }) => name === call)?.request)
  const entries = Object.entries(sent).flatMap(([name, value]) => {
    if (name === 'custom_json' || value === null) return []
    if (name === 'tid' || name === 'sid') {
      const known = names.of(value)
      return [[name, known ? `{{${known}}}` : `${name[0]?.toUpperCase()}0000000000000000000`]]
    }
    if (name === 'pg_token' && wrongToken) return [[name, '0'.repeat(20)]]
    if (name === 'cid' && !/^TC/.test(String(value))) return [[name, 'TC0ONETIME']]
    // Nobody knows what a field that no document names may hold.
    return [[name, fields[name] === undefined ? 'x' : replacementOf(name, value, names)]]
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

import type { EndpointName } from '../../../contracts/index.ts'
import { type RefusalName, type RefusalText, refusals, wording } from '../../../contracts/refusals.ts'
import { HarnessError } from '../template.ts'

/** An answer as it goes over the wire. */
export interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What a fault does to a call. */
export interface Effect {
  /** Whether the call reaches the payment: then money moves, whatever the client hears. */
  readonly carriesOut: boolean
  /** What goes out instead of the answer; undefined: the connection is closed without one. */
  readonly answer: (answer: Sent | undefined) => Sent | undefined
  /** How long the client waits for it, in ms. */
  readonly delayMs?: number
  /** The answer goes out in pieces of so many bytes, `delayMs` apart. */
  readonly pieces?: number
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

/** Longer than any client waits; the connection is closed then. */
const HANG_MS = 60_000

type Told = Readonly<Record<string, unknown>>

const number = (told: Told, name: string, otherwise: number): number => {
  const value = told[name] ?? otherwise
  if (typeof value === 'number' && value >= 0 && value <= HANG_MS) return value
  throw new HarnessError(`${name} of a fault must be a number from 0 to ${HANG_MS}`)
}

const refusalAnswer = (told: Told): Sent => {
  const name = String(told['refusal'])
  if (!Object.hasOwn(refusals, name)) throw new HarnessError(`there is no refusal ${name}`)
  const { status, error_code, error_message, extras }: RefusalText = refusals[name as RefusalName]
  const { method_result_code, method_result_message } = told
  const own = { ...(method_result_code ? { method_result_code, method_result_message } : {}) }
  const shown = extras ? { extras: { ...extras, ...own } } : {}
  const message = wording(error_message, { why: '', explanation: '', field: 'quantity', reason: 'has invalid value' })
  return { status, headers: JSON_TYPE, text: JSON.stringify({ error_code, error_message: message.trim(), ...shown }) }
}

const instead = (sent: Sent): Effect => ({ carriesOut: false, answer: () => sent })
const change = (to: (answer: Sent) => Sent): Effect => ({
  carriesOut: true,
  answer: (answer) => answer && to(answer),
})

/** What stands in nobody's documentation, in every form that a field can take. */
const newFields = {
  new_text: 'a field that came after your release',
  new_number: 20_270_101,
  new_list: [{ code: 'X' }],
  new_object: { nested: { deep: true } },
}

const withNewFields = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withNewFields)
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).map(([key, inner]) => [key, withNewFields(inner)])
  return { ...newFields, ...Object.fromEntries(known) }
}

/** Half of an answer, never by chance a text that ends like a whole one. */
const firstHalf = (text: string) => text.slice(0, Math.floor(text.length / 2)).replace(/[}\]]+$/, '')

const page = (status: number): Sent => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: `<!doctype html>\n<title>${status}</title>\n<h1>${status} Bad Gateway</h1>\n<p>{"this": "is no JSON"}</p>\n`,
})

/**
 * The names are those of the control API's faults, and each does what it does there. Here they are played on the kit's own socket, so that
 * they meet a client in front of any server. The last three are the kit's own: what stands between a client and KakaoPay can do them.
 */
const faults: Readonly<Record<string, (told: Told) => Effect>> = {
  refuse: (told) => instead(refusalAnswer(told)),
  'drop-before-commit': () => ({ carriesOut: false, answer: () => undefined }),
  'commit-then-drop': () => ({ carriesOut: true, answer: () => undefined }),
  'commit-then-500': () => change(() => refusalAnswer({ refusal: 'internal-error' })),
  'commit-then-hang': (told) => ({
    carriesOut: true,
    answer: () => undefined,
    delayMs: number(told, 'ms', HANG_MS),
  }),
  garble: () => change((answer) => ({ ...answer, text: firstHalf(answer.text) })),
  latency: (told) => ({ ...change((answer) => answer), delayMs: number(told, 'fixed', 0) }),
  'slow-drip': (told) => ({
    ...change((answer) => answer),
    delayMs: number(told, 'ms', 100),
    pieces: Math.max(1, number(told, 'bytes', 1)),
  }),
  'gateway-page': (told) => instead(page(number(told, 'status', 502))),
  'commit-then-gateway-page': (told) => change(() => page(number(told, 'status', 502))),
  'new-fields': () => change((answer) => ({ ...answer, text: JSON.stringify(withNewFields(JSON.parse(answer.text))) })),
}

/** A fault that waits for the call it meets. */
export interface Armed {
  readonly name: string
  readonly call: EndpointName | undefined
  readonly effect: Effect
  left: number
}

/** Reads a fixture's fault step, which has the form of the control API's fault rules: match.call, when, do. */
export const armed = (fault: Told): Armed => {
  const { match = {}, when = 'next', do: deed, ...rest } = fault as Record<string, Told | undefined>
  const { fault: name = '', ...told } = (deed ?? {}) as Record<string, unknown>
  const { call, ...others } = match as Record<string, unknown>
  const make = faults[String(name)]
  if (!make || Object.keys({ ...rest, ...others }).length > 0)
    throw new HarnessError(`the kit cannot play the fault ${JSON.stringify(fault)} to a client`)
  const left = typeof when === 'object' ? Number(when['next']) : (when as unknown) === 'always' ? Infinity : 1
  return { name: String(name), call: call as EndpointName | undefined, effect: make(told), left }
}

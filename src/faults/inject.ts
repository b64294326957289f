import { type RefusalName, type RefusalText, refusalBody, refusals } from '../../contracts/refusals.ts'
import type { Delay, Effect, ForcedRefusal, MethodResult, Sent } from './effect.ts'
import { MAX_WAIT_MS } from './fault-types.ts'

/** An answer as it is sent. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A call that a fault is injected into. */
export interface InjectableCall {
  /** Name of the contract's call. */
  readonly name: string
  /** Carries it out. */
  commit(): Promise<Reply>
  /** Its answer, while nothing of it is kept. */
  check(): Promise<Reply>
  /** Resolves after `ms`, or earlier when the client has closed its connection. */
  wait(ms: number): Promise<void>
  /** From 0 to 1. */
  random(): number
}

/** Result of a call with a fault. */
export interface Injected {
  /** Null: the connection is closed without an answer. */
  readonly reply: Reply | null
  readonly pieces?: Effect['pieces']
  /** The answer of the carried-out call; undefined where it was not carried out. */
  readonly committed: Reply | undefined
  /** The refusal that was sent in the place of the call's own answer. */
  readonly forced: RefusalName | undefined
  /** Whether the client is sent the whole answer that the call gave. */
  readonly delivered: boolean
}

export const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' }

/** Carries a call out as the effect says: delay, commit, hold, send. The server and the kit's recording proxy share it. */
export const inject = async (effect: Effect, call: InjectableCall): Promise<Injected> => {
  if (effect.delay) await call.wait(delayMs(effect.delay, call.random))
  const own = await ownAnswer(effect.commit, call)
  if (effect.holdMs) await call.wait(effect.holdMs)
  const committed = effect.commit === 'yes' ? own : undefined
  // A call that is refused anyway keeps its own refusal: only a call that would have succeeded is made to fail.
  const isOwn = effect.send === 'answer' || (effect.commit === 'check' && own?.status !== 200)
  if (isOwn && own) {
    const pieces = effect.pieces ? { pieces: effect.pieces } : {}
    return { reply: own, ...pieces, committed, forced: undefined, delivered: true }
  }
  const name =
    typeof effect.send === 'object' && !('page' in effect.send) ? forcedName(effect.send, call.name) : undefined
  return {
    reply: replyOf(effect.send, name, own),
    committed,
    forced: name,
    delivered: effect.send === 'new-fields' || (name !== undefined && effect.commit !== 'yes'),
  }
}

const ownAnswer = async (commit: Effect['commit'], call: InjectableCall): Promise<Reply | undefined> => {
  if (commit === 'no') return undefined
  return commit === 'check' ? call.check() : call.commit()
}

const replyOf = (send: Sent, forced: RefusalName | undefined, own: Reply | undefined): Reply | null => {
  if (forced !== undefined) return refusalReply(forced, send as MethodResult)
  if (typeof send === 'object') return pageReply((send as { page: number }).page)
  if (send === 'half' && own) return { ...own, body: firstHalf(own.body) }
  if (send === 'new-fields' && own) return { ...own, body: JSON.stringify(withNewFields(JSON.parse(own.body))) }
  return null
}

/** What each call answers when the payment method fails. */
const methodFailures: Readonly<Record<string, RefusalName>> = {
  approve: 'approval-failure',
  cancel: 'cancel-failure',
  subscription: 'subscription-failure',
}

const forcedName = ({ refusal }: ForcedRefusal, call: string): RefusalName =>
  refusal ?? methodFailures[call] ?? 'internal-error'

/** Values for what a refusal's message names, where nothing was really refused. */
const placeholders = {
  field: 'cid',
  reason: 'has invalid value',
  limit: 0,
  ms: 0,
  method: 'POST',
  path: '/online/v1/payment',
  url: 'http://localhost/',
  why: 'a fault rule says so.',
  explanation: '',
}

/** A refusal of the table as it is sent when a fault asks for it by name. */
export const refusalReply = (name: RefusalName, own: MethodResult = {}): Reply => {
  const { error_code, error_message, extras } = refusalBody(name, placeholders)
  const { method_result_code: code, method_result_message: message } = own
  const isOwn = code !== undefined || message !== undefined
  const result = isOwn
    ? {
        method_result_code: code ?? extras?.method_result_code ?? '9999',
        method_result_message: message ?? messageSeenWith(code, extras),
      }
    : extras
  const body = { error_code, error_message: error_message.trim(), ...(result ? { extras: result } : {}) }
  return { status: refusals[name].status, headers: JSON_HEADERS, body: JSON.stringify(body) }
}

/** A published message is used only with the code that it was published with. */
const messageSeenWith = (code: string | undefined, extras: RefusalText['extras']): string => {
  const all: RefusalText[] = Object.values(refusals)
  const published = all.find((r) => r.extras?.method_result_code === code)?.extras
  return (published ?? (code === undefined ? extras : undefined))?.method_result_message ?? ''
}

/** As a reverse proxy answers when it cannot reach what is behind it. */
const pageReply = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html>\n<title>${status}</title>\n<h1>${status} Bad Gateway</h1>\n<p>{"this": "is no JSON"}</p>\n`,
})

/** Cuts closing brackets as well, so that the half cannot be valid JSON. */
const firstHalf = (text: string) => text.slice(0, Math.floor(text.length / 2)).replace(/(?<![}\]])[}\]]+$/, '')

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

/** The sum of the parts that are given, between 0 and the longest delay. */
export const delayMs = ({ fixed = 0, uniform, normal }: Delay, random: () => number): number => {
  let ms = fixed
  if (uniform) ms += uniform[0] + random() * (uniform[1] - uniform[0])
  if (normal) ms += normal.mean + normal.deviation * standardNormal(random)
  return Math.min(Math.max(0, Math.round(ms)), MAX_WAIT_MS)
}

/** The Box–Muller transform; 1 − keeps the logarithm away from zero. */
const standardNormal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

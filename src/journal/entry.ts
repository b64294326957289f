import { type Clock, shows } from '../namespaces/clock.ts'
import { mask } from '../namespaces/mask.ts'
import { kst } from '../payment/clock.ts'
import type { Refusal } from '../payment/refusal.ts'

/** What a fault rule did to a call. */
export interface FaultHit {
  readonly rule: string
  readonly fault: string
  readonly money_moved: boolean
}

/** One call as the pipeline records it: references to what is in memory anyway, nothing parsed. */
export interface RecordedCall {
  /** Epoch ms of the system's clock when it came in. */
  readonly at: number
  /** The namespace's clock as it was. */
  readonly clock: Clock
  readonly namespace: string | null
  /** Name of the contract's call, `payer`, or null where the path is none. */
  readonly call: string | null
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Node's flat list of names and values, or a Request's headers. */
  readonly headers: readonly string[] | Headers
  readonly body: string | null
  readonly status: number | null
  readonly response: string | null
  /** Whether the client got the whole answer that the payment gave. */
  readonly delivered: boolean
  readonly duration_ms: number
  readonly refusal: Refusal<string> | null
  readonly fault: FaultHit | null
  /** Set where the body does not name it: the payer's actions. */
  readonly tid: string | undefined
  /** Headers and body have no secrets any more: it was kept outside this process. */
  readonly masked?: true
}

/** A call in the journal. Its identifiers are read off the bodies when somebody first asks for them. */
export interface Entry extends RecordedCall {
  /** ULID, so that ids sort by time. */
  readonly id: string
  identifiers?: Identifiers
}

export interface Identifiers {
  readonly tid: string | null
  readonly order_id: string | null
  readonly json: Readonly<Record<string, unknown>> | null
}

const objectOf = (text: string | null): Readonly<Record<string, unknown>> | null => {
  if (text === null || !text.startsWith('{')) return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null

/** Which payment and order a call touched, read off what was sent and answered. */
export const identifiersOf = (entry: Entry): Identifiers => {
  if (entry.identifiers) return entry.identifiers
  const sent = objectOf(entry.body)
  const answered = objectOf(entry.response)
  entry.identifiers = {
    tid: entry.tid ?? textOf(sent?.['tid']) ?? textOf(answered?.['tid']),
    order_id: textOf(sent?.['partner_order_id']) ?? textOf(answered?.['partner_order_id']),
    json: sent,
  }
  return entry.identifiers
}

export const kstOf = (entry: Entry): string => kst(shows(entry.clock, entry.at))

const SECRET = /^((?:DEV_)?SECRET_KEY|KakaoAK|Bearer)?\s*(.*)$/is

/** The scheme stays, for it is often the mistake that one looks for. */
const maskValue = (value: string): string => {
  const [, scheme, secret = ''] = SECRET.exec(value) ?? []
  if (secret === '') return value
  return scheme ? `${scheme} ${mask(secret)}` : mask(secret)
}

const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-kakaopay-mock-token',
])

/** The headers as sent, secrets masked. */
export const headersOf = ({ headers, masked }: Entry): [string, string][] => {
  const pairs: [string, string][] = []
  if (headers instanceof Headers) pairs.push(...headers)
  else for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? '', headers[i + 1] ?? ''])
  if (masked) return pairs
  return pairs.map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? maskValue(value) : value])
}

/** Longer bodies are kept to here, in characters: what is kept is bounded by this times the journal's length. */
export const MAX_KEPT = 16_384

export const cut = (text: string | null): string | null =>
  text === null || text.length <= MAX_KEPT ? text : text.slice(0, MAX_KEPT)

/** The body as sent, but for a cid_secret. */
export const bodyOf = ({ body }: Entry): string | null =>
  body?.replace(/("cid_secret"\s*:\s*")(?:[^"\\]|\\.)*/g, '$1…') ?? null

/** An entry as it is kept outside this process: without secrets. */
export const toText = ({ identifiers, ...entry }: Entry): string =>
  JSON.stringify({ ...entry, headers: headersOf(entry).flat(), body: bodyOf(entry), masked: true })

export const fromText = (text: string): Entry => JSON.parse(text) as Entry

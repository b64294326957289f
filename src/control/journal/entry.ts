import { kst } from '../../payment/clock.ts'
import type { Refusal } from '../../payment/refusal.ts'
import { type Clock, shows } from '../clock.ts'
import { mask } from '../mask.ts'
import type { Pages } from './pages.ts'

/** What a scenario did to a call. */
export interface Met {
  readonly scenario: string
  readonly fault: string
  readonly money_moved: boolean
}

/** One call as the street hands it over: references to what is there anyway, nothing parsed. */
export interface Call {
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
  readonly told: boolean
  readonly duration_ms: number
  readonly refusal: Refusal<string> | null
  readonly met: Met | null
  /** Where the street knows it better than the body: the payer's acts. */
  readonly tid: string | undefined
}

/** A call in the journal. What is worked out of it is worked out when somebody looks, and kept beside. */
export class Entry implements Call {
  /** Empty until somebody looks. */
  id = ''
  found: Found | undefined = undefined
  readonly at: number
  readonly clock: Clock
  readonly namespace: string | null
  readonly call: string | null
  readonly method: string
  readonly path: string
  readonly headers: readonly string[] | Headers
  readonly status: number | null
  readonly told: boolean
  readonly duration_ms: number
  readonly refusal: Refusal<string> | null
  readonly met: Met | null
  readonly tid: string | undefined
  private readonly page: Buffer
  /** On the page: the body from here, the response from `middle`, to `end`. */
  private readonly begin: number
  private readonly middle: number
  private readonly end: number
  private readonly hasBody: boolean

  constructor(call: Call, headers: Call['headers'], pages: Pages) {
    this.at = call.at
    this.clock = call.clock
    this.namespace = call.namespace
    this.call = call.call
    this.method = call.method
    this.path = call.path
    this.headers = headers
    this.status = call.status
    this.told = call.told
    this.duration_ms = call.duration_ms
    this.refusal = call.refusal
    this.met = call.met
    this.tid = call.tid
    this.hasBody = call.body !== null
    const body = cut(call.body ?? '')
    const response = cut(call.response ?? '')
    const bodyBytes = Buffer.byteLength(body)
    const responseBytes = Buffer.byteLength(response)
    this.page = pages.open(bodyBytes + responseBytes)
    this.begin = pages.at
    this.middle = pages.write(body, bodyBytes)
    this.end = pages.write(response, responseBytes)
  }

  get body(): string | null {
    return this.hasBody ? this.page.toString('utf8', this.begin, this.middle) : null
  }

  /** Null where nothing was answered: the connection was closed. */
  get response(): string | null {
    return this.status === null ? null : this.page.toString('utf8', this.middle, this.end)
  }
}

export interface Found {
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
export const look = (entry: Entry): Found => {
  if (entry.found) return entry.found
  const sent = objectOf(entry.body)
  const answered = objectOf(entry.response)
  entry.found = {
    tid: entry.tid ?? textOf(sent?.['tid']) ?? textOf(answered?.['tid']),
    order_id: textOf(sent?.['partner_order_id']) ?? textOf(answered?.['partner_order_id']),
    json: sent,
  }
  return entry.found
}

export const kstOf = (entry: Call): string => kst(shows(entry.clock, entry.at))

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
export const headersOf = ({ headers }: Call): [string, string][] => {
  const pairs: [string, string][] = []
  if (headers instanceof Headers) pairs.push(...headers)
  else for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? '', headers[i + 1] ?? ''])
  return pairs.map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? maskValue(value) : value])
}

/** Longer bodies are kept to here, in characters: what is kept is bounded by this times the journal's length. */
export const MAX_KEPT = 16_384

const cut = (text: string): string => (text.length <= MAX_KEPT ? text : text.slice(0, MAX_KEPT))

/** The body as sent, but for a cid_secret. */
export const bodyOf = ({ body }: Call): string | null =>
  body?.replace(/("cid_secret"\s*:\s*")(?:[^"\\]|\\.)*/g, '$1…') ?? null

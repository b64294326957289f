import { kst } from '../../payment/clock.ts'
import type { Refusal } from '../../payment/refusal.ts'
import { type Clock, shows } from '../clock.ts'
import { mask } from '../mask.ts'
import type { Page, Pages } from './pages.ts'

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
  /** Bytes where the street has them, UTF-8: they are copied. */
  readonly body: string | Buffer | null
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
export class Entry implements Omit<Call, 'body'> {
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
  private page: Page
  private copy: { readonly body: string; readonly response: string } | undefined = undefined
  /** On the page: the body from here, the response from `middle`, to `end`. */
  private begin: number
  private middle: number
  private end: number
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
    const bodyBytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length
    const responseBytes = Buffer.byteLength(response)
    this.page = pages.open(bodyBytes + responseBytes)
    this.begin = pages.at
    this.middle = pages.write(this.page, body, bodyBytes)
    this.end = pages.write(this.page, response, responseBytes)
  }

  get body(): string | null {
    return this.hasBody ? (this.copy?.body ?? this.text(this.begin, this.middle)) : null
  }

  /** Null where nothing was answered: the connection was closed. */
  get response(): string | null {
    return this.status === null ? null : (this.copy?.response ?? this.text(this.middle, this.end))
  }

  private text(from: number, to: number): string {
    return this.page.bytes.toString('utf8', from, to)
  }

  /** Of its texts on the page. */
  get bytes(): number {
    return this.end - this.begin
  }

  /** Takes its texts to the open page, so that the one they were on may become empty. */
  move(pages: Pages): void {
    const { page, begin, middle, end, bytes } = this
    this.page = pages.open(bytes)
    this.begin = pages.at
    this.middle = this.begin + middle - begin
    this.end = pages.write(this.page, page.bytes.subarray(begin, end), bytes)
    pages.leave(page)
  }

  /** It goes from the journal, and its place on the page to another. Whoever has seen its id may hold it for longer. */
  leave(pages: Pages): void {
    if (this.id !== '')
      this.copy = { body: this.text(this.begin, this.middle), response: this.text(this.middle, this.end) }
    pages.leave(this.page)
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
export const headersOf = ({ headers }: Entry): [string, string][] => {
  const pairs: [string, string][] = []
  if (headers instanceof Headers) pairs.push(...headers)
  else for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? '', headers[i + 1] ?? ''])
  return pairs.map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? maskValue(value) : value])
}

/** Longer bodies are kept to here, in characters: what is kept is bounded by this times the journal's length. */
export const MAX_KEPT = 16_384

const cut = <T extends string | Buffer>(text: T): T | string =>
  text.length <= MAX_KEPT ? text : text.toString().slice(0, MAX_KEPT)

/** The body as sent, but for a cid_secret. */
export const bodyOf = ({ body }: Entry): string | null =>
  body?.replace(/("cid_secret"\s*:\s*")(?:[^"\\]|\\.)*/g, '$1…') ?? null

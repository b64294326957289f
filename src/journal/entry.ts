import { type Clock, shows } from '../namespaces/clock.ts'
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
  /** The payment, as far as the answer names it; where it does not, the request may. */
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

/** Which payment and order a call touched. The order is read off the answer where the request does not name it. */
export const identifiersOf = (entry: Entry): Identifiers => {
  if (entry.identifiers) return entry.identifiers
  const sent = objectOf(entry.body)
  entry.identifiers = {
    tid: entry.tid ?? textOf(sent?.['tid']),
    order_id: textOf(sent?.['partner_order_id']) ?? textOf(objectOf(entry.response)?.['partner_order_id']),
    json: sent,
  }
  return entry.identifiers
}

export const kstOf = (entry: Entry): string => kst(shows(entry.clock, entry.at))

/** An entry without secrets: what leaves the journal is made from it. */
export type ShownEntry = Entry & { readonly masked: true; readonly hints: readonly string[] }

export const headerPairs = ({ headers }: Entry): [string, string][] => {
  if (headers instanceof Headers) return [...headers]
  const pairs: [string, string][] = []
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] ?? '', headers[i + 1] ?? ''])
  return pairs
}

/** Longer bodies are kept to here, in characters: what is kept is bounded by this times the journal's length. */
export const MAX_KEPT = 16_384

export const cut = (text: string | null): string | null =>
  text === null || text.length <= MAX_KEPT ? text : text.slice(0, MAX_KEPT)

/** An entry as it is kept outside this process. */
export const toText = ({ identifiers, ...entry }: ShownEntry): string => JSON.stringify(entry)

export const fromText = (text: string): Entry => JSON.parse(text) as Entry

import { type Entry, identifiersOf } from './entry.ts'
import { hintsOf } from './hints.ts'

/** A call as one line of the log. Fields without a value are left out. */
export interface LogLine {
  /** The call's name, `payer`, or what was asked for where that is no call. */
  readonly what: string
  readonly status: number | 'closed'
  readonly ms: number
  readonly order_id?: string
  readonly tid?: string
  /** The refusal's name. */
  readonly refused?: string
  /** The rule that refused. */
  readonly rule?: string
  /** The fault of the fault rule that met the call. */
  readonly fault?: string
  /** Mistakes that the rules allow. */
  readonly hint?: string
}

/** A client's own text is cut here. */
const MAX_TEXT = 100
const MAX_HINT = 300

export const toLogLine = (entry: Entry, mask: (text: string) => string): LogLine => {
  const { tid, order_id } = identifiersOf(entry)
  const hints = hintsOf(entry)
  const { call, method, path, status, duration_ms, refusal, fault: met } = entry
  return {
    what: call ?? `${method} ${mask(path).slice(0, MAX_TEXT)}`,
    status: status ?? 'closed',
    ms: Math.round(duration_ms * 10) / 10,
    ...(order_id === null ? {} : { order_id: mask(order_id).slice(0, MAX_TEXT) }),
    ...(tid === null ? {} : { tid: mask(tid).slice(0, MAX_TEXT) }),
    ...(refusal === null ? {} : { refused: refusal.refused, rule: refusal.rule }),
    ...(met === null ? {} : { fault: met.fault }),
    ...(hints.length === 0 ? {} : { hint: mask(hints.join(' ')).slice(0, MAX_HINT) }),
  }
}

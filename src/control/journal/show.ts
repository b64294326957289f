import type * as z from 'zod'
import type { entry as contract } from '../../../contracts/control/journal.ts'
import { type RefusalName, type RefusalText, refusals } from '../../../contracts/refusals.ts'
import { iso } from '../ledger.ts'
import { bodyOf, type Entry, headersOf, kstOf, look, MAX_KEPT } from './entry.ts'
import { unread } from './unread.ts'

export type Shown = z.input<typeof contract>

/** An entry as the control API answers it: secrets masked, what was worked out beside what was sent. */
export const show = (entry: Entry, id: string): Shown => {
  const { tid, order_id } = look(entry)
  const body = bodyOf(entry)
  return {
    id,
    time: iso(entry.at),
    kst: kstOf(entry),
    namespace: entry.namespace,
    call: entry.call,
    method: entry.method,
    path: entry.path,
    tid,
    order_id,
    request: { headers: headersOf(entry), body, body_cut: (entry.body?.length ?? 0) >= MAX_KEPT },
    response: { status: entry.status, body: entry.response, told: entry.told },
    duration_ms: Math.round(entry.duration_ms * 1000) / 1000,
    refusal: entry.refusal && refusalOf(entry.refusal.refused, entry.refusal.rule),
    fault: entry.met,
    unread: unread(entry),
  }
}

const refusalOf = (name: string, rule: string) => {
  const known: RefusalText | undefined = Object.hasOwn(refusals, name) ? refusals[name as RefusalName] : undefined
  return { name, rule, error_code: known?.error_code ?? 0, evidence: known?.evidence ?? 'inferred' }
}

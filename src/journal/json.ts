import type * as z from 'zod'
import { type RefusalName, type RefusalText, refusals } from '../../contracts/refusals.ts'
import { iso } from '../payment/ledger.ts'
import { headerPairs, identifiersOf, kstOf, MAX_KEPT, type ShownEntry } from './entry.ts'
import type { entryJson } from './schema.ts'
import { unknownFields } from './unknown-fields.ts'

export type EntryJson = z.input<typeof entryJson>

/** An entry as the control API answers it: secrets masked, what was worked out beside what was sent. */
export const toJson = (entry: ShownEntry): EntryJson => {
  const { tid, order_id } = identifiersOf(entry)
  const { body } = entry
  return {
    id: entry.id,
    time: iso(entry.at),
    kst: kstOf(entry),
    namespace: entry.namespace,
    call: entry.call,
    method: entry.method,
    path: entry.path,
    tid,
    order_id,
    request: { headers: headerPairs(entry), body, body_cut: (entry.body?.length ?? 0) >= MAX_KEPT },
    response: { status: entry.status, body: entry.response, delivered: entry.delivered },
    duration_ms: Math.round(entry.duration_ms * 1000) / 1000,
    refusal: entry.refusal && refusalOf(entry.refusal.refused, entry.refusal.rule),
    fault: entry.fault,
    unknown_fields: unknownFields(entry),
    hints: [...entry.hints],
  }
}

const refusalOf = (name: string, rule: string) => {
  const known: RefusalText | undefined = Object.hasOwn(refusals, name) ? refusals[name as RefusalName] : undefined
  return { name, rule, error_code: known?.error_code ?? 0, evidence: known?.evidence ?? 'inferred' }
}

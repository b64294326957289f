import type { FaultRule } from '../faults/rules.ts'
import type { Namespace } from '../namespaces/namespaces.ts'
import type { ApiDeps, RequestInfo } from './deps.ts'
import type { Outcome } from './outcome.ts'

const SYSTEM_CLOCK = { frozen_at: null, offset_ms: 0 }

/** Puts a request into the journal as it was answered, and counts the hit of the fault rule that it met. */
export const record = (
  { journal, faults }: Pick<ApiDeps, 'journal' | 'faults'>,
  call: string | null,
  info: RequestInfo,
  namespace: Pick<Namespace, 'name' | 'clock'> | undefined,
  body: string | null,
  { reply, refusal, delivered, money_moved, tid }: Outcome,
  rule?: FaultRule,
): void => {
  if (!journal.on && !rule) return
  const entry = journal.record({
    at: info.at,
    clock: namespace?.clock ?? SYSTEM_CLOCK,
    namespace: namespace?.name ?? null,
    call,
    method: info.method,
    path: info.path,
    headers: info.headers,
    body,
    status: reply?.status ?? null,
    response: reply?.body ?? null,
    delivered,
    duration_ms: performance.now() - info.started,
    refusal,
    fault: rule ? { rule: rule.id, fault: rule.do.fault, money_moved } : null,
    tid,
  })
  if (rule && call !== null)
    faults.fired(rule, { at: info.at, journal: entry?.id ?? null, call, tid: tid ?? null, money_moved })
}

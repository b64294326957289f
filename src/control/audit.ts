import { auditText, countOf, judge, worstFirst } from '../journal/audit.ts'
import type { Entry } from '../journal/entry.ts'
import { identifiersOf } from '../journal/entry.ts'
import type { ControlDeps } from './deps.ts'
import type { ControlHandlers } from './router.ts'

export const auditHandlers = ({ store, journal, faults }: ControlDeps): Pick<ControlHandlers, 'audit'> => ({
  async audit({ query, namespace }) {
    const payments = [...(await store.list(namespace === undefined ? {} : { namespace }))].reverse()
    const calls = new Map<string, Entry[]>()
    const entries = journal.on ? [...journal.query({ namespace })].reverse() : []
    for (const entry of entries) {
      const { tid } = identifiersOf(entry)
      if (tid === null) continue
      const same = calls.get(tid)
      if (same) same.push(entry)
      else calls.set(tid, [entry])
    }
    const findings = worstFirst(
      payments.map((payment) => {
        const own = calls.get(payment.tid) ?? []
        // A payment begins with one of these; where the journal has no longer that one, it may lack others.
        const incomplete = own[0]?.call !== 'ready' && own[0]?.call !== 'subscription'
        return judge({ payment, calls: own, incomplete })
      }),
    )
    const audit = {
      settled: findings.every((f) => f.settled),
      payments: findings.length,
      unsettled: countOf(findings, 'unsettled'),
      unknown: countOf(findings, 'unknown'),
      findings: findings.slice(0, query.limit),
      unfired: faults.list(namespace).flatMap((s) => (s.fired === 0 ? [s.id] : [])),
      journal: journal.on,
      calls_forgotten: journal.dropped,
    }
    if (query.as === 'json') return audit
    return new Response(auditText(audit), { headers: { 'content-type': 'text/plain;charset=UTF-8' } })
  },
})

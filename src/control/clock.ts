import { advance, type Clock, freeze, type Move, offset, resume, shows, to } from '../namespaces/clock.ts'
import { kst } from '../payment/clock.ts'
import { iso } from '../payment/ledger.ts'
import { isEnded } from '../payment/payment.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'
import { durationMs } from './schemas/fields.ts'

/** A clock as it is answered. */
export const clockOf = (namespace: string | null, clock: Clock, system: number) => {
  const now = shows(clock, system)
  return {
    namespace,
    now: iso(now),
    kst: kst(now),
    frozen: clock.frozen_at !== null,
    offset_ms: clock.frozen_at === null ? clock.offset_ms : clock.frozen_at - system,
  }
}

/** Epoch ms of an instant that the contract has accepted. */
export const msOf = (instant: string | number): number => (typeof instant === 'number' ? instant : Date.parse(instant))

/** A clock shows no instant before 1970 or after 2200: ids and the KST form end there. */
const LAST = Date.UTC(2200, 0, 1)

type Names = 'clock' | 'freezeClock' | 'offsetClock' | 'advanceClock' | 'setClock' | 'resumeClock'

export const clockHandlers = ({ namespaces, store, now, notifications }: ControlDeps): Pick<ControlHandlers, Names> => {
  /** Payments whose 15 minutes ended between what their clock showed before and what it shows now. */
  const dueSince = async (moved: ReturnType<typeof namespaces.move>) => {
    const spans = new Map(
      moved.map(({ namespace, before }) => [namespace.name, { from: before, until: namespace.now() }]),
    )
    const [only] = spans.keys()
    const payments = await store.list(spans.size === 1 && only !== undefined ? { namespace: only } : {})
    return payments
      .filter((payment) => {
        const span = spans.get(payment.namespace)
        return span && !isEnded(payment) && span.from < payment.expires_at && payment.expires_at <= span.until
      })
      .sort((a, b) => a.expires_at - b.expires_at)
      .map(({ tid, namespace, expires_at }) => ({ tid, namespace, what: 'expired' as const, at: iso(expires_at) }))
  }

  const move = async (change: Move, namespace: string | undefined) => {
    const system = now()
    const clocks =
      namespace === undefined
        ? [namespaces.start.clock, ...namespaces.list().map((n) => n.clock)]
        : [namespaces.named(namespace).clock]
    const out = clocks.some((clock) => {
      const at = shows(change(clock, system), system)
      return at < 0 || at > LAST
    })
    if (out) return problem(400, 'a clock goes from 1970 to 2200.')
    const moved = namespaces.move(change, namespace)
    const due = await dueSince(moved)
    const shown = moved.map((m) => clockOf(m.namespace.name, m.namespace.clock, system))
    const all = namespace === undefined ? [clockOf(null, namespaces.start.clock, system), ...shown] : shown
    notifications.notify({ event: 'clock', namespace: namespace ?? null, data: { due: due.length } })
    return { clocks: all, due }
  }

  return {
    clock({ namespace }) {
      const at = now()
      if (namespace !== undefined) {
        const found = namespaces.find(namespace)
        return { clocks: [clockOf(namespace, found?.clock ?? namespaces.start.clock, at)] }
      }
      const all = namespaces.list().map((n) => clockOf(n.name, n.clock, at))
      return { clocks: [clockOf(null, namespaces.start.clock, at), ...all] }
    },
    freezeClock: ({ body, namespace }) => move(freeze(body.at === undefined ? undefined : msOf(body.at)), namespace),
    offsetClock: ({ body, namespace }) => move(offset(durationMs(body.by) ?? 0), namespace),
    advanceClock: ({ body, namespace }) => move(advance(durationMs(body.by) ?? 0), namespace),
    setClock: ({ body, namespace }) => move(to(msOf(body.at)), namespace),
    resumeClock: ({ namespace }) => move(resume, namespace),
  }
}

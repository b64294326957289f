import type { Journal } from '../control/journal/journal.ts'
import type { Namespace } from '../control/namespaces.ts'
import { isRefusal, type Refusal } from '../payment/refusal.ts'
import type { Answer, ApiParts } from './api.ts'
import type { Scene } from './stage.ts'

/** What a door knows of a call beyond its body. */
export interface Arrival {
  /** Epoch ms of the system's clock. */
  readonly at: number
  /** performance.now() when it came in. */
  readonly started: number
  readonly method: string
  readonly path: string
  readonly headers: readonly string[] | Headers
}

/** Puts a call into the journal as it was answered. `result` is what the payment, or what refused it, said. */
export const record = (
  journal: Journal,
  call: string | null,
  arrival: Arrival,
  namespace: Pick<Namespace, 'name' | 'clock'> | undefined,
  body: string | Buffer | null,
  { status, body: response }: Answer,
  result: object,
): void => {
  journal.record({
    at: arrival.at,
    clock: namespace?.clock ?? SYSTEM,
    namespace: namespace?.name ?? null,
    call,
    method: arrival.method,
    path: arrival.path,
    headers: arrival.headers,
    body,
    status,
    response,
    told: true,
    duration_ms: performance.now() - arrival.started,
    refusal: isRefusal(result) ? result : null,
    met: null,
    tid: undefined,
  })
}

const SYSTEM = { frozen_at: null, offset_ms: 0 }

/** The same of a call while scenarios are armed; tells the scenario of its entry. */
export const recordScene = (
  { journal, scenarios }: ApiParts,
  call: string,
  arrival: Arrival,
  namespace: Namespace,
  body: string,
  { outcome, refusal, scenario, money_moved, tid }: Scene,
): void => {
  const answer = outcome.how === 'close' ? { status: null, body: null } : outcome.answer
  const entry = journal.record({
    at: arrival.at,
    clock: namespace.clock,
    namespace: namespace.name,
    call,
    method: arrival.method,
    path: arrival.path,
    headers: arrival.headers,
    body,
    status: answer.status,
    response: answer.body,
    told: outcome.told,
    duration_ms: performance.now() - arrival.started,
    refusal: answer.status === null ? null : (refusal as Refusal<string> | null),
    met: scenario && { scenario: scenario.id, fault: scenario.do.fault, money_moved },
    tid,
  })
  if (scenario)
    scenarios.fired(scenario, {
      at: arrival.at,
      journal: entry ? journal.idOf(entry) : null,
      call,
      tid: tid ?? null,
      money_moved,
    })
}

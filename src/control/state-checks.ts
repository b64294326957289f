import { neverFires } from '../faults/rules.ts'
import { MAX_APPLICATIONS } from '../namespaces/applications.ts'
import type { StoreLimits } from '../store/store.ts'
import { recordLists, type Snapshot } from './snapshot.ts'

/** How much of each list may be kept. */
export interface StateLimits extends StoreLimits {
  readonly maxNamespaces: number
  readonly maxFaults: number
}

/** Why a state that has the right form cannot be kept, and where. */
export interface StateProblem {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

type Item = Readonly<Record<string, unknown>>

const lists = ['payments', 'subscriptions', ...recordLists.map(([, list]) => list)] as const

/** What must not stand twice in a list. */
const unique: readonly (readonly [(typeof lists)[number], string])[] = [
  ['payments', 'tid'],
  ['payments', 'hash'],
  ['subscriptions', 'sid'],
  ['applications', 'key_hash'],
  ...recordLists.map(([, list, id]) => [list, id] as const),
]

/** Undefined where it can be kept. */
export const problemOf = (state: Snapshot, limits: StateLimits): StateProblem | undefined =>
  tooMany(state, limits) ?? twice(state) ?? contradiction(state)

const tooMany = (state: Snapshot, limits: StateLimits): StateProblem | undefined => {
  const bounds = {
    payments: [limits.maxPayments, '--max-payments'],
    subscriptions: [limits.maxSubscriptions, '--max-subscriptions'],
    applications: [MAX_APPLICATIONS, 'the limit'],
    namespaces: [limits.maxNamespaces, '--max-namespaces'],
    faults: [limits.maxFaults, '--max-faults'],
  } as const
  for (const list of lists) {
    const [most, name] = bounds[list]
    const count = state[list].length
    if (count > most) return { path: [list, most], message: `${count} are more than ${name}, which is ${most}` }
  }
  return undefined
}

const twice = (state: Snapshot): StateProblem | undefined => {
  for (const [list, field] of unique) {
    const seen = new Map<unknown, number>()
    for (const [index, item] of (state[list] as readonly Item[]).entries()) {
      const first = seen.get(item[field])
      if (first !== undefined) return { path: [list, index, field], message: `is also that of ${list}.${first}` }
      seen.set(item[field], index)
    }
  }
  return undefined
}

const contradiction = (state: Snapshot): StateProblem | undefined => {
  for (const [index, { amount, canceled, approved_at, actions }] of state.payments.entries()) {
    const at = (...field: string[]) => ['payments', index, ...field]
    if (canceled.total > amount.total)
      return {
        path: at('canceled', 'total'),
        message: 'is more than amount.total: no more can be refunded than was paid',
      }
    if (actions.length > 0 && approved_at === null)
      return { path: at('approved_at'), message: 'must be an instant: the payment has actions' }
  }
  for (const [index, { match, do: spec }] of state.faults.entries()) {
    const never = neverFires({ match, do: spec as Parameters<typeof neverFires>[0]['do'] })
    if (never) return { path: ['faults', index], message: never }
  }
  return undefined
}

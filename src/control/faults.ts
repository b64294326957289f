import * as z from 'zod'
import { type FaultName, faultTypes } from '../faults/fault-types.ts'
import { type FaultRule, isArmed, neverFires, toRuleSpec } from '../faults/rules.ts'
import { iso } from '../payment/ledger.ts'
import type { ControlDeps } from './deps.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

const shown = (s: FaultRule) => ({
  id: s.id,
  name: s.name,
  namespace: s.namespace,
  match: s.match,
  when: s.when,
  do: s.do as never,
  armed_at: iso(s.armed_at),
  armed: isArmed(s),
  matched: s.matched,
  fired: s.fired,
  last_fired: s.last_fired.map(({ at, ...firing }) => ({ time: iso(at), ...firing })),
})

type Names = 'faults' | 'armFault' | 'rule' | 'disarmFault' | 'disarmFaults' | 'faultTypes'

export const faultHandlers = ({ faults, notifications }: ControlDeps): Pick<ControlHandlers, Names> => {
  const told = (what: string, namespace: string | null, id?: string) =>
    notifications.notify({ event: 'fault', namespace, data: id === undefined ? { what } : { what, id } })
  const unknown = (id: string) => problem(404, `there is no fault rule ${id.slice(0, 80)}.`)

  return {
    faults: ({ query, namespace }) => ({
      faults: faults
        .list(namespace)
        .filter((s) => query.unfired === undefined || (query.unfired === 'true') === (s.fired === 0))
        .map(shown),
    }),
    armFault({ body, namespace }) {
      const arming = toRuleSpec(body, namespace ?? null)
      const never = neverFires(arming)
      if (never) return problem(400, never)
      const rule = faults.arm(arming)
      if (!rule) return problem(409, `there are ${faults.limit} fault rules already, which is the limit.`)
      told('armed', rule.namespace, rule.id)
      return shown(rule)
    },
    rule({ params: { id = '' } }) {
      const found = faults.find(id)
      return found ? shown(found) : unknown(id)
    },
    disarmFault({ params: { id = '' } }) {
      if (!faults.disarm(id)) return unknown(id)
      told('disarmed', null, id)
      return { removed: 1 }
    },
    disarmFaults({ namespace }) {
      const removed = faults.clear(namespace)
      told('disarmed', namespace ?? null)
      return { removed }
    },
    faultTypes: () => ({
      fault_types: (Object.keys(faultTypes) as FaultName[]).map((name) => {
        const { summary, money, params } = faultTypes[name]
        const { $schema, ...schema } = z.toJSONSchema(params, { io: 'input' })
        return { name, summary, money, params: schema }
      }),
    }),
  }
}

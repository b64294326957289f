import * as z from 'zod'
import { type FaultName, faults } from '../../../contracts/control/faults.ts'
import { iso } from '../../control/ledger.ts'
import { armingOf, isArmed, neverFires, type Scenario } from '../../control/scenarios.ts'
import type { ControlParts } from './parts.ts'
import { problem } from './problem.ts'
import type { ControlHandlers } from './router.ts'

const shown = (s: Scenario) => ({
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

type Names = 'scenarios' | 'armScenario' | 'scenario' | 'disarmScenario' | 'disarmScenarios' | 'faults'

export const scenarioHandlers = ({ scenarios, events }: ControlParts): Pick<ControlHandlers, Names> => {
  const told = (what: string, namespace: string | null, id?: string) =>
    events.tell({ event: 'scenario', namespace, data: id === undefined ? { what } : { what, id } })
  const unknown = (id: string) => problem(404, `there is no scenario ${id.slice(0, 80)}.`)

  return {
    scenarios: ({ query, namespace }) => ({
      scenarios: scenarios
        .list(namespace)
        .filter((s) => query.unfired === undefined || (query.unfired === 'true') === (s.fired === 0))
        .map(shown),
    }),
    armScenario({ body, namespace }) {
      const arming = armingOf(body, namespace ?? null)
      const never = neverFires(arming)
      if (never) return problem(400, never)
      const scenario = scenarios.arm(arming)
      if (!scenario) return problem(409, `there are ${scenarios.limit} scenarios already, which is the limit.`)
      told('armed', scenario.namespace, scenario.id)
      return shown(scenario)
    },
    scenario({ params: { id = '' } }) {
      const found = scenarios.find(id)
      return found ? shown(found) : unknown(id)
    },
    disarmScenario({ params: { id = '' } }) {
      if (!scenarios.disarm(id)) return unknown(id)
      told('disarmed', null, id)
      return { removed: 1 }
    },
    disarmScenarios({ namespace }) {
      const removed = scenarios.clear(namespace)
      told('disarmed', namespace ?? null)
      return { removed }
    },
    faults: () => ({
      faults: (Object.keys(faults) as FaultName[]).map((name) => {
        const { summary, money, params } = faults[name]
        const { $schema, ...schema } = z.toJSONSchema(params, { io: 'input' })
        return { name, summary, money, params: schema }
      }),
    }),
  }
}

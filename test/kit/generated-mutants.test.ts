import { describe, expect, test } from 'vitest'
import { generatedFixtures } from '../../src/kit/generate/index.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { needs } from '../needs.ts'
import { mock } from './mock.ts'
import { behaviourMutants } from './mutants/behaviour.ts'
import { answerMutants, type GeneratedMutant, refusalMutants, ruleMutants } from './mutants/generated.ts'
import { callMutants } from './mutants/per-call.ts'

const flows = [...forServers(loadFixtures()), ...generatedFixtures()]

/** What becomes of a mutant: the rules that the first failing flow names; none where it survives. */
const rulesNamed = async ({ name, serve, about }: GeneratedMutant): Promise<readonly string[]> => {
  const first = flows.filter(about)
  const target = mock(name, serve)
  for (const some of [first, flows.filter((flow) => !about(flow))]) {
    const results = await checkServer(some, target, { bail: true })
    const named = results.flatMap(({ failures = [] }) =>
      failures.flatMap(({ requirements }) => requirements.map(({ id }) => id)),
    )
    if (named.length > 0) return named
  }
  return []
}

interface Verdicts {
  readonly survivors: string[]
  readonly misnamed: string[]
}

const judge = async (mutants: readonly GeneratedMutant[]): Promise<Verdicts> => {
  const verdicts: Verdicts = { survivors: [], misnamed: [] }
  for (const mutant of mutants) {
    const named = await rulesNamed(mutant)
    if (named.length === 0) verdicts.survivors.push(mutant.name)
    else if (!named.some(mutant.isRight)) verdicts.misnamed.push(`${mutant.name}: ${[...new Set(named)].join(', ')}`)
  }
  return verdicts
}

const all = {
  answers: answerMutants(),
  rules: ruleMutants(),
  refusals: refusalMutants(),
  behaviour: behaviourMutants(),
  calls: callMutants(),
}

/** All of them where there is time for it, else a sample. */
const sample = (mutants: readonly GeneratedMutant[]) => mutants.filter((_, i) => needs('time') || i % 150 === 0)

describe('servers that are each wrong in one way, generated from the contracts', { timeout: 1_800_000 }, () => {
  test('are at least 400, each with a name of its own', () => {
    const names = Object.values(all).flatMap((mutants) => mutants.map(({ name }) => name))
    expect(names.length).toBeGreaterThan(1000)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(Object.entries(all))('%s: each is found, by the right rule', async (_, mutants) => {
    expect(await judge(sample(mutants))).toEqual({ survivors: [], misnamed: [] })
  })
})

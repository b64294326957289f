import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rules } from '../../../../contracts/rules.ts'
import { clientRules } from '../../../../src/kit/client/rules.ts'
import { exitCode, type Result } from '../../../../src/kit/result.ts'
import { needs } from '../../../needs.ts'
import { atOnce, checkMutant, checkQuick, checkSlow, flows, quick, shortcomings } from './check.ts'
import { correctClients, nearlyCorrectClients } from './correct.ts'
import { mutants } from './index.ts'

const notPassed = (results: readonly Result[]) =>
  results.filter(({ outcome }) => outcome !== 'passed').map(({ id, failures, reason }) => ({ id, failures, reason }))

const correct = Object.entries(correctClients).filter(([name]) => needs('time') || name === 'plain')

test.each(correct)('a correct client passes every flow: %s', { timeout: 60_000 }, async (_, Kind) => {
  const chosen = quick.filter((_flow, i) => needs('time') || i % 3 === 0)
  expect(notPassed(await checkQuick(Kind, chosen))).toEqual([])
})

test.skipIf(!needs('time'))('correct clients pass where somebody waits, too', { timeout: 120_000 }, async () => {
  await atOnce(Object.entries(correctClients), 20, async ([name, Kind]) => {
    expect(notPassed(await checkSlow(Kind)), name).toEqual([])
  })
})

test.skipIf(!needs('time')).each(Object.entries(nearlyCorrectClients))(
  'a client that differs in what should be ends with 0, and with 1 under --fail-on should: %s',
  async (_, Kind) => {
    const results = await checkQuick(Kind)
    expect([exitCode(results), exitCode(results, 'should')]).toEqual([0, 1])
  },
)

test.skipIf(!needs('time'))('10 runs in a row give the same', { timeout: 120_000 }, async () => {
  for (let run = 0; run < 10; run++) expect(notPassed(await checkQuick(correctClients['plain'] as never))).toEqual([])
})

test('every rule that a client’s flow names exists, and every such flow names one', () => {
  const known = (rule: string) => Object.hasOwn(clientRules, rule) || rules.has(rule)
  expect(flows.flatMap(({ id, rules: ids }) => ids.filter((rule) => !known(rule)).map((rule) => [id, rule]))).toEqual(
    [],
  )
  const own = flows.filter((fixture) => fixture.for === 'client')
  expect(own.filter(({ rules: ids }) => ids.length === 0).map(({ id }) => id)).toEqual([])
  expect(own.length).toBeGreaterThan(40)
})

/** In `npm test` these alone. */
const FEW = ['sends floats', 'drops extras', 'believes −702', 'follows redirects']

test('every wrong client is found by its rule, and every flow finds one', { timeout: 600_000 }, async () => {
  const wrong: Record<string, readonly string[]> = {}
  const caught = new Map<string, readonly string[]>()
  const exits: number[] = []
  const chosen = Object.entries(mutants).filter(([name]) => needs('time') || FEW.includes(name))
  await atOnce(chosen, 4, async ([name, mutant]) => {
    const results = await checkMutant(mutant)
    const found = shortcomings(results, [mutant.rule])
    if (found.length > 0) wrong[name] = found
    const isMust = clientRules[mutant.rule].level === 'must'
    if (isMust && exitCode(results) !== 1) wrong[name] = [...found, 'the exit code is not 1']
    exits.push(exitCode(results))
    caught.set(
      name,
      results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
    )
  })
  expect(wrong).toEqual({})
  if (!needs('time')) return
  mkdirSync('artefacts', { recursive: true })
  writeFileSync(
    'artefacts/mutants-client.txt',
    [...caught].map(([name, ids]) => `${name}: ${ids.join(' ')}\n`).join(''),
  )
  // Of all wrong clients, those that break what should be alone end with 0.
  expect(exits.filter((exit) => exit === 1).length / exits.length).toBeGreaterThan(0.9)
  const all = new Set([...caught.values()].flat())
  const idle = flows.filter((flow) => flow.for === 'client' && !all.has(flow.id)).map(({ id }) => id)
  expect(idle, 'flows that find no wrong client').toEqual([])
})

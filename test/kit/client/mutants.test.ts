import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rules } from '../../../contracts/rules.ts'
import type { Config } from '../../../src/config/config.ts'
import { checkClient } from '../../../src/kit/client/check.ts'
import type { StartDriver } from '../../../src/kit/client/driver.ts'
import { clientRules } from '../../../src/kit/client/rules.ts'
import { forClients } from '../../../src/kit/client/run.ts'
import type { Fixture } from '../../../src/kit/fixture.ts'
import { loadFixtures } from '../../../src/kit/load.ts'
import { controlPayer } from '../../../src/kit/payer.ts'
import type { Result } from '../../../src/kit/result.ts'
import { createMock } from '../../../src/mock.ts'
import { needs } from '../../needs.ts'
import { honest, inProcess, mutants } from './mutants.ts'

const fixtures = forClients(loadFixtures())

/** Short, since half of the mutants are made to wait; long enough for a busy machine to answer in half of it. */
const TIMEOUT_MS = 600
const AT_ONCE = 6

const check = (start: StartDriver, flows: readonly Fixture[] = fixtures): Promise<readonly Result[]> =>
  checkClient(flows, {
    start,
    serve: (config) => createMock(config as Partial<Config>).fetch,
    payer: controlPayer,
    timeoutMs: TIMEOUT_MS,
    graceMs: TIMEOUT_MS,
    startMs: TIMEOUT_MS,
    parallel: 4,
  })

test('the honest client passes every flow', async () => {
  const results = await check(inProcess(honest))
  expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
})

test.skipIf(!needs('time'))('20 runs in a row give the same', { timeout: 60_000 }, async () => {
  // Those in which somebody waits are left out: they would only be 20 times as long.
  const quick = fixtures.filter(({ id }) => !/hang|slow/.test(id))
  for (let run = 0; run < 20; run++) {
    const results = await check(inProcess(honest), quick)
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  }
})

test('every rule that a client’s flow names exists, and every such flow names one', () => {
  const known = (rule: string) => Object.hasOwn(clientRules, rule) || rules.has(rule)
  expect(
    fixtures.flatMap(({ id, rules: ids }) => ids.filter((rule) => !known(rule)).map((rule) => [id, rule])),
  ).toEqual([])
  const own = fixtures.filter((fixture) => fixture.for === 'client')
  expect(own.filter(({ rules: ids }) => ids.length === 0).map(({ id }) => id)).toEqual([])
  expect(own.length).toBeGreaterThan(40)
})

test.skipIf(!needs('time'))(
  'every mutant is caught, and every flow catches one that another flow lets pass',
  async () => {
    const caught = await catchAll()
    mkdirSync('artefacts', { recursive: true })
    writeFileSync('artefacts/mutants-client.txt', matrix(caught))
    const free = [...caught].filter(([, ids]) => ids.length === 0).map(([name]) => name)
    expect(free, 'mutants that no flow catches').toEqual([])
    const telling = [...caught.values()].filter((ids) => ids.length < fixtures.length)
    const idle = fixtures.map(({ id }) => id).filter((id) => !telling.some((ids) => ids.includes(id)))
    expect(idle, 'flows that say nothing of their own').toEqual([])
  },
  240_000,
)

/** Mutant → the flows that it fails. Most of their time is waiting, so several are at it at once. */
const catchAll = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const caught = new Map<string, readonly string[]>(Object.keys(mutants).map((name) => [name, []]))
  const waiting = Object.entries(mutants)
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, Kind] = next
      const results = await check(inProcess(Kind))
      const harness = results.filter(({ outcome }) => outcome === 'harness error')
      expect(harness, name).toEqual([])
      // Not even where the mutant sends or writes it.
      expect(JSON.stringify(results), name).not.toMatch(/DEV[0-9A-F]{37}/)
      caught.set(
        name,
        results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return caught
}

/** One line for each flow: how many mutants it catches, and by number which. */
const matrix = (caught: ReadonlyMap<string, readonly string[]>): string => {
  const names = [...caught.keys()]
  const rows = fixtures.map(
    ({ id }) => `${id.padEnd(34)} ${names.map((n) => (caught.get(n)?.includes(id) ? '×' : '·')).join('')}`,
  )
  return `\n${names.map((name, i) => `${String(i + 1).padStart(3)} ${name}: ${caught.get(name)?.length}`).join('\n')}\n\n${rows.join('\n')}\n\n`
}

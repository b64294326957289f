import type { Config } from '../../../src/config/config.ts'
import { type ClientCheck, checkClient } from '../../../src/kit/client/check.ts'
import { processDriver } from '../../../src/kit/client/driver.ts'
import { forClients } from '../../../src/kit/client/run.ts'
import type { Fixture } from '../../../src/kit/fixture.ts'
import { loadFixtures } from '../../../src/kit/load.ts'
import { controlPayer } from '../../../src/kit/payer.ts'
import { failureLines } from '../../../src/kit/report/text.ts'
import type { Result } from '../../../src/kit/result.ts'
import { createMock } from '../../../src/mock.ts'

export const clientFixtures: readonly Fixture[] = forClients(loadFixtures())

export const fixturesCalled = (...ids: string[]): readonly Fixture[] =>
  clientFixtures.filter(({ id }) => ids.includes(id))

/** Runs flows with a program, in front of a mock in this process. */
export const checkProgram = (
  command: readonly string[],
  fixtures: readonly Fixture[] = clientFixtures,
  more: Partial<ClientCheck> = {},
): Promise<readonly Result[]> =>
  checkClient(fixtures, {
    start: processDriver(command),
    serve: (config) => createMock(config as Partial<Config>).fetch,
    payer: controlPayer,
    ...more,
  })

/** What did not pass, in the reports' own words, so that a failing test says what to do. */
export const troubles = (results: readonly Result[]): readonly string[] =>
  results
    .filter(({ outcome }) => outcome !== 'passed')
    .map((result) => [`${result.outcome} ${result.id}`, ...failureLines(result)].join('\n'))

/** Flow → the rules that it found broken, each once. */
export const found = (results: readonly Result[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    results
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not evaluated')
      .map(({ id, failures, outcome }) => [
        id,
        failures
          ? [...new Set(failures.flatMap(({ requirements }) => requirements.map((rule) => rule.id)))]
          : [outcome],
      ]),
  )

import { expect, test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { mock } from '../../test/kit/mock.ts'

// One test per fixture, so that Stryker runs for each mutant only those that reach it.
const target = mock('mutation')
test.each(forServers(loadFixtures()).map((fixture) => [fixture.id, fixture] as const))('%s', async (_, fixture) => {
  const [result] = await checkServer([fixture], target)
  expect(result).toMatchObject({ outcome: 'passed' })
})

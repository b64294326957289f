import { expect, test } from 'vitest'
import type { Config } from '../../src/config.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { inProcess } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'

test('every flow holds against the mock', async () => {
  const fixtures = forServers(loadFixtures())
  const target = inProcess({ serve: (config) => createMock(config as Partial<Config>).fetch, payer: controlPayer })
  const results = await checkServer(fixtures, target)
  const bad = results.filter((r) => r.outcome !== 'passed')
  expect(bad).toEqual([])
})

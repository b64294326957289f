import { test } from 'vitest'
import { loadFixtures } from '../../src/kit/load.ts'
import { failureLines } from '../../src/kit/report/text.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { mock } from './mock.ts'
test('x', async () => {
  const t = performance.now()
  const results = await checkServer(forServers(loadFixtures()), mock('z'))
  const bad = results.filter((r) => r.outcome !== 'passed')
  console.log(results.length, bad.length, performance.now() - t)
  for (const r of bad.slice(0, 40)) console.log(r.id, r.outcome, failureLines(r).join('\n').slice(0, 700))
}, 60000)

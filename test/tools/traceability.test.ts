import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../contracts/rules.ts'
import type { Config } from '../../src/config/config.ts'
import { fixturesFolder, loadFixtures } from '../../src/kit/load.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import type { Fetch } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { traceabilityTable } from '../../tools/traceability.ts'
import { mock } from '../kit/mock.ts'

const fixtures = forServers(loadFixtures())

/** These rules are not checks but the router's and the reader's own work: the mock without the rule is built from outside. */
const switchedOff: Readonly<Record<string, (config: Partial<Config>) => Fetch>> = {
  'wire.path': (config) => {
    const mock = createMock(config)
    return (request) => mock.fetch(new Request(new URL('/online/v1/payment/ready', request.url), request))
  },
  'wire.method': (config) => {
    const mock = createMock(config)
    return async (request) =>
      mock.fetch(
        new Request(request.url, {
          method: 'POST',
          headers: request.headers,
          body: request.method === 'POST' ? await request.text() : '{}',
        }),
      )
  },
  'wire.size': (config) => createMock({ ...config, maxBodyBytes: 16_777_216 }).fetch,
}

const without = (rule: string) => (config: Partial<Config>) =>
  switchedOff[rule]?.(config) ?? createMock(config, { rulesOff: new Set([rule]) }).fetch

describe('every rule', () => {
  test('that a fixture names exists', () => {
    const unknown = fixtures.flatMap(({ id, rules: ids }) =>
      ids.filter((rule) => !rules.has(rule)).map((rule) => `${id} names ${rule}`),
    )
    expect(unknown).toEqual([])
  })

  test.each([...rules.keys()])('%s has a fixture that fails when the rule is switched off', async (rule) => {
    const own = fixtures.filter((fixture) => fixture.rules.includes(rule))
    expect(own.length, `no fixture names ${rule}`).toBeGreaterThan(0)
    const results = await checkServer(own, mock('run', without(rule)))
    expect(results.filter(({ outcome }) => outcome === 'harness error')).toEqual([])
    expect(results.map(({ outcome }) => outcome)).toContain('failed')
  })

  test('and its fixtures stand in fixtures/TRACEABILITY.md, which is fresh', () => {
    const written = readFileSync(join(fixturesFolder(), 'TRACEABILITY.md'), 'utf8')
    expect(written).toBe(traceabilityTable(loadFixtures()))
    expect(written).not.toMatch(/\| – \|$/m)
  })
})

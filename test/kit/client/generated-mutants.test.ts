import { expect, test } from 'vitest'
import type { Config } from '../../../src/config/config.ts'
import { checkClient } from '../../../src/kit/client/check.ts'
import { forClients } from '../../../src/kit/client/run.ts'
import { loadFixtures } from '../../../src/kit/load.ts'
import { controlPayer } from '../../../src/kit/payer.ts'
import { createMock } from '../../../src/mock.ts'
import { needs } from '../../needs.ts'
import { generatedClients } from './generated-mutants.ts'
import { inProcess } from './mutants.ts'

/** Without those in which somebody waits: these clients are wrong in what they send. */
const flows = forClients(loadFixtures()).filter(({ id }) =>
  /^client\/(parameters|subscription|request|ordinary)/.test(id),
)

/** Parameters that no flow of clients sends: a client cannot treat them wrongly. */
const sent = new Set(
  flows.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      'call' in step ? Object.keys(step.send ?? {}).map((name) => `${name} of ${step.call}`) : [],
    ),
  ),
)

const clients = Object.entries(generatedClients()).filter(([name]) =>
  [...sent].some((known) => name.endsWith(` ${known}`)),
)

test('clients that treat one parameter wrongly are found, as clients', { timeout: 600_000 }, async () => {
  const survivors: string[] = []
  const chosen = clients.filter((_, i) => needs('time') || i % 12 === 0)
  for (const [name, Kind] of chosen) {
    const results = await checkClient(flows, {
      start: inProcess(Kind),
      serve: (config) => createMock(config as Partial<Config>).fetch,
      payer: controlPayer,
      timeoutMs: 600,
      graceMs: 600,
      startMs: 600,
      parallel: 4,
      bail: true,
    })
    const isFound = results.some(({ outcome, level }) => outcome === 'failed' && level === 'must')
    if (!isFound) survivors.push(name)
    expect(
      results.filter(({ outcome }) => outcome === 'harness error'),
      name,
    ).toEqual([])
  }
  expect(survivors).toEqual([])
})

import type { Config } from '../../src/config/config.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { type Fetch, inProcess, type Target } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'

/** The mock in this process as a target, or another server in its place. */
export const mock = (
  run = 'run',
  serve: (config: Partial<Config>) => Fetch = (config) => createMock(config).fetch,
): Target =>
  inProcess({ serve: (config) => serve(config as Partial<Config>), payer: controlPayer, controlled: true, run })

/** A local KakaoPay for tests: `createMock()` answers Requests in process, `startMock()` puts it behind a port. */

import type { Config } from './config/config.ts'
import { type RunningServer, type StartOverrides, startServer } from './server.ts'

export { type Config, ConfigError } from './config/config.ts'
export { createMock, type Mock, type Overrides } from './mock.ts'
export type { RunningServer, StartOverrides } from './server.ts'

/** Starts a mock on any free port, unless `port` names one: `await using mock = await startMock()`, then `mock.url`. */
export const startMock = (config: Partial<Config> = {}, overrides: StartOverrides = {}): Promise<RunningServer> =>
  startServer({ port: 0, ...config }, overrides)

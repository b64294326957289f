/** A local KakaoPay for tests: `createMock()` answers Requests in process, `startMock()` puts it behind a port. Both have typed clients. */

import { createClient, type MockClient } from './client/client.ts'
import type { Config } from './config/config.ts'
import { createMock as createBareMock, type Mock, type Overrides } from './mock.ts'
import { type RunningServer, type StartOverrides, startServer } from './server.ts'

export { CallRefused } from './client/call.ts'
export { type ClientOptions, createClient, type MockClient } from './client/client.ts'
export { type Config, ConfigError } from './config/config.ts'
export type { Mock, Overrides } from './mock.ts'
export type { RunningServer, StartOverrides } from './server.ts'

const clientOf = (mock: Mock): MockClient =>
  createClient({ send: (path, init) => mock.request(path, init), controlToken: mock.config.controlToken })

/** A mock in this process, without a socket: `mock.request(path)`, or `mock.payments.ready({ … })`. */
export const createMock = (config: Partial<Config> = {}, overrides: Overrides = {}): Mock & MockClient => {
  const mock = createBareMock(config, overrides)
  return Object.assign(mock, clientOf(mock))
}

/** Starts a mock on any free port, unless `port` names one: `await using mock = await startMock()`, then `mock.url`. */
export const startMock = async (
  config: Partial<Config> = {},
  overrides: StartOverrides = {},
): Promise<RunningServer & MockClient> => {
  const server = await startServer({ port: 0, ...config }, overrides)
  return Object.assign(server, clientOf(server.mock))
}

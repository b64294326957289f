/** A local KakaoPay for tests: `createMock()` answers Requests in process, `listen()` puts it behind a port. */
export { type Config, ConfigError } from './config/config.ts'
export { createMock, type Mock, type Overrides } from './mock.ts'

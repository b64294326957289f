import type { AddressInfo, Server } from 'node:net'
import { baseUrl } from './base-url.ts'
import { type Config, ConfigError, configure } from './config/config.ts'
import { createHttpServer } from './http/server.ts'
import type { Authority, AuthorityPaths } from './intercept/authority.ts'
import type { Leak, LeakLog } from './intercept/leaks.ts'
import type { Listeners } from './intercept/listeners.ts'
import { createMock, type Mock, type Overrides } from './mock.ts'
import { openStore } from './store/open.ts'
import { type Store, StoreError } from './store/store.ts'

/** A mock that listens. */
export interface RunningServer {
  readonly mock: Mock
  /** Where it is reached by HTTP. */
  readonly url: string
  /** By HTTPS, where `https` is not off. */
  readonly https?: string
  /** As a proxy, where `proxy` is not off: the same as `url` where they share a port. */
  readonly proxy?: string
  /** With `https` or `proxy`: the certificates' files, and what tried to reach other hosts through the proxy. */
  readonly paths?: AuthorityPaths
  readonly leaks?: LeakLog
  /** Stops listening, gives open requests `graceMs` (default 0) to be answered, then closes every connection. */
  close(graceMs?: number): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface StartOverrides extends Overrides {
  /** Called with each attempt to reach another host through the proxy. */
  readonly onLeak?: (leak: Leak) => void
}

/**
 * The one way to boot: makes a mock and listens for HTTP and, where the settings say so, for HTTPS and as a proxy. Port 0 takes any free one.
 * Throws ConfigError where a setting cannot be used, a port in use among them.
 */
export const startServer = async (
  given: Partial<Config> = {},
  { onLeak, ...overrides }: StartOverrides = {},
): Promise<RunningServer> => {
  const config = configure(given)
  const store = overrides.store ?? (await openConfigured(config))
  let listeners: Opened | undefined
  let closing: Promise<void> | undefined
  const close = (graceMs = 0) => {
    closing ??= closeAll(listeners, graceMs, overrides.store ? undefined : store)
    return closing
  }
  try {
    const mock = createMock(given, { ...overrides, store })
    const opened = await openListeners(mock, onLeak)
    listeners = opened.listeners
    const addresses = await listenAll(listeners, config)
    mock.reachedAt(addresses.url)
    const { paths } = opened
    const intercepted = paths && listeners.leaks ? { paths, leaks: listeners.leaks } : {}
    return { mock, ...addresses, ...intercepted, close, [Symbol.asyncDispose]: () => close() }
  } catch (error) {
    await close()
    throw error
  }
}

/** A store that the caller handed over is left open: the caller closes it. */
const closeAll = async (listeners: Opened | undefined, graceMs: number, store: Store | undefined) => {
  await listeners?.close(graceMs)
  await store?.close()
}

const openListeners = (mock: Mock, onLeak: StartOverrides['onLeak']) =>
  mock.config.https === 'off' && mock.config.proxy === 'off' ? plainListener(mock) : interceptListeners(mock, onLeak)

const openConfigured = async (config: Config): Promise<Store> => {
  try {
    return await openStore(config)
  } catch (error) {
    throw error instanceof StoreError ? new ConfigError(`--store: ${error.message}`) : error
  }
}

type Opened = Pick<Listeners, 'http' | 'close'> & Partial<Listeners>

const plainListener = ({ listener, config }: Mock): { listeners: Opened; paths?: AuthorityPaths } => {
  const { server, close } = createHttpServer(listener, config)
  return { listeners: { http: server, close: (graceMs = 0) => close(graceMs) } }
}

/** Loaded, and the authority made, only where it is asked for. */
const interceptListeners = async (
  { listener, config }: Mock,
  onLeak: StartOverrides['onLeak'],
): Promise<{ listeners: Opened; paths?: AuthorityPaths }> => {
  const [{ createListeners }, { readPass }] = await Promise.all([
    import('./intercept/listeners.ts'),
    import('./intercept/target.ts'),
  ])
  const pass = asConfigError('--pass ', () => config.pass.map(readPass))
  const { server: identity, paths } = await openLocalAuthority(config.caDir)
  const listeners = createListeners({
    identity,
    listener,
    createHttpServer: (wrapped) => createHttpServer(wrapped, config),
    proxyOnPlainPort: sharesPort(config),
    pass,
    ...(onLeak ? { onLeak } : {}),
  })
  return { listeners, paths }
}

const asConfigError = <T>(prefix: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw new ConfigError(prefix + (error as Error).message)
  }
}

/** The local certificate authority, made where there is none. A folder that cannot be used is a ConfigError. */
export const openLocalAuthority = async (dir: string): Promise<Authority> => {
  const { AuthorityError, openAuthority } = await import('./intercept/authority.ts')
  try {
    return await openAuthority(dir === '' ? {} : { dir })
  } catch (error) {
    if (error instanceof AuthorityError) throw new ConfigError(error.message)
    throw error
  }
}

const sharesPort = ({ proxy, port }: Config) => proxy !== 'off' && proxy !== 0 && proxy === port

const listenAll = async ({ http, https, proxy }: Opened, config: Config) => {
  const { host } = config
  const url = await listen(http, { host, port: config.port, flag: '--port', scheme: 'http' })
  return {
    url,
    ...(https && config.https !== 'off'
      ? { https: await listen(https, { host, port: config.https, flag: '--https', scheme: 'https' }) }
      : {}),
    ...(proxy && config.proxy !== 'off'
      ? {
          proxy: sharesPort(config)
            ? url
            : await listen(proxy, { host, port: config.proxy, flag: '--proxy', scheme: 'http' }),
        }
      : {}),
  }
}

/** Connections that may wait to be accepted: a load test opens many at once. */
const BACKLOG = 4096

interface Listening {
  readonly host: string
  readonly port: number
  /** The flag that would choose another port, for the message. */
  readonly flag: string
  readonly scheme: 'http' | 'https'
}

/** Resolves to the address once it listens. */
const listen = (server: Server, { host, port, flag, scheme }: Listening): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ConfigError(whyNot(error, host, port, flag))))
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const { address, port: taken } = server.address() as AddressInfo
      resolve(baseUrl(address, taken, scheme))
    })
  })

const whyNot = ({ code, message }: NodeJS.ErrnoException, host: string, port: number, flag: string): string => {
  if (code === 'EADDRINUSE')
    return `port ${port} on ${host} is in use; choose another with ${flag} N, or ${flag} 0 for any free one`
  if (code === 'EACCES') return `port ${port} needs more rights; choose one above 1023 with ${flag} N`
  return `cannot listen on ${host}:${port}: ${message}`
}

import type { RequestListener, Server } from 'node:http'
import type { Config } from '../config/config.ts'
import { createHttpServer } from '../http/server.ts'
import { answerTlsOnPlainPort } from '../intercept/alert.ts'
import type { AuthorityPaths } from '../intercept/authority.ts'
import type { Leak, LeakLog } from '../intercept/leaks.ts'
import { UsageError } from './command.ts'
import { listen } from './listen.ts'

/** The ways in beside plain HTTP, as the settings want them. */
export interface OpenDoors {
  /** The mock's listener, with what a proxy's clients send understood. */
  readonly listener: RequestListener
  /** Prepares the plain server: TLS bytes are answered, and with `--proxy` on the same port it is a proxy. */
  attach(server: Server): void
  listen(): Promise<{ readonly https?: string; readonly proxy?: string }>
  readonly leaks?: LeakLog
  readonly paths?: AuthorityPaths
  close(graceMs?: number): Promise<void>
}

/** Opens what `https` and `proxy` ask for. Without them nothing is loaded and no authority is made. */
export const openDoors = async (
  config: Config,
  listener: RequestListener,
  onLeak: (leak: Leak) => void,
): Promise<OpenDoors> => {
  if (config.https === 'off' && config.proxy === 'off')
    return { listener, attach: answerTlsOnPlainPort, listen: async () => ({}), close: async () => {} }
  const [{ createListeners: createDoors }, { openLocalAuthority }] = await Promise.all([
    import('../intercept/listeners.ts'),
    import('./ca.ts'),
  ])
  const authority = await openLocalAuthority(config.caDir)
  const doors = inWords(() =>
    createDoors({
      identity: authority.server,
      listener,
      createServer: (given) => createHttpServer(given, config),
      pass: config.pass,
      onLeak,
    }),
  )
  const shared = config.proxy !== 'off' && config.proxy !== 0 && config.proxy === config.port
  const { host } = config
  return {
    listener: config.proxy === 'off' ? listener : doors.wrapped,
    attach: (server) => (shared ? doors.attach(server) : answerTlsOnPlainPort(server)),
    async listen() {
      const { https, proxy } = config
      return {
        ...(https === 'off'
          ? {}
          : { https: await listen(doors.https, { host, port: https, flag: '--https', scheme: 'https' }) }),
        ...(proxy === 'off' || shared
          ? {}
          : { proxy: await listen(doors.proxy, { host, port: proxy, flag: '--proxy' }) }),
      }
    },
    leaks: doors.leaks,
    paths: authority.paths,
    close: doors.close,
  }
}

const inWords = <T>(make: () => T): T => {
  try {
    return make()
  } catch (error) {
    throw new UsageError(`--pass ${(error as Error).message}`)
  }
}

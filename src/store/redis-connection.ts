import { createHash } from 'node:crypto'
import type { RedisClientType } from 'redis'
import { createWatch } from './redis-watch.ts'
import { StoreError, StoreUnavailable } from './store.ts'

/** What the drivers' parts ask of Redis: each answers as Redis does, or throws StoreUnavailable while it cannot be reached. */
export interface Connection {
  /** Runs a command of the client. */
  ask<T>(command: (client: RedisClientType) => Promise<T>): Promise<T>
  /** Runs a script, by its digest where Redis knows it. */
  run(script: string, keys: readonly string[], values: readonly string[]): Promise<number>
  /** Calls the listener whenever a lost connection is back: what was read before may be out of date. */
  onReconnect(listener: () => void): void
  close(): Promise<void>
}

export interface ConnectionTimes {
  /** Time for the first connection, in ms: a Redis that is started beside the mock may come later. */
  readonly startMs?: number
  /** Time for an answer, in ms: a Redis that takes longer is treated as lost. */
  readonly answerMs?: number
}

const START_MS = 5000
/** Time for an answer of Redis, in ms. */
export const ANSWER_MS = 3000
const MAX_RETRY_MS = 1000
/** Time for open commands at the end, in ms. */
const CLOSE_MS = 1000

/** The URL as it may be shown. */
const withoutPassword = (url: string): string => url.replace(/\/\/[^/]*@/, '//…@')

/** An optional peer: whoever keeps state elsewhere does not install it. */
const loadClient = async () => {
  try {
    return await import('redis')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new StoreError('a redis:// store needs the package redis beside kakaopay-mock; run: npm install redis')
  }
}

type Library = typeof import('redis')

/** Makes clients of one URL that reconnect for ever once `hasStarted`; each calls `onReady` whenever it is connected. */
const clientMaker = (
  { createClient, ErrorReply }: Library,
  url: string,
  startMs: number,
  { hasStarted, onReady }: { readonly hasStarted: () => boolean; readonly onReady: () => void },
) => {
  const giveUpAt = Date.now() + startMs
  return (): RedisClientType => {
    const client = createClient({
      url,
      // A call is refused at once instead of waiting for a Redis that may not come back.
      disableOfflineQueue: true,
      // The client would make a timer for each command. `createWatch` has one for all.
      commandOptions: { timeout: 0 },
      socket: {
        connectTimeout: startMs,
        reconnectStrategy: (retries, cause) =>
          // A wrong password stays wrong; a server that does not answer may still be starting.
          hasStarted() || (Date.now() < giveUpAt && !(cause instanceof ErrorReply))
            ? Math.min(50 * 2 ** retries, MAX_RETRY_MS)
            : cause,
      },
    }) as unknown as RedisClientType
    // Every command of a lost connection rejects by itself.
    client.on('error', () => {})
    client.on('ready', onReady)
    return client
  }
}

/** Connects, and goes on reconnecting when the connection is lost later. Throws StoreError where there is no Redis. */
export const connect = async (url: string, times: ConnectionTimes = {}): Promise<Connection> => {
  const { startMs = START_MS, answerMs = ANSWER_MS } = times
  const library = await loadClient()
  let started = false
  let reconnected = () => {}
  const newClient = clientMaker(library, url, startMs, {
    hasStarted: () => started,
    onReady: () => {
      if (started) reconnected()
    },
  })
  let client: RedisClientType
  try {
    client = newClient()
    await client.connect()
  } catch (error) {
    throw new StoreError(`cannot connect to ${withoutPassword(url)}: ${rootOf(error as Error)}`)
  }
  started = true
  /** Its socket is open, but nobody answers: its commands are given up, and a new client waits for it. */
  const watch = createWatch(answerMs, () => {
    const frozen = client
    client = newClient()
    client.connect().catch(() => {})
    frozen.destroy()
  })

  const ask: Connection['ask'] = async (command) => {
    const done = watch.begin()
    try {
      return await command(client)
    } catch (error) {
      throw failureOf(library, error as Error)
    } finally {
      done()
    }
  }
  return {
    ask,
    run: (script, keys, values) =>
      ask(async (asked) => {
        const options = { keys: [...keys], arguments: [...values] }
        try {
          return Number(await asked.evalSha(digestOf(script), options))
        } catch (error) {
          if (!(error as Error).message.startsWith('NOSCRIPT')) throw error
          return Number(await asked.eval(script, options))
        }
      }),
    onReconnect(listener) {
      reconnected = listener
    },
    close: async () => {
      watch.end()
      if (!client.isOpen) return
      const isLate = new Promise((resolve) => setTimeout(resolve, CLOSE_MS, 'late').unref())
      if ((await Promise.race([client.close(), isLate])) === 'late') client.destroy()
    },
  }
}

const failureOf = ({ ErrorReply }: Library, error: Error): Error => {
  // Redis answered: a mistake of ours, unless it says that it cannot serve now.
  if (
    error instanceof ErrorReply &&
    !/^(LOADING|MASTERDOWN|READONLY|OOM|MISCONF|BUSY|TRYAGAIN|NOAUTH)/.test(error.message)
  )
    return error
  return new StoreUnavailable(`Redis cannot be used: ${error.message}`, { cause: error })
}

/** The error below those that only say that something else failed. */
const rootOf = (error: Error): string => {
  const { originalError, cause, errors } = error as {
    originalError?: Error
    cause?: unknown
    errors?: readonly Error[]
  }
  const inner = originalError ?? (cause instanceof Error ? cause : undefined) ?? errors?.[0]
  return inner ? rootOf(inner) : error.message
}

const digests = new Map<string, string>()

const digestOf = (script: string): string => {
  const found = digests.get(script) ?? createHash('sha1').update(script).digest('hex')
  digests.set(script, found)
  return found
}

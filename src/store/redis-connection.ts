import { createHash } from 'node:crypto'
import { createClient, ErrorReply, type RedisClientType } from 'redis'
import { StoreError, StoreUnavailable } from './store.ts'

/** What the drivers' parts ask of Redis: each answers as Redis does, or throws StoreUnavailable while it cannot be reached. */
export interface Connection {
  /** Runs a command of the client. */
  ask<T>(command: (client: RedisClientType) => Promise<T>): Promise<T>
  /** Runs a script, by its digest where Redis knows it. */
  run(script: string, keys: readonly string[], values: readonly string[]): Promise<number>
  close(): Promise<void>
}

/** Time for the first connection, in ms: a Redis that is started beside the mock may come later. */
const START_MS = 5000
const MAX_RETRY_MS = 1000

/** The URL as it may be shown. */
const withoutPassword = (url: string): string => url.replace(/\/\/[^/]*@/, '//…@')

/** Connects, and goes on reconnecting when the connection is lost later. Throws StoreError where there is no Redis. */
export const connect = async (url: string, startMs = START_MS): Promise<Connection> => {
  const giveUpAt = Date.now() + startMs
  let started = false
  const client = createClient({
    url,
    // A call is refused at once instead of waiting for a Redis that may not come back.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: startMs,
      reconnectStrategy: (retries, cause) =>
        // A wrong password stays wrong; a server that does not answer may still be starting.
        started || (Date.now() < giveUpAt && !(cause instanceof ErrorReply))
          ? Math.min(50 * 2 ** retries, MAX_RETRY_MS)
          : cause,
    },
  }) as unknown as RedisClientType
  // Every command of a lost connection rejects by itself.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new StoreError(`cannot connect to ${withoutPassword(url)}: ${rootOf(error as Error)}`)
  }
  started = true

  const failureOf = (error: Error): Error => {
    // Redis answered: a mistake of ours, unless it says that it cannot serve now.
    if (
      error instanceof ErrorReply &&
      !/^(LOADING|MASTERDOWN|READONLY|OOM|MISCONF|BUSY|TRYAGAIN|NOAUTH)/.test(error.message)
    )
      return error
    return new StoreUnavailable(`Redis cannot be used: ${error.message}`, { cause: error })
  }
  const ask: Connection['ask'] = async (command) => {
    try {
      return await command(client)
    } catch (error) {
      throw failureOf(error as Error)
    }
  }
  return {
    ask,
    run: (script, keys, values) =>
      ask(async () => {
        const options = { keys: [...keys], arguments: [...values] }
        try {
          return Number(await client.evalSha(digestOf(script), options))
        } catch (error) {
          if (!(error as Error).message.startsWith('NOSCRIPT')) throw error
          return Number(await client.eval(script, options))
        }
      }),
    close: async () => {
      if (client.isOpen) await client.close().catch(() => client.destroy())
    },
  }
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

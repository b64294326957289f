import { baseUrl } from '../base-url.ts'
import type { Config, Loaded } from '../config/config.ts'
import { string } from '../config/option.ts'
import type { Io } from './command.ts'
import { UsageError } from './command.ts'

/** Names the running mock for every command that asks one. `exec` sets it for what it runs. */
export const MOCK_URL = 'KAKAOPAY_MOCK_URL'

/** Flags and settings that say which mock a command asks. */
export const mockFlags = {
  url: string('', 'URL', `The running mock to ask (${MOCK_URL}). Default: --host and --port.`),
}
export const mockSettings = ['host', 'port', 'controlToken'] as const

/** The mock did not answer, or not as a mock does. The message names it. */
export class MockUnreachable extends Error {
  override readonly name = 'MockUnreachable'
}

type Given = Pick<Loaded<typeof mockFlags>, 'config' | 'origin' | 'flags'>

/** The mock to ask: what the command line names, then KAKAOPAY_MOCK_URL, then the configured host and port. */
export const mockUrl = ({ config, origin, flags }: Given, { env }: Io, positional?: string): string => {
  const explicit = origin.host === 'flag' || origin.port === 'flag'
  const named = positional ?? (flags.url || (explicit ? undefined : env[MOCK_URL])) ?? ''
  const url = named === '' ? baseUrl(config.host, config.port) : named
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url))
    throw new UsageError(`"${url.slice(0, 200)}" is not an http or https URL`)
  return url.replace(/(?<!\/)\/+$/, '')
}

interface Asked {
  /** Sent by POST, unless `method` says otherwise. A text is sent as it is. */
  readonly body?: object | string
  readonly method?: 'POST' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

/** Asks the mock's control API. Throws MockUnreachable where nothing answers. */
export const askMock = async (
  base: string,
  path: string,
  { controlToken }: Config,
  { body, method = 'POST', headers, timeoutMs }: Asked,
): Promise<Response> => {
  try {
    return await fetch(new URL(path, base), {
      headers: {
        ...(controlToken === '' ? {} : { 'x-kakaopay-mock-token': controlToken }),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { method, body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    })
  } catch (error) {
    throw new MockUnreachable(`${base} does not answer: ${reasonOf(error)}`)
  }
}

/** fetch wraps what happened: an error of the socket, or one for each address of a name. */
export const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error
  if (!(cause instanceof Error)) return message
  const [first] = cause instanceof AggregateError ? (cause.errors as Error[]) : [cause]
  return first?.message || cause.message || message
}

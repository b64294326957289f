import { loadConfig } from '../config/config.ts'
import { type Command, UsageError } from './command.ts'

/** Time for the answer, in ms. */
const TIMEOUT_MS = 2000

export const health: Command = {
  name: 'health',
  summary: 'Ask a running server whether it serves',
  help: `Usage: kakaopay-mock health [URL] [--port N] [--host ADDRESS]

Asks GET /_mock/health of the URL, or of the configured port and host. Exit code 0 when it serves, 1 when it does not.

Examples:
  kakaopay-mock health
  kakaopay-mock health http://127.0.0.1:9000
`,
  async run(args, io) {
    const { config, rest } = loadConfig({ args, env: io.env })
    if (rest.length > 1) throw new UsageError('health takes one URL at the most')
    const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
    const base = rest[0] ?? `http://${host}:${config.port}`
    if (!URL.canParse(base)) throw new UsageError(`"${base}" is not a URL`)
    try {
      const response = await fetch(new URL('/_mock/health', base), { signal: AbortSignal.timeout(TIMEOUT_MS) })
      io.stdout.write(`${await response.text()}\n`)
      return response.ok ? 0 : 1
    } catch (error) {
      const { message, cause } = error as Error
      io.stderr.write(`${base} does not serve: ${cause instanceof Error ? cause.message || message : message}\n`)
      return 1
    }
  },
}

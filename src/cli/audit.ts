import { loadConfig } from '../config/config.ts'
import { type Command, UsageError } from './command.ts'

/** Time for the answer, in ms. */
const TIMEOUT_MS = 15_000

export const audit: Command = {
  name: 'audit',
  summary: 'Ask a running server whether every payment is settled',
  help: `Usage: kakaopay-mock audit [URL] [flags]

Asks GET /_mock/audit of the URL, or of the configured port and host: for each payment what moved, what the merchant was told and what it
asked afterwards. Exit code 0 when every payment is settled, 1 when one is not, when the journal has forgotten the calls that would say, or
when the server does not answer.

  --fail-unfired         Exit code 1 also when a fault rule was armed and never fired
  --namespace NAME       Only this namespace, by its public name or its secret key
  --json                 Print the answer as JSON

Examples:
  kakaopay-mock audit
  kakaopay-mock audit http://127.0.0.1:9000 --fail-unfired
  kakaopay-mock audit --namespace ns_839ea7e6ae57 --json
`,
  async run(args, io) {
    const { failUnfired, json, namespace, others } = ownFlags(args)
    const { config, rest } = loadConfig({ args: others, env: io.env })
    if (rest.length > 1) throw new UsageError('audit takes one URL at the most')
    const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
    const base = rest[0] ?? `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
    if (!URL.canParse(base)) throw new UsageError(`"${base}" is not a URL`)
    const headers = {
      ...(config.controlToken === '' ? {} : { 'x-kakaopay-mock-token': config.controlToken }),
      ...(namespace === undefined ? {} : { 'x-kakaopay-mock-namespace': namespace }),
    }
    const ask = async (form: 'json' | 'text') => {
      const url = new URL(`/_mock/audit?as=${form}`, base)
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
      const text = await response.text()
      if (!response.ok) throw new Error(`HTTP ${response.status} ${text.slice(0, 300)}`)
      return text
    }
    try {
      const answer = await ask('json')
      io.stdout.write(json ? `${answer}\n` : await ask('text'))
      const { settled, unfired } = JSON.parse(answer) as { settled: boolean; unfired: readonly string[] }
      return settled && !(failUnfired && unfired.length > 0) ? 0 : 1
    } catch (error) {
      const { message, cause } = error as Error
      io.stderr.write(`${base} cannot be audited: ${cause instanceof Error ? cause.message || message : message}\n`)
      return 1
    }
  },
}

/** Takes this command's flags out; the rest are settings. */
const ownFlags = (args: readonly string[]) => {
  const others: string[] = []
  let failUnfired = false
  let json = false
  let namespace: string | undefined
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--fail-unfired') failUnfired = true
    else if (arg === '--json') json = true
    else if (arg === '--namespace' || arg.startsWith('--namespace=')) {
      namespace = arg === '--namespace' ? args[++i] : arg.slice('--namespace='.length)
      if (namespace === undefined || namespace === '')
        throw new UsageError('--namespace needs a value; see kakaopay-mock audit --help')
    } else others.push(arg)
  }
  return { failUnfired, json, namespace, others }
}

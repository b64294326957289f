import { loadConfig } from '../config/config.ts'
import { payerActions } from '../endpoints/payer.ts'
import { type Command, type Io, UsageError } from './command.ts'

/** Time for the answer in ms: with --follow the server itself takes up to 10 s for the merchant. */
const TIMEOUT_MS = 15_000

/** The flags of this command alone, and whether each takes a value. */
const own: Readonly<Record<string, boolean>> = {
  '--action': true,
  '--method': true,
  '--card': true,
  '--install-month': true,
  '--follow': false,
  '--json': false,
}

export const pay: Command = {
  name: 'pay',
  summary: 'Act as the payer of a payment',
  help: `Usage: kakaopay-mock pay <redirect URL or tid> [flags]

Does what the payer would do on the page, and prints the URL to which the browser would be sent and, after approve, the pg_token in it,
each on a line of its own. A tid is looked for on the configured host and port, a redirect URL where it points to.

  --action ACTION        approve, cancel, fail, expire; or a step on the way: send_message, open, select_method [approve]
  --method CARD|MONEY    How to pay, within what ready allowed
  --card CODE            Card issuer, such as SHINHAN
  --install-month N      Instalment months, 0 to 12
  --follow               Call the URL as the browser would, and print what the merchant answered
  --json                 Print the server's answer as it is

Exit code 0 when the payer could do it, 1 when not.

Examples:
  kakaopay-mock pay T687f2d3a9d0c4b10c46
  kakaopay-mock pay T687f2d3a9d0c4b10c46 --method CARD --card KB --install-month 3
  kakaopay-mock pay http://127.0.0.1:8585/mockup/bridge/pc/pg/one-time/payment/5b0c… --action cancel --follow
`,
  async run(args, io) {
    const { flags, others } = ownFlags(args)
    const { config, rest } = loadConfig({ args: others, env: io.env })
    const [target, ...more] = rest
    if (target === undefined || more.length > 0)
      throw new UsageError('pay takes one redirect URL or tid; see kakaopay-mock pay --help')
    const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
    const url = addressOf(target, `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`)
    const answer = await send(url, requestOf(flags), config.controlToken, io)
    if (answer === undefined) return 1
    io.stdout.write('--json' in flags ? `${JSON.stringify(answer)}\n` : linesOf(answer))
    return 0
  },
}

/** Takes this command's flags out; the rest are settings, which everything else reads alike. */
const ownFlags = (args: readonly string[]) => {
  const flags: Record<string, string> = {}
  const others: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    const [name = '', inline] = arg.split(/=(.*)/s)
    const takesValue = own[name]
    if (takesValue === undefined) {
      others.push(arg)
      continue
    }
    const value = takesValue ? (inline ?? args[++i]) : ''
    if (value === undefined) throw new UsageError(`${name} needs a value; see kakaopay-mock pay --help`)
    if (!takesValue && inline !== undefined) throw new UsageError(`${name} takes no value`)
    flags[name] = value
  }
  return { flags, others }
}

const requestOf = (flags: Readonly<Record<string, string>>) => {
  const months = flags['--install-month']
  if (months !== undefined && !/^\d{1,2}$/.test(months))
    throw new UsageError(`--install-month must be an integer from 0 to 12, not "${months.slice(0, 80)}"`)
  const action = flags['--action'] ?? 'approve'
  if (!(payerActions as readonly string[]).includes(action))
    throw new UsageError(`--action must be one of ${payerActions.join(', ')}, not "${action.slice(0, 80)}"`)
  return {
    action,
    method: flags['--method'],
    card: flags['--card'],
    install_month: months === undefined ? undefined : Number(months),
    follow: '--follow' in flags,
  }
}

/** KakaoPay's own hosts stand in redirect URLs where `--redirects real` is set: they are this server too. */
const REAL_HOST = /^https:\/\/[a-z-]+\.kakaopay\.com\//

const addressOf = (target: string, local: string): string => {
  if (!target.includes('/')) return `${local}/_mock/payments/${encodeURIComponent(target)}/payer`
  const [, base, hash] =
    /^(https?:\/\/[^/?#]+.*?)(?:\/mockup)?\/bridge\/[^?#]*\/([0-9a-f]{64})(?:[/?#]|$)/.exec(target) ?? []
  if (base === undefined || !URL.canParse(base))
    throw new UsageError(`"${target.slice(0, 200)}" is no redirect URL of ready, such as next_redirect_pc_url`)
  return `${REAL_HOST.test(`${base}/`) ? local : base}/_mock/payments/${hash}/payer`
}

interface Answer {
  readonly redirect_url: string | null
  readonly pg_token?: string
  readonly status: string
  readonly merchant?: {
    readonly hops: readonly { readonly url: string; readonly status: number | null; readonly error?: string }[]
    readonly body: string
  }
}

const send = async (url: string, request: object, token: string, { stderr }: Io): Promise<Answer | undefined> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { 'x-kakaopay-mock-token': token }) },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = (await response.json()) as Answer & { readonly error_message?: string }
    if (response.ok) return body
    stderr.write(`kakaopay-mock: ${body.error_message ?? `HTTP ${response.status}`}\n`)
  } catch (error) {
    const { message, cause } = error as Error
    stderr.write(
      `kakaopay-mock: ${new URL(url).origin} does not answer: ${cause instanceof Error ? cause.message || message : message}\n`,
    )
  }
  return undefined
}

/** URL first, token second, so that a script can take the line it needs; then what the merchant answered, which must not steer the terminal. */
const linesOf = ({ redirect_url, pg_token, status, merchant }: Answer): string =>
  [
    redirect_url ?? status,
    ...(pg_token === undefined ? [] : [pg_token]),
    ...(merchant?.hops.map((hop) => `GET ${hop.url} → ${hop.status ?? hop.error}`) ?? []),
    ...(merchant?.body ? ['', merchant.body.trimEnd()] : []),
    '',
  ]
    .join('\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')

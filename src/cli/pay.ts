import { choice, flag, integer, optional, string } from '../config/option.ts'
import { payerActions } from '../endpoints/payer.ts'
import { defineCommand, type Io, UsageError } from './command.ts'
import { FAILED } from './exit-codes.ts'
import { printable } from './printable.ts'
import { askMock, MockUnreachable, mockFlags, mockSettings, mockUrl } from './running-mock.ts'

/** Time for the answer in ms: with --follow the server itself takes up to 10 s for the merchant. */
const TIMEOUT_MS = 15_000

export const pay = defineCommand({
  name: 'pay',
  usage: ['<redirect URL or tid> [flags]'],
  about: `Does what the payer would do on the page, and prints the URL to which the browser would be sent and, after approve, the pg_token in it,
each on a line of its own. A tid, and a redirect URL of KakaoPay's own hosts (--redirects real), are looked for on the mock that --url, --host
and --port name; any other redirect URL where it points to.`,
  flags: {
    ...mockFlags,
    action: {
      ...choice(payerActions, 'What the payer does; send_message, open and select_method are steps on the way.'),
      default: 'approve' as const,
    },
    method: optional(string('', 'CARD|MONEY', 'How to pay, within what ready allowed.')),
    card: optional(string('', 'CODE', 'Card issuer, such as SHINHAN.')),
    cardType: optional(string('', 'CREDIT|CHECK', 'Credit or check card.')),
    installMonth: optional(integer(0, 0, 12, 'Instalment months, 0 to 12.')),
    interestFree: flag(false, 'Instalments free of interest.'),
    point: optional(integer(0, 0, 2_147_483_647, 'Paid with points, in KRW, within the total.')),
    discount: optional(integer(0, 0, 2_147_483_647, 'Discounted, in KRW, within the total.')),
    follow: flag(false, 'Call the URL as the browser would, and print what the merchant answered.'),
    json: flag(false, 'Print the server’s answer as it is.'),
  },
  settings: mockSettings,
  exits: { 1: 'the payer could not do it', 3: 'the mock does not answer' },
  examples: `
  kakaopay-mock pay T687f2d3a9d0c4b10c46
  kakaopay-mock pay T687f2d3a9d0c4b10c46 --method CARD --card KB --install-month 3 --interest-free
  kakaopay-mock pay T687f2d3a9d0c4b10c46 --card-type CHECK --point 500
  kakaopay-mock pay http://127.0.0.1:8585/mockup/bridge/pc/pg/one-time/payment/5b0c… --action cancel --follow`,
  async act(input, io) {
    const { rest, flags, config } = input
    const [target, ...more] = rest
    if (target === undefined || more.length > 0)
      throw new UsageError('pay takes one redirect URL or tid; see kakaopay-mock pay --help')
    const { base, path } = addressOf(target, mockUrl(input, io))
    const { action, method, card, cardType: card_type, installMonth: install_month, point, discount, follow } = flags
    const interest_free_install = flags.interestFree ? 'Y' : undefined
    const chosen = { method, card, card_type, install_month, interest_free_install, point, discount }
    const body = { action, ...chosen, follow }
    const response = await askMock(base, path, config, { body, timeoutMs: TIMEOUT_MS })
    return print(await answerOf(response, base), flags.json, io)
  },
})

/** With `--redirects real` the redirect URLs name KakaoPay's own hosts; the mock answers for them. */
const REAL_HOST = /^https:\/\/[a-z-]+\.kakaopay\.com$/

/** The mock of a redirect URL, and the path of its payer there. A tid says nothing of its mock. */
const addressOf = (target: string, mock: string): { base: string; path: string } => {
  if (!target.includes('/')) return { base: mock, path: `/_mock/payments/${encodeURIComponent(target)}/payer` }
  const [path = ''] = target.split(/[?#]/)
  const bridge = path.indexOf('/bridge/')
  const base = path.slice(0, Math.max(0, bridge)).replace(/\/mockup$/i, '')
  const hash = /\/([0-9a-f]{64})(?:\/|$)/i.exec(path.slice(bridge))?.[1]
  if (hash === undefined || !/^https?:/i.test(base) || !URL.canParse(base))
    throw new UsageError(`"${target.slice(0, 200)}" is no redirect URL of ready, such as next_redirect_pc_url`)
  const { origin, pathname } = new URL(base)
  if (REAL_HOST.test(origin)) return { base: mock, path: `/_mock/payments/${hash}/payer` }
  return { base: origin, path: `${pathname.replace(/\/$/, '')}/_mock/payments/${hash}/payer` }
}

interface Answer {
  readonly error_message?: string
  readonly redirect_url: string | null
  readonly pg_token?: string
  readonly status: string
  readonly merchant?: {
    readonly hops: readonly { readonly url: string; readonly status: number | null; readonly error?: string }[]
    readonly body: string
  }
}

type Reply = { readonly ok: boolean; readonly text: string; readonly answer: Answer; readonly refusal: string }

const answerOf = async (response: Response, base: string): Promise<Reply> => {
  const text = await response.text()
  try {
    const answer = JSON.parse(text) as Answer
    const refusal = `${base}: ${answer.error_message ?? `HTTP ${response.status}`}`
    return { ok: response.ok, text, answer, refusal }
  } catch {
    throw new MockUnreachable(`${base} is no mock: it answered HTTP ${response.status} without JSON`)
  }
}

const print = ({ ok, text, answer, refusal }: Reply, json: boolean, { stdout, stderr }: Io): number => {
  if (ok) stdout.write(json ? `${text.trimEnd()}\n` : linesOf(answer))
  else stderr.write(printable(`kakaopay-mock: ${refusal}\n`))
  return ok ? 0 : FAILED
}

/** URL first, token second, so that a script can take the line it needs; then what the merchant answered. */
const linesOf = ({ redirect_url, pg_token, status, merchant }: Answer): string =>
  printable(
    [
      redirect_url ?? status,
      ...(pg_token === undefined ? [] : [pg_token]),
      ...(merchant?.hops.map((hop) => `GET ${hop.url} → ${hop.status ?? hop.error}`) ?? []),
      ...(merchant?.body ? ['', merchant.body.trimEnd()] : []),
      '',
    ].join('\n'),
  )

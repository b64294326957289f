import { HarnessError } from './errors.ts'
import type { PageStep, PayerStep } from './fixture.ts'
import { keepRedirect, preparedPayment, Unsupported } from './flow.ts'
import { broken } from './judge.ts'
import { type Difference, match } from './match.ts'
import { PayerRefused } from './payer.ts'
import { fail, type ServerFlow } from './server-flow.ts'
import { resolveTemplate } from './template.ts'

/** The payer acts, and is redirected to the merchant's URL. */
export const payerStep = async (step: PayerStep, number: number, flow: ServerFlow): Promise<void> => {
  const { target, session } = flow
  const { payer } = target
  if (!payer) throw new HarnessError('there is nobody who acts as the payer')
  const action = { number, action: `payer: ${step.payer}` }
  flow.script.payer(step, payer.name === 'control')
  let redirect = ''
  try {
    redirect = await payer.act(step, preparedPayment(flow), session, target.url)
  } catch (error) {
    if (!(error instanceof PayerRefused)) throw error
    const difference = { at: 'payer', expected: `${step.payer} is possible`, actual: error.message }
    fail(flow, action, broken('payer.acts', PAYER_ACTS, [difference]), undefined)
  }
  flow.ledger.payerActed(preparedPayment(flow).tid, step)
  keepRedirect(flow, step, redirect)
  flow.script.remember(Object.keys(step.keep ?? {}), flow.variables)
  if (step.redirect === undefined) return
  const wanted = resolveTemplate(step.redirect, flow.variables)
  const { title: sentence, evidence, source } = flow.fixture
  const differences = match(wanted, redirect, { now: Date.now() }, 'redirect')
  fail(flow, action, broken('payer.redirect', { sentence, evidence, source }, differences), undefined)
}

const PAYER_ACTS = {
  sentence: 'The payer can act at the payment whose tid ready answered.',
  evidence: 'documented',
  source: 'single-payment',
} as const

/** Opens a redirect URL as a browser does, and looks for texts in the page. */
export const pageStep = async ({ page, shows }: PageStep, number: number, flow: ServerFlow): Promise<void> => {
  const url = preparedPayment(flow)[page]
  const action = { number, action: `GET ${url}` }
  const find = (differences: readonly Difference[]) =>
    fail(flow, action, broken('payer.page', PAGE, differences), undefined)
  if (isRealPage(url)) throw new Unsupported('redirect URLs lead to KakaoPay’s own hosts')
  const pages = flow.target.profile?.publicUrl ?? flow.target.url
  if (!isBelow(url, pages)) return find([{ at: page, expected: `a URL below ${pages}`, actual: String(url) }])
  const response = await flow.session.fetch(new Request(url, { headers: { accept: 'text/html' } }))
  const text = await response.text()
  const { approval_url, cancel_url, fail_url } = preparedPayment(flow)
  const location = response.headers.get('location') ?? ''
  if ([approval_url, cancel_url, fail_url].some((shop) => location.startsWith(shop)))
    throw new Unsupported('the payer is automatic: the page redirects at once')
  const missing = shows
    .map((wanted) => String(resolveTemplate(wanted, flow.variables)))
    .filter((wanted) => !text.includes(wanted))
  return find([
    ...(response.status === 200
      ? []
      : [{ at: 'status of the page', expected: '200', actual: String(response.status) }]),
    ...missing.map((wanted) => ({ at: 'text of the page', expected: wanted, actual: 'absent' })),
  ])
}

const isRealPage = (url: string) => URL.canParse(url) && new URL(url).hostname.endsWith('.kakaopay.com')

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** On the same host and port; all names of this machine are one host. */
const isBelow = (url: string, server: string): boolean => {
  if (!URL.canParse(url)) return false
  const [page, own] = [new URL(url), new URL(server)]
  const isSameHost = page.hostname === own.hostname || (LOOPBACK.test(page.hostname) && LOOPBACK.test(own.hostname))
  return /^https?:$/.test(page.protocol) && isSameHost && page.port === own.port
}

const PAGE = {
  sentence: 'Each redirect URL opens a page of this server, which shows the payment.',
  evidence: 'documented',
  source: 'single-payment',
} as const

import { Hono, type Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { type PayerAction, payerActions, payerResult } from '../endpoints/payer.ts'
import { readBody } from '../http/body.ts'
import { type Env, requestInfo } from '../http/deps.ts'
import { isEnded, isExpired, type Payment } from '../payment/payment.ts'
import { isRefusal } from '../payment/refusal.ts'
import { checkout } from './checkout.ts'
import { finished } from './finished.ts'
import { messageProblem, selectionOf } from './form.ts'
import { detectLanguage, keepLanguage, languageOf, otherLanguage } from './language.ts'
import { actAndRecord, type PayerDeps, payerContext } from './payer.ts'
import { pc } from './pc.ts'
import { appUrl, type Device, type Screen } from './screen.ts'
import { type Page, pageResponse } from './shell.ts'
import { wordsIn } from './words.ts'

export interface CheckoutDeps extends PayerDeps {
  readonly maxBodyBytes: number
  readonly publicUrl: () => string
}

type C = HonoContext<Env>

/** The sandbox's paths as observed, and the live ones, which lack `/mockup`. */
const prefixes = ['/mockup/bridge', '/bridge']
const kinds = ['pg/one-time/payment', 'pg/subscription/payment-issue']
const DEVICE = ':device{pc|mobile-web|mobile-app}'
const HASH = ':hash{[0-9a-f]{64}}'

/**
 * The payer's page at the redirect URLs. GET shows it, or redirects at once in the automatic mode; POST is a button;
 * `/status` is what the page's script asks. Queries that it does not know are ignored (the official demo sends one).
 */
export const createCheckout = (deps: CheckoutDeps) => {
  const app = new Hono<Env>()
  for (const prefix of prefixes) {
    app.use(`${prefix}/*`, detectLanguage, keepLanguage)
    for (const kind of kinds) {
      const path = `${prefix}/${DEVICE}/${kind}/${HASH}`
      app.get(path, (c) => visited(c, deps, prefix, kind))
      app.post(path, (c) => pressed(c, deps, prefix, kind))
      app.all(path, async (c) => withAllow(await notice(c, 405)))
      app.get(`${path}/status`, (c) => asked(c, deps))
    }
    app.all(`${prefix}/*`, (c) => notice(c, 404))
  }
  return app
}

const infoOf = (c: C, deps: CheckoutDeps) => requestInfo(c.req.raw, c.env?.incoming, deps)

const find = async (c: C, { store }: CheckoutDeps): Promise<Payment | undefined> =>
  store.findByHash(c.req.param('hash') ?? '')

const visited = async (c: C, deps: CheckoutDeps, prefix: string, kind: string): Promise<Response> => {
  const payment = await find(c, deps)
  if (!payment) return notice(c, 404)
  const context = payerContext(deps, payment)
  const { payer } = context.settings
  // HEAD asks what is here; only a browser that shows the page is a payer.
  const acts = c.req.method === 'GET' && !isEnded(payment)
  if (acts && (payer !== 'manual' || isExpired(payment, context.now))) {
    const acted = await actAndRecord(deps, infoOf(c, deps), payment, payer === 'manual' ? 'expire' : payer)
    if (acted && !isRefusal(acted.result) && acted.result.redirect_url !== null)
      return goTo(acted.result.redirect_url, 302)
  }
  const opens = acts && c.req.param('device') !== 'pc'
  const opened = opens ? await actAndRecord(deps, infoOf(c, deps), payment, 'open') : undefined
  const shown = opened && !isRefusal(opened.result) ? opened.result.payment : payment
  return show(screenOf(c, deps, prefix, kind, shown))
}

const pressed = async (c: C, deps: CheckoutDeps, prefix: string, kind: string): Promise<Response> => {
  const payment = await find(c, deps)
  if (!payment) return notice(c, 404)
  const text = await readBody(c.req.raw, c.env?.incoming, deps.maxBodyBytes)
  const form = new URLSearchParams(typeof text === 'string' ? text : '')
  const screen = { ...screenOf(c, deps, prefix, kind, payment), tab: null }
  const besidePc = form.get('via') === 'pc'
  const here = besidePc ? `${screen.path}?via=pc` : screen.path
  const action = form.get('action') ?? ''

  if (action === 'confirm') {
    const { redirect_url } = payerResult(payment)
    return goTo(redirect_url ?? `${screen.path}?pending`, 303)
  }
  if (!payerActions.includes(action as PayerAction)) return goTo(here, 303)
  if (action === 'send_message') {
    const problem = messageProblem(form, screen)
    if (problem) return show({ ...screen, tab: 'talk', ...problem }, 422)
  }
  const selection = selectionOf(form)
  const acted = await actAndRecord(deps, infoOf(c, deps), payment, action as PayerAction, selection)
  if (!acted) return notice(c, 404)
  const { result } = acted
  if (isRefusal(result))
    return result.refused === 'choice-not-allowed'
      ? show(
          {
            ...screen,
            besidePc,
            selection,
            problem: { field: 'choice', text: screen.words.notAllowedChoice(result.params ?? {}) },
          },
          422,
        )
      : goTo(here, 303)
  const stays = besidePc || screen.appUrl !== null
  return goTo(result.redirect_url === null || stays ? here : result.redirect_url, 303)
}

/** Polled by the script each second. Ends a payment whose 15 minutes are over. */
const asked = async (c: C, deps: CheckoutDeps): Promise<Response> => {
  const found = await find(c, deps)
  if (!found) return notice(c, 404)
  const context = payerContext(deps, found)
  const ended = isExpired(found, context.now) && !isEnded(found)
  const acted = ended ? await actAndRecord(deps, infoOf(c, deps), found, 'expire') : undefined
  const { payment, redirect_url } = !acted || isRefusal(acted.result) ? payerResult(found) : acted.result
  const { status } = payment
  const remaining_ms = Math.max(0, payment.expires_at - context.now)
  const over = isEnded(payment) || status === 'AUTH_PASSWORD'
  return c.json({ status, remaining_ms, over, redirect_url }, 200, { 'cache-control': 'no-store' })
}

const screenOf = (c: C, deps: CheckoutDeps, prefix: string, kind: string, payment: Payment): Screen => {
  const device = c.req.param('device') as Device
  const tab = c.req.query('tab')
  const { now, settings } = payerContext(deps, payment)
  return {
    payment,
    words: wordsIn[languageOf(c)],
    device,
    path: `${prefix}/${device}/${kind}/${payment.hash}`,
    phoneUrl: `${deps.publicUrl()}${prefix}/mobile-web/${kind}/${payment.hash}?via=pc`,
    now,
    settings,
    besidePc: device !== 'pc' && c.req.query('via') === 'pc',
    tab: tab === 'qr' || tab === 'talk' ? tab : null,
    pending: c.req.query('pending') !== undefined,
    appUrl: device === 'mobile-app' ? appUrl(payment) : null,
    other: otherLanguage(c),
    dashboardUrl: `${deps.publicUrl()}/_mock/#/payments/${payment.tid}`,
    hereUrl: `${deps.publicUrl()}${prefix}/mobile-web/${kind}/${payment.hash}`,
  }
}

const show = (screen: Screen, status = 200): Promise<Response> => {
  const { payment, words, device, now, path, other, dashboardUrl } = screen
  const facts: Page['facts'] = [
    [words.state, payment.status, 'status'],
    ['tid', payment.tid, 'tid'],
    [words.cid, payment.cid, 'cid'],
  ]
  if (isEnded(payment) || isExpired(payment, now) || payment.status === 'AUTH_PASSWORD')
    return pageResponse({ words, main: finished(screen), layout: 'phone', facts, status, other, dashboardUrl })
  const live = {
    statusPath: `${path}/status`,
    remaining: payment.expires_at - now,
    moves: !screen.besidePc,
    watch: device === 'pc' && (payment.status === 'READY' || payment.status === 'SEND_TMS') ? payment.status : null,
    refresh: device === 'pc' && payment.status !== 'READY' && screen.tab === null ? path : null,
  }
  const main = device === 'pc' ? pc(screen) : html`<div class="glass">${checkout(screen, 'h1')}</div>`
  return pageResponse({
    words,
    main,
    layout: device === 'pc' ? 'pc' : 'phone',
    live,
    facts,
    status,
    other,
    dashboardUrl,
  })
}

/** Not Response.redirect: it parses the URL and throws on some app schemes. */
const goTo = (location: string, status: 302 | 303): Response =>
  new Response(null, {
    status,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })

const notice = (c: C, status: 404 | 405): Promise<Response> => {
  const words = wordsIn[languageOf(c)]
  const [heading, text] = status === 404 ? [words.notFound, words.notFoundText] : [words.notAllowed, '']
  const main = html`<section class="window finished" data-testid="notice"><div class="mark bad" aria-hidden="true"></div><h1>${heading}</h1><p>${text}</p></section>`
  return pageResponse({ words, main, layout: 'phone', status, other: otherLanguage(c) })
}

const withAllow = (response: Response): Response => {
  response.headers.set('allow', 'GET, HEAD, POST')
  return response
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { html } from 'hono/html'
import type { Env } from '../http/deps.ts'
import { problem } from './problem.ts'
import { SESSION, TOKEN_COOKIE } from './session.ts'

export interface GuardDeps {
  /** Host names by which control may be called, beyond loopback, `host` and `publicUrl`'s. */
  readonly allowedHosts: readonly string[]
  /** The address that the server listens on. */
  readonly host: string
  /** Empty: no token is asked for. */
  readonly controlToken: string
  readonly publicUrl: () => string
}

const TOKEN_HEADER = 'x-kakaopay-mock-token'

/** Open to any Host and without a token, for container probes: it answers nothing but status and version. */
const HEALTH = '/_mock/health'

/** Reads that stay open: another site's page could not read them but could use up their connections. */
const waiting: ReadonlySet<string> = new Set(['/_mock/events', '/_mock/journal/wait'])

/** Open without a token: the login, and the dashboard's page, which holds no data and asks for the token itself. */
const isOpen = (path: string) =>
  path === SESSION || path === '/_mock' || path === '/_mock/' || path.startsWith('/_mock/assets/')

/**
 * Who may use the control API and the dashboard. In a DNS-rebinding attack the page's own name arrives as Host, and a page of another site
 * that posts here sends an Origin or Sec-Fetch-Site header: both are refused.
 */
export const createGuard =
  (deps: GuardDeps): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (c.req.path === HEALTH) return next()
    const host = hostOf(c)
    if (!isAllowed(host, deps))
      return problem(
        c,
        403,
        `host ${host.slice(0, 100)} is not allowed here. start the mock with --allowed-hosts ${host.slice(0, 100)}.`,
      )
    if (!isRead(c.req.method) && isCrossOrigin(c))
      return problem(c, 403, 'a page of another origin may not change anything here.')
    if (waiting.has(c.req.path) && isCrossOrigin(c))
      return problem(c, 403, 'a page of another origin may not watch or wait here.')
    if (deps.controlToken !== '' && !isOpen(c.req.path) && !carries(c, deps.controlToken))
      return wantsPage(c) ? loginPage(c) : problem(c, 401, unauthorized)
    return next()
  }

const unauthorized = `send the control token: \`Authorization: Bearer <token>\` or \`${TOKEN_HEADER}: <token>\`.`

const isRead = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** As the client named the server: with its port. Without a socket it is the Request's own URL. */
const authorityOf = (c: Context<Env>): string =>
  (c.env?.incoming ? (c.req.header('host') ?? '') : (c.req.header('host') ?? new URL(c.req.url).host)).toLowerCase()

const hostOf = (c: Context<Env>): string => withoutPort(authorityOf(c))

const withoutPort = (authority: string) => authority.replace(/:\d+$/, '').replace(/\.$/, '')

const LOOPBACK = /^(localhost|([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])$/
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/
const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** DNS rebinding needs a name, so any bare IP address is allowed where the server listens on every interface. */
const isAllowed = (host: string, { allowedHosts, host: listening, publicUrl }: GuardDeps): boolean =>
  LOOPBACK.test(host) ||
  host === listening.toLowerCase() ||
  host === `[${listening.toLowerCase()}]` ||
  (everywhere.has(listening) && ADDRESS.test(host)) ||
  host === withoutPort(new URL(publicUrl()).host) ||
  allowedHosts.some((allowed) => withoutPort(allowed.toLowerCase()) === host)

/** Browsers send Origin or Sec-Fetch-Site with such requests. A client that sends neither is no browser, and is let in. */
const isCrossOrigin = (c: Context<Env>): boolean => {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const origin = c.req.header('origin')
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== authorityOf(c)
}

const carries = (c: Context<Env>, token: string): boolean =>
  [
    /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1],
    c.req.header(TOKEN_HEADER),
    getCookie(c, TOKEN_COOKIE),
  ].some((given) => given !== undefined && isSame(given, token))

/** Digests have the same length and are compared in the same time, whatever was sent. */
export const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
const digest = (text: string) => createHash('sha256').update(text).digest()

const wantsPage = (c: Context<Env>) => c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html')

/** The one page that needs no token: a field for it. */
const loginPage = (c: Context<Env>) => {
  c.header('cache-control', 'no-store')
  c.header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
  return c.html(
    html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>kakaopay-mock</title>
<form method="post" action="${SESSION}"><label>Control token / 제어 토큰 <input type="password" name="token" required autofocus></label> <button>OK</button></form></html>`,
    401,
  )
}

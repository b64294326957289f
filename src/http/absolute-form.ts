import type { IncomingMessage } from 'node:http'

const ABSOLUTE = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#@]*)(.*)/is

/** Headers meant for a proxy alone. They are removed, so that the journal does not keep a proxy's password. */
const forTheProxy: ReadonlySet<string> = new Set(['proxy-connection', 'proxy-authorization'])

/** The host as clients write it into Host: lower case, without the scheme's own port and a dot at the end. */
const plainHost = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host.replace(/\.(?=:|$)/, '') : undefined

/**
 * Turns a request whose target is a whole URL, as old clients send it to a proxy, into the origin form that the app reads. The URL's host replaces
 * whatever Host says, as RFC 9112 §3.2.2 demands: it is the target that was asked for.
 */
export const toOriginForm = (req: IncomingMessage): void => {
  const [, scheme, authority, rest = ''] = ABSOLUTE.exec(req.url ?? '') ?? []
  if (scheme === undefined || authority === undefined) return
  const host = plainHost(scheme + authority) ?? authority
  req.url = rest.startsWith('/') ? rest : `/${rest}`
  req.rawHeaders = req.rawHeaders.filter((_, i) => {
    const name = (req.rawHeaders[i - (i % 2)] ?? '').toLowerCase()
    return name !== 'host' && !forTheProxy.has(name)
  })
  req.rawHeaders.push('Host', host)
  for (const name of forTheProxy) delete req.headers[name]
  req.headers.host = host
}

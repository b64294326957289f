import { isIP } from 'node:net'
import { ProxyRefusal } from './answer.ts'
import { bracketed, plainHost } from './hosts.ts'

/** Where a client wants to go. */
export interface Target {
  readonly scheme: 'http' | 'https'
  /** Lower case, without brackets or a dot at the end. */
  readonly host: string
  readonly port: number
}

const AUTHORITY = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):([0-9]{1,5})$/

/** The target of `CONNECT host:port`. Refuses everything that is not exactly that: a port is required, a path or user is not allowed. */
export const parseAuthority = (text: string): Target => {
  const [, host = '', digits = ''] = AUTHORITY.exec(text) ?? []
  const port = Number(digits)
  if (host === '' || port < 1 || port > 65_535 || (host.startsWith('[') && isIP(host.slice(1, -1)) !== 6))
    throw new ProxyRefusal(400, 'malformed-connect', `CONNECT takes host:port, not "${printable(text)}"`)
  return { scheme: 'https', host: plainHost(host), port }
}

/** The target of an absolute-form request, and the rest of it (path and query) exactly as it was sent. */
export const parseAbsolute = (url: string): { target: Target; path: string } => {
  const [, scheme = '', authority = '', rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)/s.exec(url) ?? []
  const lower = scheme.toLowerCase()
  if (lower !== 'http' && lower !== 'https')
    throw new ProxyRefusal(400, 'unknown-scheme', `the proxy takes http and https URLs, not "${printable(scheme)}:"`)
  const withPort = /:\d*$/.test(authority) ? authority.replace(/:$/, '') : authority
  const hasPort = /:\d+$/.test(withPort) && !/^\[[^\]]*$/.test(withPort)
  const full = hasPort ? withPort : `${withPort}:${lower === 'https' ? 443 : 80}`
  if (!AUTHORITY.test(full))
    throw new ProxyRefusal(
      400,
      'malformed-target',
      `not a host the proxy can read: "${printable(hostOnly(authority))}"`,
    )
  return { target: { ...parseAuthority(full), scheme: lower }, path: rest.startsWith('/') ? rest : `/${rest}` }
}

/** `host:port` as it stands in a Host header: the scheme's own port is left out. */
export const hostHeader = ({ scheme, host, port }: Target): string =>
  port === (scheme === 'https' ? 443 : 80) ? bracketed(host) : `${bracketed(host)}:${port}`

/** How a target is named in messages and in the list of leaks. */
export const nameOf = ({ host, port }: Target): string => `${bracketed(host)}:${port}`

/** One value of `--pass`, `host` or `host:port`, as targets are compared with it. Throws a sentence that says what would be right. */
export const readPass = (text: string): string => {
  const trimmed = text.trim()
  if (isIP(plainHost(trimmed)) !== 0) return plainHost(trimmed)
  if (/^[A-Za-z0-9._-]{1,253}$/.test(trimmed)) return plainHost(trimmed)
  if (AUTHORITY.test(trimmed)) return nameOf(parseAuthority(trimmed))
  throw new Error(
    `must be a host or host:port, such as registry.example or 10.0.0.5:5432, without a scheme, path or wildcard`,
  )
}

/** A user and password before the `@` are never written out. */
const hostOnly = (authority: string) => authority.slice(authority.lastIndexOf('@') + 1)

const printable = (text: string) => text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')

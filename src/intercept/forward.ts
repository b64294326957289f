import { type IncomingMessage, request as requestClear, type ServerResponse } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP } from 'node:net'
import { pipeline } from 'node:stream'
import { ProxyRefusal, sendRefusal } from './answer.ts'
import { hostHeader, nameOf, type Target } from './target.ts'
import type { Tunnels } from './tunnels.ts'
import { type DialOptions, resolveTarget } from './upstream.ts'

/** How this proxy signs what it forwards: a request that carries it has come back. */
export const VIA = 'kakaopay-mock'

/** Headers that belong to one hop and must not pass a proxy (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface Forwarding {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly target: Target
  readonly path: string
  readonly dial: DialOptions
  readonly tunnels: Tunnels
}

/** Sends an absolute-form request to a host that `pass` names, and its answer back. */
export const forward = async ({ req, res, target, path, dial, tunnels }: Forwarding): Promise<void> => {
  tunnels.add(req.socket)
  res.once('close', () => tunnels.remove(req.socket))
  const address = await resolveTarget(target, dial)
  const request = target.scheme === 'https' ? requestSecure : requestClear
  const upstream = request({
    host: address,
    port: target.port,
    // The certificate is checked against the name that was asked for, not against the address.
    ...(target.scheme === 'https' && isIP(target.host) === 0 ? { servername: target.host } : {}),
    method: req.method,
    path,
    headers: [...endToEnd(req.rawHeaders), 'Host', hostHeader(target), 'Via', `1.1 ${VIA}`],
    agent: false,
    setHost: false,
    timeout: dial.limits.tunnelIdleMs,
  })
  upstream.once('timeout', () => upstream.destroy())
  upstream.once('error', () =>
    sendRefusal(res, new ProxyRefusal(502, 'not-reached', `${nameOf(target)} could not be reached or broke off`)),
  )
  upstream.once('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
    pipeline(answer, res, () => {})
  })
  res.once('close', () => upstream.destroy())
  req.pipe(upstream)
}

/** Without Host, hop-by-hop headers, and those that Connection names as such. */
const endToEnd = (rawHeaders: readonly string[]): string[] => {
  const named = new Set<string>()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.toLowerCase() === 'connection')
      for (const name of rawHeaders[i + 1]?.split(',') ?? []) named.add(name.trim().toLowerCase())
  return kept(rawHeaders, (name) => name !== 'host' && !hopByHop.has(name) && !named.has(name))
}

/** The header pairs whose lower-case name is wanted, in their order. */
const kept = (rawHeaders: readonly string[], wanted: (name: string) => boolean): string[] =>
  rawHeaders.filter((_, i) => wanted((rawHeaders[i - (i % 2)] ?? '').toLowerCase()))

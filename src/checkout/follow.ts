import { lookup } from 'node:dns'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Limits of the redirects that the mock follows in the payer's place. */
export const followLimits = { hops: 5, timeoutMs: 10_000, excerptBytes: 2048 } as const

export type Limits = { readonly [K in keyof typeof followLimits]: number }

/** One GET. `status` is null where nothing answered, and `error` says why. */
export interface Hop {
  readonly url: string
  readonly status: number | null
  readonly error?: string
}

/** What the merchant answered: every hop, and the beginning of the last page. */
export interface MerchantResponse {
  readonly hops: Hop[]
  readonly body: string
}

/** Where redirects may lead. The first URL is always the payment's own. */
export interface Destinations {
  /** Whether a URL is at an origin that the payment states or its application registers. */
  readonly isOwn: (url: string) => boolean
  /** Hosts that --follow-hosts opens: any port, any address. */
  readonly hosts: readonly string[]
}

/**
 * Follows the redirects of the payer's browser with GET, without cookies. Each hop must be http or https, at an origin of the payment, and
 * not at a link-local or metadata address: callers of the control API must not read through it what only this machine can reach.
 */
export const follow = async (
  start: string,
  destinations: Destinations,
  limits: Limits = followLimits,
): Promise<MerchantResponse> => {
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const hops: Hop[] = []
  for (let url = start; ; ) {
    const visited = await visit(url, { destinations, signal, limits, isLast: hops.length + 1 === limits.hops })
    hops.push(visited.hop)
    if (visited.next === undefined) return { hops, body: visited.body }
    url = visited.next
  }
}

interface Visit {
  readonly hop: Hop
  readonly body: string
  readonly next?: string
}

interface VisitOptions {
  readonly destinations: Destinations
  readonly signal: AbortSignal
  readonly limits: Limits
  readonly isLast: boolean
}

const visit = async (url: string, { destinations, signal, limits, isLast }: VisitOptions): Promise<Visit> => {
  const failed = (error: string): Visit => ({ hop: { url, status: null, error }, body: '' })
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    return failed('not an http or https URL: an app would be opened')
  const target = new URL(url)
  const isOpened = destinations.hosts.includes(target.hostname)
  if (!isOpened && !destinations.isOwn(url))
    return failed(
      `not followed: ${target.origin} is no origin of this payment. --follow-hosts ${target.hostname} opens it`,
    )
  try {
    const response = await get(target, signal, isOpened)
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if (location === undefined || status < 300 || status >= 400 || isLast)
      return { hop: { url, status }, body: await excerpt(response, limits.excerptBytes) }
    response.destroy()
    const next = URL.canParse(location, url) ? new URL(location, url).href : location
    return { hop: { url, status }, body: '', next }
  } catch (error) {
    return failed(signal.aborted ? `no whole answer within ${limits.timeoutMs} ms` : (error as Error).message)
  }
}

/** Link-local networks, and the addresses outside them at which clouds answer with credentials. */
const forbidden = new BlockList()
forbidden.addSubnet('169.254.0.0', 16)
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addAddress('fd00:ec2::254', 'ipv6')
forbidden.addAddress('100.100.100.200')
forbidden.addAddress('168.63.129.16')
forbidden.addAddress('192.0.0.192')

const isForbidden = (address: string): boolean => forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

const forbiddenError = (host: string) =>
  new Error(`not followed: ${host} is a link-local or metadata address. --follow-hosts ${host} opens it`)

/** Checks every address that a name resolves to, in the look-up of the connection itself, so that no second answer can differ. */
const checkedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const addresses = typeof address === 'string' ? [address] : (address ?? []).map((found) => found.address)
    if (!error && addresses.some(isForbidden)) callback(forbiddenError(hostname), address, family)
    else callback(error, address, family)
  })
}

const get = (url: URL, signal: AbortSignal, isOpened: boolean): Promise<IncomingMessage> => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!isOpened && isIP(host) !== 0 && isForbidden(host)) return Promise.reject(forbiddenError(host))
  const options = {
    signal,
    agent: false,
    headers: { accept: 'text/html,*/*' },
    ...(isOpened ? {} : { lookup: checkedLookup }),
  }
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.get(url, options, resolve) : http.get(url, options, resolve)
    request.on('error', reject)
  })
}

/** Reads the beginning of a page and stops: a page may be endless. */
const excerpt = async (response: IncomingMessage, bytes: number): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= bytes) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, bytes))
}

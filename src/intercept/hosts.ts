import { BlockList, isIP, isIPv6 } from 'node:net'

/** The three hosts that KakaoPay's API and its payment page are reached at, and that the mock answers for. */
export const kakaoPayHosts = [
  'open-api.kakaopay.com',
  'online-payment.kakaopay.com',
  'online-pay.kakaopay.com',
] as const

/** KakaoPay's API was there; the mock answers what is left of it, so that old code learns where the API is now. */
export const RETIRED_HOST = 'kapi.kakao.com'

/** A host the way it is compared: lower case, no brackets, no dot at the end. `OPEN-API.KakaoPay.com.` is the same host. */
export const plainHost = (host: string): string =>
  host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()

/** Whether calls to this host belong to the mock. */
export const isKakaoPayHost = (host: string): boolean => (kakaoPayHosts as readonly string[]).includes(plainHost(host))

export const isRetiredHost = (host: string): boolean => plainHost(host) === RETIRED_HOST

/** A host the way it stands in an authority: `::1` wants brackets. */
export const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/**
 * Addresses that are not public: loopback, private, link-local (the clouds' metadata service lives there),
 * shared, multicast, reserved. A proxy that dials them for anyone opens the machine's inside.
 */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Whether an IP address (not a name) is loopback, private or reserved. IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as itself. */
export const isInsideAddress = (address: string): boolean => {
  const kind = isIP(address)
  if (kind === 0) return false
  return inside.check(address, kind === 6 ? 'ipv6' : 'ipv4')
}

/** Names that mean this machine whatever a resolver says. */
export const isLocalName = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost')

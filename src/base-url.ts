import { isIPv6, type Socket } from 'node:net'

/** Where a server on this host and port is opened: "every interface" is no host, and IPv6 wants brackets. */
export const baseUrl = (host: string, port: number, scheme: 'http' | 'https' = 'http'): string => {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}`
}

/** Where a connection has reached this process, if it has a port: not so a Unix socket. */
export const urlOfSocket = ({ localAddress, localPort, encrypted }: Socket & { readonly encrypted?: boolean }) =>
  localAddress === undefined || localPort === undefined
    ? undefined
    : baseUrl(localAddress.replace(/^::ffff:/, ''), localPort, encrypted ? 'https' : 'http')

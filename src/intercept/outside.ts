import http from 'node:http'
import net from 'node:net'
import { isInsideAddress, isKakaoPayHost, isLocalName } from './hosts.ts'

/** Names the proxy to ask. `kakaopay-mock exec` sets it for what it runs. */
export const ASK_PROXY = 'KAKAOPAY_MOCK_ASK_PROXY'

/** Set by `kakaopay-mock exec` unless --pass lets the host through: calls to kapi.kakao.com go to the mock, which answers that it is retired. */
export const ANSWER_RETIRED = 'KAKAOPAY_MOCK_ANSWER_RETIRED'

/** Only ports of web servers are asked about: a database is not reached through an HTTP proxy. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443])

type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket

/**
 * Makes this process ask the proxy before it connects to a web server outside, as programs do that read the proxy variables: Node's fetch does not read
 * them before Node 24. What the proxy refuses, it reports as what tried to leave.
 */
export const askProxyFirst = (proxyUrl: string): void => {
  const proxy = new URL(proxyUrl)
  const connect = net.Socket.prototype.connect as Connect
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const target = targetOf(args)
    if (!target) return connect.apply(this, args)
    // What is written before the proxy has answered is queued, as for every connection that is not open yet.
    Object.assign(this, { connecting: true })
    isPassed(proxy, target).then((passed) => {
      if (this.destroyed) return
      if (passed) connect.apply(this, args)
      else this.destroy(Object.assign(new Error(`${target} is not KakaoPay's: kakaopay-mock exec refuses it`), REFUSED))
    })
    return this
  } as typeof net.Socket.prototype.connect
}

const REFUSED = { code: 'ECONNREFUSED' }

/** `host:port` of a web server outside; undefined for everything else. */
const targetOf = (args: readonly unknown[]): string | undefined => {
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] }
  const { host, port } = options as { host?: unknown; port?: unknown }
  if (typeof host !== 'string' || !WEB_PORTS.has(Number(port))) return undefined
  if (isLocalName(host) || isInsideAddress(host) || isKakaoPayHost(host)) return undefined
  return `${net.isIPv6(host) ? `[${host}]` : host}:${port}`
}

/** False where the proxy refuses the host. One that cannot be reached, or a proxy that is gone, fails by itself with its own error. */
const isPassed = ({ hostname, port }: URL, target: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = http.request({ host: hostname, port, method: 'CONNECT', path: target, agent: false })
    request.once('connect', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode !== 403)
    })
    request.once('error', () => resolve(true))
    request.end()
  })

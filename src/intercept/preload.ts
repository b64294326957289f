import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import { isInsideAddress, isKakaoPayHost, isLocalName, isRetiredHost, plainHost } from './hosts.ts'

/** Where diverted calls go. */
interface Mock {
  readonly secure: boolean
  /** Without brackets. */
  readonly host: string
  readonly port: number
  /** Calls to kapi.kakao.com are diverted as well. */
  readonly retiredHost: boolean
}

/** Diversions in force; the last one wins, so that a test inside a diverted process can point elsewhere for a while. */
const stack: Mock[] = []

const original = {
  tlsConnect: tls.connect,
  socketConnect: net.Socket.prototype.connect,
  request: http.request,
  get: http.get,
}

/**
 * Sends every call for KakaoPay's hosts that this process makes (`fetch`, undici, `http`/`https`, axios of any age, with or without a proxy or
 * an agent) to the mock at `mockUrl` (an origin, such as `http://127.0.0.1:8585`). Other hosts are untouched; with `retiredHost`, kapi.kakao.com goes to
 * the mock too. Returns the undo.
 *
 * It patches `tls.connect` and sockets, which all of these clients use: a TLS connection to KakaoPay becomes a plain one to the mock. So no
 * certificate has to be trusted, and no HTTP library is patched.
 */
export const divert = (mockUrl: string, { retiredHost = false } = {}): (() => void) => {
  const mock = { ...readMock(mockUrl), retiredHost }
  if (stack.length === 0) install()
  stack.push(mock)
  return () => {
    const at = stack.indexOf(mock)
    if (at < 0) return
    stack.splice(at, 1)
    if (stack.length === 0) restore()
  }
}

const readMock = (text: string): Omit<Mock, 'retiredHost'> => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const origin = url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
  if (!origin || url.pathname !== '/' || url.search || url.hash || url.username || isKakaoPayHost(url.hostname))
    throw new TypeError(
      `KAKAOPAY_MOCK_URL must be the mock's origin, such as http://127.0.0.1:8585, without a path; it is "${text.slice(0, 80)}"`,
    )
  const secure = url.protocol === 'https:'
  return { secure, host: plainHost(url.hostname), port: Number(url.port || (secure ? 443 : 80)) }
}

const current = (): Mock => {
  const mock = stack.at(-1)
  if (!mock) throw new Error('no diversion is in force')
  return mock
}

const install = () => {
  Object.assign(tls, { connect: tlsConnect })
  Object.assign(http, { request, get: (...args: never[]) => endNow(request(...args)) })
  net.Socket.prototype.connect = socketConnect as typeof original.socketConnect
  syncBuiltinESMExports()
}

const restore = () => {
  Object.assign(tls, { connect: original.tlsConnect })
  Object.assign(http, { request: original.request, get: original.get })
  net.Socket.prototype.connect = original.socketConnect
  syncBuiltinESMExports()
}

const endNow = (req: http.ClientRequest) => {
  req.end()
  return req
}

type Options = tls.ConnectionOptions

/** `tls.connect(options)`, `(port, host?, options?)` and each with a callback, as Node reads them. */
const readArguments = (args: readonly unknown[]): { options: Options; callback: (() => void) | undefined } => {
  const last = args.at(-1)
  const callback = typeof last === 'function' ? (last as () => void) : undefined
  const given = callback ? args.slice(0, -1) : args
  const options = given.find((arg) => typeof arg === 'object' && arg !== null) as Options | undefined
  if (given[0] === options) return { options: options ?? {}, callback }
  const host = typeof given[1] === 'string' ? { host: given[1] } : {}
  return { options: { port: Number(given[0]), ...host, ...options }, callback }
}

const isDiverted = (host: string): boolean => isKakaoPayHost(host) || (current().retiredHost && isRetiredHost(host))

/** By host, or by server name where the host is an address that the client looked up itself or a tunnel that it opened. */
const isMeant = ({ host, servername, socket }: Options): boolean => {
  if (host && isDiverted(host)) return true
  if (!servername || !isDiverted(servername)) return false
  return socket !== undefined || (host !== undefined && !isLocalName(host) && !isInsideAddress(host))
}

const tlsConnect = (...args: unknown[]): net.Socket => {
  const { options, callback } = readArguments(args)
  if (!isMeant(options)) return (original.tlsConnect as (...args: unknown[]) => tls.TLSSocket)(...args)
  // A tunnel that a client opened through some proxy first is not used: what matters has not been sent through it yet.
  options.socket?.destroy()
  const { secure, host, port } = current()
  const { socket: _, lookup: __, path: ___, ...rest } = options
  if (secure)
    return original.tlsConnect({ ...rest, host, port, servername: options.servername ?? options.host ?? '' }, callback)
  return emulateTls(net.connect({ host, port }), options, callback)
}

/** A plain connection that answers what HTTP clients ask a TLS socket. */
const emulateTls = (socket: net.Socket, options: Options, callback?: () => void): net.Socket => {
  Object.assign(socket, {
    encrypted: true,
    authorized: true,
    authorizationError: null,
    alpnProtocol: false,
    servername: options.servername ?? options.host ?? false,
    getPeerCertificate: () => ({}),
    getPeerX509Certificate: () => undefined,
    getCertificate: () => null,
    getCipher: () => ({ name: 'none', standardName: 'none', version: 'none' }),
    getProtocol: () => null,
    getSession: () => undefined,
    getEphemeralKeyInfo: () => ({}),
    isSessionReused: () => false,
    setServername: () => {},
    setSession: () => {},
    disableRenegotiation: () => {},
  })
  if (options.timeout) socket.setTimeout(options.timeout)
  if (callback) socket.once('secureConnect', callback)
  socket.once('connect', () => {
    socket.emit('secure')
    socket.emit('secureConnect')
  })
  return socket
}

/** Plain sockets: a client that connects first and starts TLS afterwards reaches the mock as well. KakaoPay does not serve `http://`. */
function socketConnect(this: net.Socket, ...args: unknown[]): net.Socket {
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  const options = (typeof first === 'object' && first !== null ? first : { port: args[0], host: args[1] }) as {
    host?: unknown
    port?: unknown
  }
  const connect = original.socketConnect as (...args: unknown[]) => net.Socket
  if (typeof options.host !== 'string' || !isDiverted(options.host)) return connect.apply(this, args)
  const { host, port } = current()
  if (Number(options.port) === 443) return connect.call(this, { host, port })
  const refusal = new Error(`${options.host}:${options.port} is not where KakaoPay serves: use https on port 443`)
  process.nextTick(() => this.destroy(Object.assign(refusal, { code: 'ECONNREFUSED' })))
  return this
}

const ABSOLUTE = /^https:\/\/([^/?#:]+)(?::443)?([/?].*)?$/i

/** Old axios sends `POST https://open-api.kakaopay.com/…` in clear to whatever proxy the environment names. That must not be another one. */
const request = (...args: never[]): http.ClientRequest => {
  const [options, ...rest] = args as unknown as [http.RequestOptions | string | URL, ...unknown[]]
  const path = typeof options === 'object' && !(options instanceof URL) ? options.path : undefined
  const [, name, target] = ABSOLUTE.exec(path ?? '') ?? []
  if (!name || !isDiverted(name)) return (original.request as (...args: unknown[]) => http.ClientRequest)(...args)
  const { secure, host, port } = current()
  const { agent: _, socketPath: __, ...kept } = options as http.RequestOptions
  const headers = Array.isArray(kept.headers) ? kept.headers : { ...kept.headers, host: name }
  const diverted = { ...kept, protocol: secure ? 'https:' : 'http:', host, hostname: host, port, headers }
  const send = (secure ? https.request : original.request) as (...args: unknown[]) => http.ClientRequest
  return send({ ...diverted, path: target?.startsWith('/') ? target : `/${target ?? ''}` }, ...rest)
}

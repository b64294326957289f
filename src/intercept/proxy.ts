import { lookup as systemLookup } from 'node:dns/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { toOriginForm } from '../http/absolute-form.ts'
import { closeWith } from '../http/close-with.ts'
import { jsonAnswer, ProxyRefusal, sendRefusal } from './answer.ts'
import { forward, VIA } from './forward.ts'
import { isKakaoPayHost, isRetiredHost, plainHost } from './hosts.ts'
import type { LeakLog } from './leaks.ts'
import type { InterceptLimits } from './limits.ts'
import { nameOf, parseAbsolute, parseAuthority, readPass, type Target } from './target.ts'
import type { TlsFront } from './tls.ts'
import { createTunnels, type Tunnels } from './tunnels.ts'
import { type DialOptions, dial, type Lookup, leadsBack } from './upstream.ts'

export interface ProxyDeps {
  /** Ends the TLS inside a tunnel for KakaoPay's hosts; no connection leaves the process for them. */
  readonly front: TlsFront
  /** Hosts (`host` or `host:port`) that may be reached for real. */
  readonly pass: readonly string[]
  readonly limits: InterceptLimits
  readonly leaks: LeakLog
  /** Ports of this process, which a passed loopback address must not lead back to. */
  readonly ownPorts: () => readonly number[]
  /** Resolves a name; a test gives its own. */
  readonly lookup?: Lookup
}

export interface Proxy {
  /** Answers absolute-form requests (`POST https://open-api.kakaopay.com/… HTTP/1.1`) and leaves all others to `next`. */
  listener(next: RequestListener): RequestListener
  /** Answers CONNECT on a connection that the HTTP server has handed over. */
  connect(req: IncomingMessage, socket: Socket, head: Buffer): void
  /** Tunnels and forwarded requests open now. */
  open(): number
  /** Closes every tunnel. */
  close(): void
}

/**
 * A proxy for KakaoPay's hosts only: another host is refused with 403 and noted as a leak attempt, unless `pass` names it.
 */
export const createProxy = (deps: ProxyDeps): Proxy => {
  const tunnels = createTunnels(deps.limits)
  const pass = new Set(deps.pass.map(readPass))
  const dialOptions: DialOptions = {
    pass,
    limits: deps.limits,
    ownPorts: deps.ownPorts,
    lookup: deps.lookup ?? systemLookup,
  }
  return {
    listener: (next) => (req, res) => {
      if (!isAbsolute(req.url)) return next(req, res)
      absolute(
        req,
        deps,
        pass,
        () => next(req, res),
        (target, path) => forward({ req, res, target, path, dial: dialOptions, tunnels }),
      ).catch((error: unknown) => sendRefusal(res, asRefusal(error)))
    },
    connect(req, socket, head) {
      connect(req, socket, head, deps, tunnels, dialOptions).catch((error: unknown) => {
        const refusal = asRefusal(error)
        closeWith(socket, jsonAnswer(refusal.status, refusal.error, refusal.message))
      })
    },
    open: tunnels.size,
    close: tunnels.close,
  }
}

/** Any scheme: `ftp://…` must be refused as such and not be taken for a path. */
const isAbsolute = (url = ''): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url)

const absolute = async (
  req: IncomingMessage,
  { leaks }: ProxyDeps,
  pass: ReadonlySet<string>,
  serve: () => void,
  pipe: (target: Target, path: string) => Promise<void>,
) => {
  const { target, path } = parseAbsolute(req.url ?? '')
  refuseTwoHosts(req)
  if (isOurs(target, pass)) {
    toOriginForm(req)
    return serve()
  }
  if (req.headers.via?.includes(VIA)) throw leadsBack(target)
  assertAllowed(target, pass, leaks, req.method ?? '', `${target.scheme}://${nameOf(target)}`)
  return pipe(target, path)
}

const connect = async (
  req: IncomingMessage,
  socket: Socket,
  head: Buffer,
  { leaks, front }: ProxyDeps,
  tunnels: Tunnels,
  options: DialOptions,
) => {
  const target = parseAuthority(req.url ?? '')
  refuseTwoHosts(req)
  if (req.headers['content-length'] !== undefined || req.headers['transfer-encoding'] !== undefined)
    throw new ProxyRefusal(
      400,
      'malformed-connect',
      'CONNECT has no body: send no Content-Length and no Transfer-Encoding',
    )
  if (isOurs(target, options.pass)) {
    tunnels.add(socket)
    establish(socket, head)
    return front.accept(socket)
  }
  assertAllowed(target, options.pass, leaks, 'CONNECT', nameOf(target))
  tunnels.add(socket)
  const upstream = await dial(target, options).catch((error: unknown) => {
    tunnels.remove(socket)
    throw error
  })
  upstream.on('error', () => socket.destroy())
  upstream.once('close', () => socket.destroy())
  socket.once('close', () => upstream.destroy())
  if (socket.destroyed) return void upstream.destroy()
  establish(socket, head)
  socket.pipe(upstream).pipe(socket)
}

/** What the client sent right behind its CONNECT, without waiting, belongs to the tunnel. */
const establish = (socket: Socket, head: Buffer) => {
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  if (head.length > 0) socket.unshift(head)
}

/** KakaoPay's hosts on the port they serve. What they do on port 80 is not documented, so the mock does not answer it. */
const isOurs = ({ scheme, host, port }: Target, pass: ReadonlySet<string>) =>
  scheme === 'https' && port === 443 && (isKakaoPayHost(host) || (isRetiredHost(host) && !isPassed(host, pass)))

const isPassed = (host: string, pass: ReadonlySet<string>) =>
  pass.has(plainHost(host)) || pass.has(`${plainHost(host)}:443`)

/** Refuses and notes whatever `pass` does not name. */
const assertAllowed = (target: Target, pass: ReadonlySet<string>, leaks: LeakLog, method: string, name: string) => {
  if (pass.has(plainHost(target.host)) || pass.has(nameOf(target))) return
  leaks.note(method, name)
  const why = isKakaoPayHost(target.host)
    ? `${nameOf(target)} is not where KakaoPay serves: use https on port 443.`
    : `${nameOf(target)} is not a KakaoPay host, and this proxy serves no others: nothing was sent.`
  throw new ProxyRefusal(403, 'not-passed', `${why} To let it through, start kakaopay-mock with --pass ${target.host}`)
}

/** Two Host headers are how one proxy is made to see another host than the next. */
const refuseTwoHosts = ({ rawHeaders }: IncomingMessage) => {
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length > 1) throw new ProxyRefusal(400, 'two-hosts', 'a request has one Host header, this one has more')
}

const asRefusal = (error: unknown): ProxyRefusal =>
  error instanceof ProxyRefusal ? error : new ProxyRefusal(502, 'not-reached', 'the host could not be reached')

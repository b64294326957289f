import { createServer, request } from 'node:http'
import type { Server, Socket } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Authority } from '../../src/intercept/authority.ts'
import {
  answerOf,
  echo,
  exchange,
  listening,
  type Opened,
  openListeners,
  temporaryAuthority,
  tunnel,
} from './listening.ts'

let authority: Authority
let remove: () => void
let opened: Opened
const open: { close(): unknown }[] = []
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
  opened = await openListeners(authority)
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(async () => {
  await opened.close()
  remove()
})

const openWith = async (options: Parameters<typeof openListeners>[1]) => {
  const one = await openListeners(authority, options)
  open.push(one)
  return one
}

/** A host outside: a real server on loopback which must only be reached where `pass` says so. */
const outside = async () => {
  const seen: { url: string | undefined; headers: string[] }[] = []
  const server = createServer((req, res) => {
    seen.push({ url: req.url, headers: req.rawHeaders })
    echo(req, res)
  })
  const port = await listening(server)
  open.push({ close: () => closeNow(server) })
  return { port, seen }
}
const closeNow = (server: Server & { closeAllConnections(): void }) => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

const inTls = (socket: Socket, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const secure = connect({ socket, ca: authority.ca, servername: 'open-api.kakaopay.com' }, () => secure.write(text))
    secure.on('error', reject)
    secure.on('data', (chunk) => {
      answer += chunk
    })
    secure.on('close', () => resolve(answer))
  })

const READY =
  'POST /online/v1/payment/ready?a=1 HTTP/1.1\r\nHost: open-api.kakaopay.com\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}'
const READY_ECHO = { method: 'POST', url: '/online/v1/payment/ready?a=1', host: 'open-api.kakaopay.com', body: '{}' }

describe.each([
  ['the proxy’s own port', () => opened.proxy],
  ['the mock’s own port', () => opened.http],
])('CONNECT at %s', (_, port) => {
  test.each([
    'open-api.kakaopay.com',
    'online-payment.kakaopay.com',
    'online-pay.kakaopay.com',
    'OPEN-API.KakaoPay.com.',
  ])('to %s ends at the mock', async (host) => {
    const { socket, line } = await tunnel(port(), `${host}:443`)
    expect(line).toBe('HTTP/1.1 200 Connection Established')
    expect(answerOf(await inTls(socket, READY))).toEqual({ status: 200, body: READY_ECHO })
  })

  test('keeps the tunnel for several requests', async () => {
    const { socket } = await tunnel(port(), 'open-api.kakaopay.com:443')
    const kept = READY.replace('Connection: close\r\n', '')
    const answer = await inTls(socket, kept + kept + READY)
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3)
  })

  test('speaks HTTP/1.0 and takes what is sent without waiting', async () => {
    const raw = await exchange(port(), 'CONNECT open-api.kakaopay.com:443 HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\n\r\n')
    const [established, ...rest] = raw.toString().split('\r\n\r\n')
    expect(established).toBe('HTTP/1.1 200 Connection Established')
    expect(answerOf(rest.join('\r\n\r\n'))).toMatchObject({ status: 400, body: { error: 'plain-http-on-tls-port' } })
  })
})

describe('every other host', () => {
  test.each([
    ['bank.example:443', 'bank.example'],
    ['kakaopay.com:443', 'kakaopay.com'],
    ['evil-open-api.kakaopay.com:443', 'evil-open-api.kakaopay.com'],
    ['open-api.kakaopay.com.evil.example:443', 'open-api.kakaopay.com.evil.example'],
    ['127.0.0.1:5432', '127.0.0.1'],
    ['127.1:80', '127.1'],
    ['localhost:22', 'localhost'],
    ['[::1]:22', '::1'],
    ['[::ffff:127.0.0.1]:22', '::ffff:127.0.0.1'],
    ['10.0.0.1:80', '10.0.0.1'],
    ['169.254.169.254:80', '169.254.169.254'],
  ])('CONNECT %s is refused with 403 and noted', async (target, host) => {
    const { listeners, proxy } = await openWith({ now: () => 1_700_000_000_000 })
    expect(answerOf(await exchange(proxy, `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`))).toEqual({
      status: 403,
      body: {
        error: 'not-passed',
        message: `${target} is not a KakaoPay host, and this proxy serves no others: nothing was sent. To let it through, start kakaopay-mock with --pass ${host}`,
      },
    })
    expect(listeners.leaks.list()).toEqual([{ at: 1_700_000_000_000, method: 'CONNECT', target }])
    expect(listeners.tunnels()).toBe(0)
  })

  test('an absolute-form request is refused and noted without its path', async () => {
    const { listeners, proxy } = await openWith({})
    const answer = await exchange(proxy, 'GET http://bank.example/secret?key=1 HTTP/1.1\r\nHost: bank.example\r\n\r\n')
    expect(answerOf(answer)).toMatchObject({ status: 403, body: { error: 'not-passed' } })
    expect(listeners.leaks.list()).toMatchObject([{ method: 'GET', target: 'http://bank.example:80' }])
  })

  test.each([
    'CONNECT open-api.kakaopay.com:80 HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST http://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\n\r\n',
  ])('KakaoPay without TLS is refused: %j', async (text) => {
    expect(answerOf(await exchange(opened.proxy, text))).toEqual({
      status: 403,
      body: {
        error: 'not-passed',
        message:
          'open-api.kakaopay.com:80 is not where KakaoPay serves: use https on port 443. To let it through, start kakaopay-mock with --pass open-api.kakaopay.com',
      },
    })
  })

  test('the list of leaks is bounded, their number is not lost', async () => {
    const { listeners, proxy } = await openWith({ limits: { maxLeaks: 2 } })
    for (const name of ['a', 'b', 'c']) await exchange(proxy, `CONNECT ${name}.example:443 HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect([listeners.leaks.list().length, listeners.leaks.count()]).toEqual([2, 3])
  })
})

describe('absolute-form requests for KakaoPay', () => {
  const post = (host: string, more = '') =>
    `POST https://open-api.kakaopay.com/online/v1/payment/ready?a=1 HTTP/1.1\r\n${host}Content-Length: 2\r\n${more}Connection: close\r\n\r\n{}`

  test.each([
    ['as axios 1.6 sends them', post('Host: open-api.kakaopay.com\r\n')],
    ['with a port', post('Host: a\r\n').replace('kakaopay.com/', 'kakaopay.com:443/')],
    ['with another Host, which the target overrules', post('Host: evil.example\r\n')],
    ['in capitals', post('Host: a\r\n').replace('https://open-api.kakaopay.com', 'HTTPS://Open-API.KakaoPay.com')],
    ['of HTTP/1.0 without Host', post('').replace('HTTP/1.1', 'HTTP/1.0')],
  ])('reach the mock %s', async (_, text) => {
    expect(answerOf(await exchange(opened.proxy, text))).toEqual({ status: 200, body: READY_ECHO })
  })

  test('lose what was meant for the proxy', async () => {
    const seen: string[][] = []
    const { proxy } = await openWith({
      listener: (req, res) => {
        seen.push(req.rawHeaders)
        echo(req, res)
      },
    })
    await exchange(
      proxy,
      post('Host: evil.example\r\n', 'Proxy-Authorization: Basic c2VjcmV0\r\nProxy-Connection: close\r\nX-Kept: 1\r\n'),
    )
    expect(seen).toEqual([
      ['Content-Length', '2', 'X-Kept', '1', 'Connection', 'close', 'Host', 'open-api.kakaopay.com'],
    ])
  })

  test('without a path mean /', async () => {
    const answer = await exchange(
      opened.proxy,
      'GET https://open-api.kakaopay.com HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    )
    expect(answerOf(answer).body).toMatchObject({ url: '/', host: 'open-api.kakaopay.com' })
  })
})

describe('malformed requests', () => {
  const refused = (error: string) => expect.objectContaining({ status: 400, body: expect.objectContaining({ error }) })
  test.each([
    ['open-api.kakaopay.com', 'malformed-connect'],
    ['open-api.kakaopay.com:', 'malformed-connect'],
    ['open-api.kakaopay.com:0', 'malformed-connect'],
    ['open-api.kakaopay.com:65536', 'malformed-connect'],
    ['open-api.kakaopay.com:443/path', 'malformed-connect'],
    ['user@open-api.kakaopay.com:443', 'malformed-connect'],
    ['[::1:443', 'malformed-connect'],
    ['[1.2.3.4]:443', 'malformed-connect'],
    [`${'a'.repeat(254)}:443`, 'malformed-connect'],
  ])('CONNECT %s', async (target, error) => {
    expect(answerOf(await exchange(opened.proxy, `CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`))).toEqual(
      refused(error),
    )
  })

  test.each([
    [
      'CONNECT with a body',
      'CONNECT open-api.kakaopay.com:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello',
      'malformed-connect',
    ],
    [
      'CONNECT with chunks',
      'CONNECT open-api.kakaopay.com:443 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'malformed-connect',
    ],
    ['CONNECT with two Hosts', 'CONNECT open-api.kakaopay.com:443 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 'two-hosts'],
    ['two Hosts', 'GET https://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 'two-hosts'],
    ['another scheme', 'GET ftp://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\n\r\n', 'unknown-scheme'],
    [
      'a user in the target',
      'GET https://open-api.kakaopay.com@evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n',
      'malformed-target',
    ],
  ])('%s', async (_, text, error) => {
    expect(answerOf(await exchange(opened.proxy, text))).toEqual(refused(error))
  })

  test.each([
    ['an empty CONNECT', 'CONNECT  HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no host at all', 'GET https:///x HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'both lengths',
      'POST https://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n',
    ],
    [
      'a header folded away',
      'GET https://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\n Transfer-Encoding: chunked\r\n\r\n',
    ],
  ])('%s never reaches the mock', async (_, text) => {
    const answer = (await exchange(opened.proxy, text)).toString()
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toContain('"url"')
  })

  test('nothing above ended the proxy', async () => {
    const { socket } = await tunnel(opened.proxy, 'open-api.kakaopay.com:443')
    expect(answerOf(await inTls(socket, READY)).status).toBe(200)
  })
})

describe('--pass', () => {
  test('opens a tunnel to the host it names, by name or by name and port', async () => {
    const { port } = await outside()
    for (const pass of ['127.0.0.1', `127.0.0.1:${port}`]) {
      const { proxy, listeners } = await openWith({ pass: [pass] })
      const { socket, line } = await tunnel(proxy, `127.0.0.1:${port}`)
      expect(line).toBe('HTTP/1.1 200 Connection Established')
      socket.write('GET /through HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
      const answer = await new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())))
      expect(answerOf(answer).body).toEqual({ method: 'GET', url: '/through', host: 'h', body: '' })
      expect(listeners.leaks.count()).toBe(0)
    }
  })

  test('of one port opens no other', async () => {
    const { port } = await outside()
    const { proxy } = await openWith({ pass: ['127.0.0.1:1'] })
    expect((await tunnel(proxy, `127.0.0.1:${port}`)).line).toBe('HTTP/1.1 403 Forbidden')
  })

  test('of a name opens no inside address behind it, unless that is passed too', async () => {
    const { port } = await outside()
    const lookup = async () => [{ address: '127.0.0.1' }]
    const { proxy } = await openWith({ pass: ['rebound.example'], lookup })
    expect(answerOf(await exchange(proxy, `CONNECT rebound.example:${port} HTTP/1.1\r\nHost: x\r\n\r\n`))).toEqual({
      status: 403,
      body: {
        error: 'inside-address',
        message:
          'rebound.example resolves to 127.0.0.1, an address inside this machine or network; pass that too if it is meant: --pass 127.0.0.1',
      },
    })
    const both = await openWith({ pass: ['rebound.example', '127.0.0.1'], lookup })
    expect((await tunnel(both.proxy, `rebound.example:${port}`)).line).toBe('HTTP/1.1 200 Connection Established')
  })

  test('does not lead back to the mock’s own ports', async () => {
    const looping = await openWith({ pass: ['127.0.0.1', 'localhost'] })
    for (const port of [looping.proxy, looping.http, looping.https])
      expect(answerOf(await exchange(looping.proxy, `CONNECT localhost:${port} HTTP/1.1\r\nHost: x\r\n\r\n`))).toEqual({
        status: 508,
        body: { error: 'loop', message: `localhost:${port} leads back to this proxy` },
      })
    const signed = `GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\nVia: 1.1 kakaopay-mock\r\n\r\n`
    expect(answerOf(await exchange(looping.proxy, signed)).status).toBe(508)
  })

  test('forwards an absolute-form request with the target’s Host and without hop-by-hop headers', async () => {
    const { port, seen } = await outside()
    const { proxy } = await openWith({ pass: ['127.0.0.1'] })
    const text = `POST http://127.0.0.1:${port}/a%20b?c HTTP/1.1\r\nHost: evil.example\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nProxy-Authorization: Basic eA==\r\nContent-Length: 2\r\nX-End: 2\r\n\r\nhi`
    expect(answerOf(await exchange(proxy, text))).toEqual({
      status: 200,
      body: { method: 'POST', url: '/a%20b?c', host: `127.0.0.1:${port}`, body: 'hi' },
    })
    expect(seen[0]?.headers.join('\n')).toMatch(
      /^Content-Length\n2\nX-End\n2\nHost\n127\.0\.0\.1:\d+\nVia\n1\.1 kakaopay-mock/,
    )
    expect(seen[0]?.headers).not.toContain('X-Hop')
  })

  test('says so where the host cannot be reached, has no address or is too slow', async () => {
    const lookup = async (host: string) => {
      if (host === 'slow.example') return new Promise<never>(() => {})
      throw new Error('ENOTFOUND')
    }
    const { proxy, listeners } = await openWith({
      pass: ['127.0.0.1', 'none.example', 'slow.example'],
      lookup,
      limits: { dialMs: 50 },
    })
    const ask = async (target: string) =>
      answerOf(await exchange(proxy, `CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`))
    expect(await ask('127.0.0.1:1')).toEqual({
      status: 502,
      body: { error: 'not-reached', message: '127.0.0.1:1 could not be reached' },
    })
    expect(await ask('none.example:443')).toEqual({
      status: 502,
      body: { error: 'not-found', message: 'none.example has no address: ENOTFOUND' },
    })
    expect(await ask('slow.example:443')).toEqual({
      status: 504,
      body: { error: 'too-slow', message: 'slow.example:443 was not reached in 50 ms' },
    })
    expect(listeners.tunnels()).toBe(0)
  })

  test('keeps the connection of a forwarded request usable for the mock', async () => {
    const { port } = await outside()
    const { proxy } = await openWith({ pass: ['127.0.0.1'] })
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      request({ port: proxy, path: `http://127.0.0.1:${port}/x`, agent: false }, (res) =>
        resolve(res.resume().statusCode),
      )
        .on('error', reject)
        .end()
    })
    expect(answer).toBe(200)
  })
})

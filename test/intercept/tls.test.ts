import { Agent, request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Authority } from '../../src/intercept/authority.ts'
import { interceptLimits } from '../../src/intercept/limits.ts'
import { answerOf, exchange, type Opened, openListeners, temporaryAuthority } from './listening.ts'

let authority: Authority
let opened: Opened
let remove: () => void
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
  opened = await openListeners(authority)
})
afterAll(async () => {
  await opened.close()
  remove()
})

const secure = (options: ConnectionOptions): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      port: opened.https,
      host: '127.0.0.1',
      ca: authority.ca,
      servername: 'open-api.kakaopay.com',
      ...options,
    })
    socket.once('secureConnect', () => resolve(socket))
    socket.once('error', reject)
  })

const get = (socket: TLSSocket, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.write(text)
  })

const HELLO = 'GET /hello HTTP/1.1\r\nHost: open-api.kakaopay.com\r\nConnection: close\r\n\r\n'
const HELLO_ANSWER = { method: 'GET', url: '/hello', host: 'open-api.kakaopay.com', body: '' }

describe('the HTTPS port', () => {
  test.each([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }, 'TLSv1.2', false],
    ['TLS 1.3', { minVersion: 'TLSv1.3' }, 'TLSv1.3', false],
    ['ALPN http/1.1', { ALPNProtocols: ['http/1.1'] }, 'TLSv1.3', 'http/1.1'],
    ['ALPN h2 first', { ALPNProtocols: ['h2', 'http/1.1'] }, 'TLSv1.3', 'http/1.1'],
    ['an old cipher', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }, 'TLSv1.2', false],
    ['no server name', { servername: '' }, 'TLSv1.3', false],
    ['another server name', { servername: 'other.example', checkServerIdentity: () => undefined }, 'TLSv1.3', false],
    ['checks switched off', { rejectUnauthorized: false, ca: [] }, 'TLSv1.3', false],
  ] as const)('serves a client with %s', async (_, options, protocol, alpn) => {
    const socket = await secure(options as ConnectionOptions)
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual([protocol, alpn])
    expect(answerOf(await get(socket, HELLO))).toMatchObject({ status: 200 })
  })

  test.each([
    [
      'TLS 1.1',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      /protocol version|unsupported protocol/,
    ],
    ['HTTP/2 alone', { ALPNProtocols: ['h2'] }, /no application protocol/],
  ] as const)('refuses %s with an alert', async (_, options, alert) => {
    await expect(secure(options as unknown as ConnectionOptions)).rejects.toThrow(alert)
  })

  test('is not trusted without the authority', async () => {
    await expect(secure({ ca: [] })).rejects.toThrow(/unable to verify the first certificate/)
  })

  test('is the same app, for HTTP/1.0 too', async () => {
    expect(answerOf(await get(await secure({}), 'GET /old HTTP/1.0\r\n\r\n'))).toEqual({
      status: 200,
      body: { method: 'GET', url: '/old', body: '' },
    })
  })

  test('keeps a connection for many requests', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: authority.ca })
    const ports: (number | undefined)[] = []
    for (let i = 0; i < 3; i++)
      await new Promise<void>((resolve, reject) => {
        const req = request(
          { port: opened.https, host: '127.0.0.1', agent, headers: { host: 'open-api.kakaopay.com' } },
          (res) => {
            ports.push(res.socket.localPort)
            res.resume().on('end', resolve)
          },
        )
        req.on('error', reject).end()
      })
    agent.destroy()
    expect(new Set(ports).size).toBe(1)
  })

  test('answers a plain HTTP request by a plain 400 that says so', async () => {
    expect(answerOf(await exchange(opened.https, 'POST /x HTTP/1.1\r\nHost: localhost\r\n\r\n'))).toEqual({
      status: 400,
      body: {
        error: 'plain-http-on-tls-port',
        message: 'This port speaks HTTPS and got a plain HTTP request: use https://',
      },
    })
  })

  test.each([
    ['garbage', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['a broken hello', Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0])],
  ])('closes on %s and serves the next client', async (_, bytes) => {
    await exchange(opened.https, bytes)
    expect(answerOf(await get(await secure({}), HELLO))).toEqual({ status: 200, body: HELLO_ANSWER })
    await vi.waitFor(() => expect(opened.listeners.handshakes()).toBe(0))
  })

  test('refuses broken HTTP inside TLS and CONNECT inside TLS', async () => {
    expect(await get(await secure({}), 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    const nested = await get(await secure({}), 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n')
    expect(answerOf(nested)).toEqual({
      status: 400,
      body: {
        error: 'no-proxy-here',
        message: 'CONNECT belongs to the proxy’s own port, in clear, and not into a tunnel',
      },
    })
  })
})

describe('half-open handshakes', () => {
  const silent = (port: number, bytes = '') =>
    new Promise<number>((resolve) => {
      const begun = Date.now()
      const socket = connectPlain(port, '127.0.0.1', () => bytes && socket.write(Buffer.from(bytes, 'latin1')))
      socket.on('error', () => {})
      socket.on('close', () => resolve(Date.now() - begun))
      socket.resume()
    })

  test('end after the time for a handshake, whether nothing came or a part', async () => {
    const short = await openListeners(authority, { limits: { handshakeMs: 150 } })
    const lasted = await Promise.all([silent(short.https), silent(short.https, '\x16\x03\x01\x02\x00')])
    for (const ms of lasted) expect(ms).toBeGreaterThanOrEqual(140)
    for (const ms of lasted) expect(ms).toBeLessThan(5000)
    await vi.waitFor(() => expect(short.listeners.handshakes()).toBe(0))
    await short.close()
  })

  test('are bounded in number: the next one is closed at once', async () => {
    const narrow = await openListeners(authority, { limits: { maxHandshakes: 20 } })
    const many = Array.from({ length: 20 }, () => silent(narrow.https, '\x16\x03'))
    while (narrow.listeners.handshakes() < 20) await new Promise(setImmediate)
    await silent(narrow.https)
    expect(narrow.listeners.handshakes()).toBe(20)
    await narrow.close()
    await Promise.all(many)
  })

  test('have a default', () => {
    expect([interceptLimits.handshakeMs, interceptLimits.maxHandshakes]).toEqual([10_000, 1024])
  })
})

describe('the plain HTTP port', () => {
  test('answers TLS by a TLS alert and goes on serving', async () => {
    await expect(secure({ port: opened.http })).rejects.toThrow(/handshake failure/)
    expect([...(await exchange(opened.http, Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1])))]).toEqual([
      0x15, 3, 3, 0, 2, 2, 40,
    ])
    expect(answerOf(await exchange(opened.http, HELLO))).toEqual({ status: 200, body: HELLO_ANSWER })
  })
})

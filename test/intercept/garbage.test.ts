import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ProxyRefusal } from '../../src/intercept/answer.ts'
import type { Authority } from '../../src/intercept/authority.ts'
import { parseAbsolute, parseAuthority } from '../../src/intercept/target.ts'
import { answerOf, exchange, type Opened, openListeners, temporaryAuthority } from './listening.ts'

let authority: Authority
let remove: () => void
let opened: Opened
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
  opened = await openListeners(authority, { limits: { handshakeMs: 200 } })
})
afterAll(async () => {
  await opened.close()
  remove()
})

const pieces = fc.constantFrom(
  'CONNECT ',
  'GET ',
  'POST ',
  'open-api.kakaopay.com',
  ':443',
  ':',
  '//',
  'https:',
  'http:',
  '/',
  '@',
  '[::1]',
  '%',
  ' HTTP/1.1',
  ' HTTP/1.0',
  '\r\n',
  '\r\n\r\n',
  'Host: ',
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  'Via: 1.1 kakaopay-mock',
  '\u0000',
  '\u0016\u0003\u0001',
  '\u0016',
  ' ',
  'x',
  '127.0.0.1',
)
const garbage = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string()), { maxLength: 12 })
  .map((parts) => parts.join(''))

describe('whatever is sent', () => {
  test.each([
    ['the plain port', () => opened.http],
    ['the HTTPS port', () => opened.https],
    ['the proxy', () => opened.proxy],
  ])('%s answers or closes, holds nothing and goes on serving', { timeout: 60_000 }, async (_, port) => {
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        const socket = connect(port(), '127.0.0.1')
        await new Promise<void>((resolve) => {
          socket.on('error', () => {})
          socket.on('close', () => resolve())
          socket.resume()
          socket.end(Buffer.from(text, 'latin1'))
        })
      }),
      { numRuns: 150 },
    )
    await vi.waitFor(() => expect([opened.listeners.tunnels(), opened.listeners.handshakes()]).toEqual([0, 0]))
    const text = 'GET https://open-api.kakaopay.com/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    expect(answerOf(await exchange(opened.proxy, text)).status).toBe(200)
  })

  test('a target is read or refused in words, and a read one is plain', () => {
    const read = (parse: () => unknown) => {
      try {
        return parse()
      } catch (error) {
        expect(error).toBeInstanceOf(ProxyRefusal)
        return undefined
      }
    }
    fc.assert(
      fc.property(garbage, (text) => {
        const target = read(() => parseAuthority(text)) as { host: string; port: number } | undefined
        if (target) expect(target.host).toMatch(/^[a-z0-9.:_-]+$/)
        const absolute = read(() => parseAbsolute(`https://${text}`)) as ReturnType<typeof parseAbsolute> | undefined
        if (absolute) expect(absolute.path.startsWith('/')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['the plain port', () => opened.http, '\u0016\u0003'],
    ['the HTTPS port', () => opened.https, 'GET / HTTP/1.1\r\n\r\n'],
    ['the proxy', () => opened.proxy, 'CONNECT a.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s closes after a refusal, also on a client that never does', async (_, port, text) => {
    const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
    socket.resume()
    socket.write(Buffer.from(text, 'latin1'))
    // Writing on is what shows whether the other side is still there.
    const writing = setInterval(() => socket.write('x'), 50)
    await new Promise<void>((resolve) => socket.on('error', () => {}).once('close', () => resolve()))
    clearInterval(writing)
    expect(socket.destroyed).toBe(true)
  })
})

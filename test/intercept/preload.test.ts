import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, get, request } from 'node:http'
import { Agent, request as secureRequest } from 'node:https'
import { connect as connectPlain, type LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { fileURLToPath, pathToFileURL } from 'node:url'
import axiosNew from 'axios-new'
import axiosOld from 'axios-old'
import { build } from 'esbuild'
import * as undiciNew from 'undici-new'
import * as undiciOld from 'undici-old'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { divert } from '../../src/intercept/preload.ts'
import { echo, listening, type Opened, openListeners, temporaryAuthority } from './listening.ts'

const READY = 'https://open-api.kakaopay.com/online/v1/payment/ready'
const ECHO = {
  method: 'POST',
  url: '/online/v1/payment/ready',
  host: 'open-api.kakaopay.com',
  body: '{"cid":"TC0ONETIME"}',
}
const BODY = ECHO.body
const HEADERS = { 'content-type': 'application/json', authorization: 'SECRET_KEY DEV' }

const server = createServer(echo)
/** Stands for a proxy of the company's: nothing that is meant for KakaoPay may reach it. */
const strange: string[] = []
const foreignProxy = createServer((req, res) => {
  strange.push(`${req.method} ${req.url}`)
  res.end()
})
foreignProxy.on('connect', (req, socket) => {
  strange.push(`CONNECT ${req.url}`)
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
})
let mockUrl: string
let proxyPort: number
let undo: () => void
beforeAll(async () => {
  mockUrl = `http://127.0.0.1:${await listening(server)}`
  proxyPort = await listening(foreignProxy)
  undo = divert(mockUrl)
})
afterAll(() => {
  undo()
  for (const one of [server, foreignProxy]) {
    one.closeAllConnections()
    one.close()
  }
})

const text = (send: typeof request | typeof secureRequest, options: object, body?: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const req = send(options, (res) => {
      let answer = ''
      res.on('data', (chunk) => {
        answer += chunk
      })
      res.on('end', () => resolve(JSON.parse(answer)))
    })
    req.on('error', reject).end(body)
  })

describe('a diverted process reaches the mock', () => {
  const post = { method: 'POST', headers: HEADERS, body: BODY } as const
  const options = { host: 'open-api.kakaopay.com', path: '/online/v1/payment/ready', method: 'POST', headers: HEADERS }
  test.each<[string, () => Promise<unknown>]>([
    ['fetch', async () => (await fetch(READY, post)).json()],
    ['undici 5', async () => (await undiciOld.request(READY, post)).body.json()],
    ['undici 7', async () => (await undiciNew.request(READY, post)).body.json()],
    ['the fetch of undici 7', async () => (await undiciNew.fetch(READY, post)).json()],
    [
      'undici 7 with HTTP/2 allowed',
      async () =>
        (await undiciNew.request(READY, { ...post, dispatcher: new undiciNew.Agent({ allowH2: true }) })).body.json(),
    ],
    [
      'undici 7 through a proxy agent',
      async () =>
        (
          await undiciNew.request(READY, {
            ...post,
            dispatcher: new undiciNew.ProxyAgent(`http://127.0.0.1:${proxyPort}`),
          })
        ).body.json(),
    ],
    ['https.request', () => text(secureRequest, options, BODY)],
    [
      'https.request with an agent of its own',
      () => text(secureRequest, { ...options, agent: new Agent({ keepAlive: true, rejectUnauthorized: false }) }, BODY),
    ],
    [
      'https.request with a look-up of its own',
      () => text(secureRequest, { ...options, lookup: () => expect.unreachable('looked up') }, BODY),
    ],
    ['axios 1.6', async () => (await axiosOld.post(READY, BODY, { headers: HEADERS })).data],
    ['axios 1.21', async () => (await axiosNew.post(READY, BODY, { headers: HEADERS })).data],
    [
      'axios 1.6 with a proxy',
      async () =>
        (
          await axiosOld.post(READY, BODY, {
            headers: HEADERS,
            proxy: { protocol: 'http', host: '127.0.0.1', port: proxyPort },
          })
        ).data,
    ],
    [
      'axios 1.21 with a proxy',
      async () =>
        (
          await axiosNew.post(READY, BODY, {
            headers: HEADERS,
            proxy: { protocol: 'http', host: '127.0.0.1', port: proxyPort },
          })
        ).data,
    ],
  ])('from %s', async (_, call) => {
    expect(await call()).toEqual(ECHO)
  })

  test('with nothing but the name of KakaoPay’s host told to a proxy of the environment', () => {
    expect(strange.filter((line) => !line.startsWith('CONNECT open-api.kakaopay.com:443'))).toEqual([])
  })

  test('by tls.connect in each of its forms, and by TLS begun on a plain socket', async () => {
    const hello = 'GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'
    const over = (
      open: (secure: () => void) => {
        write(text: string): unknown
        on(event: 'data', listener: (chunk: Buffer) => void): unknown
      },
    ) =>
      new Promise<string>((resolve) => {
        const socket = open(() => socket.write(hello))
        socket.on('data', (chunk) => resolve(chunk.toString()))
      })
    const host = 'open-api.kakaopay.com'
    const answers = await Promise.all([
      over((secure) => (connect as (...args: unknown[]) => TLSSocket)(443, host, secure)),
      over((secure) => connect(443, host, {}, secure)),
      over((secure) => connect(443, { host }, secure)),
      over((secure) => connect({ host, port: 443 }, secure)),
      over((secure) => connect({ socket: connectPlain(443, host), servername: host }, secure)),
      over((secure) => connect({ host: '203.0.113.7', port: 443, servername: host }, secure)),
    ])
    for (const answer of answers) expect(answer).toContain('"url":"/x"')
  })

  test('on one connection for many calls', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (let i = 0; i < 3; i++)
      await new Promise<void>((resolve, reject) => {
        secureRequest('https://open-api.kakaopay.com/', { agent }, (res) => {
          ports.add(res.socket.localPort)
          res.resume().on('end', resolve)
        })
          .on('error', reject)
          .end()
      })
    agent.destroy()
    expect(ports.size).toBe(1)
  })

  test('and never KakaoPay in clear', async () => {
    const calling = new Promise((_, reject) => get('http://open-api.kakaopay.com/').on('error', reject))
    await expect(calling).rejects.toThrow(
      'open-api.kakaopay.com:80 is not where KakaoPay serves: use https on port 443',
    )
  })
})

describe('what is not KakaoPay’s', () => {
  let opened: Opened
  let remove: () => void
  let ca: string
  beforeAll(async () => {
    const made = await temporaryAuthority()
    remove = made.remove
    ca = made.authority.ca
    opened = await openListeners(made.authority)
  })
  afterAll(async () => {
    await opened.close()
    remove()
  })

  test('is reached as it was asked for, by http and https', async () => {
    expect(await text(request, { host: '127.0.0.1', port: opened.http, path: '/a' })).toEqual({
      method: 'GET',
      url: '/a',
      host: `127.0.0.1:${opened.http}`,
      body: '',
    })
    expect(await text(secureRequest, { host: 'localhost', port: opened.https, ca, path: '/b' })).toEqual({
      method: 'GET',
      url: '/b',
      host: `localhost:${opened.https}`,
      body: '',
    })
  })

  test('includes a local server that shows KakaoPay’s name', async () => {
    const options = { host: '127.0.0.1', port: opened.https, servername: 'open-api.kakaopay.com', ca, path: '/c' }
    expect(await text(secureRequest, options)).toMatchObject({ url: '/c' })
  })

  test('a mock by https is reached by https, its certificate checked', async () => {
    const away = divert(`https://127.0.0.1:${opened.https}`)
    const options = { host: 'open-api.kakaopay.com', path: '/d' }
    expect(await text(secureRequest, { ...options, ca, agent: false })).toMatchObject({ url: '/d' })
    await expect(text(secureRequest, { ...options, agent: false })).rejects.toThrow(
      'unable to verify the first certificate',
    )
    away()
  })
})

const failing: LookupFunction = (_host, _options, done) => done(new Error('really asked'), '')

describe('the undo', () => {
  test('puts everything back, and the last diversion wins until then', async () => {
    const before = connect
    const other = createServer((_req, res) => res.end('{"other":true}'))
    const away = divert(`http://127.0.0.1:${await listening(other)}`)
    const options = { host: 'open-api.kakaopay.com', agent: false as const }
    expect(await text(secureRequest, options)).toEqual({ other: true })
    away()
    away()
    expect(await text(secureRequest, options)).toMatchObject({ url: '/' })
    undo()
    expect(connect).not.toBe(before)
    const dead = await new Promise((resolve) =>
      secureRequest({ ...options, lookup: failing })
        .on('error', resolve)
        .end(),
    )
    expect((dead as Error).message).toBe('really asked')
    undo = divert(mockUrl)
    other.close()
  })
})

describe('node --import kakaopay-mock/register', () => {
  let dir: string
  let preload: string
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'register-'))
    preload = join(dir, 'a folder', 'register.js')
    const entry = fileURLToPath(new URL('../../src/intercept/register.ts', import.meta.url))
    await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: preload })
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  const node = (
    code: string,
    env: Record<string, string>,
    args: string[] = [],
  ): Promise<{ stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const { NODE_OPTIONS: _, ...inherited } = process.env
      execFile(
        process.execPath,
        [...args, '--input-type=module', '-e', code],
        { env: { ...inherited, ...env } },
        (_error, stdout, stderr) => resolve({ stdout, stderr }),
      )
    })
  const CALL = `const r = await fetch('${READY}', { method: 'POST', body: '{}' }); console.log((await r.json()).url)`

  test('diverts a program that knows nothing of it, and its workers', async () => {
    const flag = [`--import=${pathToFileURL(preload).href}`]
    expect(await node(CALL, { KAKAOPAY_MOCK_URL: mockUrl }, flag)).toEqual({
      stdout: '/online/v1/payment/ready\n',
      stderr: '',
    })
    const worker = `import { Worker } from 'node:worker_threads'; new Worker(${JSON.stringify(`(async () => { ${CALL} })()`)}, { eval: true })`
    const env = { KAKAOPAY_MOCK_URL: mockUrl, NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` }
    expect(await node(worker, env)).toEqual({ stdout: '/online/v1/payment/ready\n', stderr: '' })
  })

  test.each([
    ['is not set', {}, /KAKAOPAY_MOCK_URL is not set: set it to the mock/],
    [
      'has a path',
      { KAKAOPAY_MOCK_URL: 'http://127.0.0.1:1/mock' },
      /must be the mock's origin, .* it is "http:\/\/127.0.0.1:1\/mock"/,
    ],
    ['is no URL', { KAKAOPAY_MOCK_URL: 'localhost' }, /must be the mock's origin/],
    ['names KakaoPay itself', { KAKAOPAY_MOCK_URL: 'https://open-api.kakaopay.com' }, /must be the mock's origin/],
  ])('does not start where KAKAOPAY_MOCK_URL %s', async (_, env, message) => {
    const { stdout, stderr } = await node(CALL, env as Record<string, string>, [
      `--import=${pathToFileURL(preload).href}`,
    ])
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
  })
})

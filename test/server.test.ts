import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectPlain, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Config, ConfigError, type RunningServer, startMock } from '../src/index.ts'
import { KEY, order } from './merchant.ts'

const caDir = mkdtempSync(join(tmpdir(), 'server-'))
let server: RunningServer
let ca = ''
const sockets: Socket[] = []

const start = async (config: Partial<Config> = {}) => {
  server = await startMock({ https: 0, proxy: 0, caDir, ...config })
  return server
}
beforeAll(async () => {
  await (await start()).close()
  ca = readFileSync(join(caDir, 'ca.pem'), 'utf8')
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})
afterAll(() => rmSync(caDir, { recursive: true, force: true }))

const portOf = (url = '') => Number(new URL(url).port)
const HOST = 'open-api.kakaopay.com'

/** A client that keeps its side open. `text` resolves to all that came once the server has destroyed the connection: writing on shows that. */
interface Client {
  readonly socket: Socket
  readonly text: Promise<string>
  received(part: string): Promise<void>
}

const track = (socket: Socket, ready: string): Promise<Client> =>
  new Promise((resolve) => {
    sockets.push(socket)
    let answer = ''
    const wanted: { part: string; done: () => void }[] = []
    const text = new Promise<string>((done) => socket.once('close', () => done(answer)))
    const received = (part: string) =>
      new Promise<void>((done) => (answer.includes(part) ? done() : void wanted.push({ part, done })))
    socket.on('error', () => {})
    socket.once('end', () => {
      const writing = setInterval(() => socket.write('x'), 20)
      socket.once('close', () => clearInterval(writing))
    })
    socket.on('data', (chunk) => {
      answer += chunk
      for (const { part, done } of wanted) if (answer.includes(part)) done()
    })
    socket.once(ready, () => resolve({ socket, text, received }))
  })

const plain = (url: string | undefined) =>
  track(connectPlain({ port: portOf(url), host: '127.0.0.1', allowHalfOpen: true }), 'connect')
const secure = (options: { port?: number; socket?: Socket }) =>
  track(connectTls({ host: '127.0.0.1', ca, servername: HOST, ...options }), 'secureConnect')
const tunnelled = async () => {
  const { socket, received } = await plain(server.proxy)
  socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
  await received('\r\n\r\n')
  return secure({ socket })
}

const ways: Record<string, () => Promise<Client>> = {
  'plain port': () => plain(server.url),
  'HTTPS port': () => secure({ port: portOf(server.https) }),
  'proxy port': () => plain(server.proxy),
  tunnel: tunnelled,
}
const names = Object.keys(ways)
const open = (way: string) => (ways[way] as () => Promise<Client>)()

const requestTo = (path: string, body: object, headers = '') => {
  const json = JSON.stringify(body)
  return (
    `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: SECRET_KEY ${KEY}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(json)}\r\n${headers}\r\n${json}`
  )
}
const READY = requestTo('/online/v1/payment/ready', order)
const HALF = READY.slice(0, -20)
const payments = async () => {
  const answer = await server.mock.request('/_mock/payments')
  return ((await answer.json()) as { payments: unknown[] }).payments.length
}
const statusesOf = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))

describe('startMock', () => {
  test('gives every address, and each of them serves', async () => {
    const { url, https, proxy } = await start()
    expect(new Set([url, https, proxy].map(portOf)).size).toBe(3)
    expect([url, https, proxy].map((address) => new URL(address ?? '').protocol)).toEqual(['http:', 'https:', 'http:'])
    for (const way of names) {
      const client = await open(way)
      client.socket.write(requestTo('/online/v1/payment/ready', order, 'Connection: close\r\n'))
      expect(statusesOf(await client.text), way).toEqual([200])
    }
  })

  test('puts an IPv6 address into brackets, and loopback where every interface is meant', async () => {
    await start({ host: '::1', https: 'off', proxy: 'off' })
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect((await fetch(`${server.url}/_mock/health`)).status).toBe(200)
    await server.close()
    await start({ host: '0.0.0.0', https: 'off', proxy: 'off' })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('shares a port with the proxy', async () => {
    const port = portOf((await start()).url)
    await server.close()
    await start({ port, proxy: port })
    expect(server.proxy).toBe(server.url)
    const client = await tunnelled()
    client.socket.write('GET /_mock/health HTTP/1.0\r\n\r\n')
    expect(statusesOf(await client.text)).toHaveLength(1)
  })

  test('a setting that cannot be used rejects, and nothing stays open', async () => {
    await start()
    const taken = portOf(server.https)
    const free = portOf((await startAndClose()).url)
    await expect(start({ port: free, https: taken })).rejects.toThrow(ConfigError)
    expect((await startMock({ port: free }).then((again) => again.close(), String)) ?? 'free again').toBe('free again')
    await expect(startMock({ store: 'sqlite:/does/not/exist/mock.db' })).rejects.toThrow(ConfigError)
    await expect(startMock({ proxy: 0, caDir, pass: ['https://a.example'] })).rejects.toThrow(/^--pass must be a host/)
  })
})

const startAndClose = async () => {
  const other = await startMock()
  await other.close()
  return other
}

test('a target that is a whole URL is answered on the plain port, with and without a proxy', async () => {
  for (const proxy of ['off', 0] as const) {
    await server.close()
    await start({ https: 'off', proxy })
    const client = await plain(server.url)
    client.socket.write(
      requestTo('https://open-api.kakaopay.com/online/v1/payment/ready', order, 'Connection: close\r\n'),
    )
    expect(statusesOf(await client.text)).toEqual([200])
    const foreign = await plain(server.url)
    foreign.socket.write(
      'GET http://evil.example/_mock/payments HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    )
    expect(statusesOf(await foreign.text)).toEqual([403])
  }
})

describe('a request that does not arrive whole', () => {
  test('is answered 408 on every port, and the connection is destroyed', async () => {
    await start({ requestTimeoutMs: 200 })
    const clients = await Promise.all(names.map(open))
    for (const { socket } of clients) socket.write(HALF)
    const begun = performance.now()
    const texts = await Promise.all(clients.map(({ text }) => text))
    expect(texts.map(statusesOf)).toEqual(names.map(() => [408]))
    expect(performance.now() - begun).toBeLessThan(3000)
  })

  test('is not carried out when its rest comes after the 408', async () => {
    await start({ requestTimeoutMs: 200 })
    const client = await plain(server.url)
    client.socket.write(HALF)
    await client.received('408')
    client.socket.write(READY.slice(-20))
    await client.text
    expect(await payments()).toBe(0)
  })
})

describe('malformed bytes', () => {
  test('are answered 400 on every port, and the connection is destroyed', async () => {
    await start()
    const clients = await Promise.all(names.map(open))
    for (const { socket } of clients) socket.write('NONSENSE\r\n\r\n')
    for (const text of await Promise.all(clients.map((client) => client.text))) {
      expect(statusesOf(text)).toEqual([400])
      expect(text).toContain('{"error_code":-400,"error_message":"malformed HTTP request!"}')
    }
  })

  test.each(['\u0000', 'NONSENSE\r\n\r\n', 'POST /online/v1/payment/ready HTTP/9.9\r\n\r\n'])(
    'behind a good request in the same segment: its answer comes first (%j)',
    async (bytes) => {
      await start()
      const clients = await Promise.all(names.map(open))
      for (const { socket } of clients) socket.write(READY + READY + bytes)
      for (const text of await Promise.all(clients.map((client) => client.text))) {
        expect(statusesOf(text)).toEqual([200, 200, 400])
        expect(text.match(/"tid":"T[0-9a-f]{19}"/g)).toHaveLength(2)
      }
      expect(await payments()).toBe(2 * names.length)
    },
  )

  test('within a body: the request before it is answered, then 400', async () => {
    await start()
    const client = await plain(server.url)
    const chunked = READY.split('Content-Length')[0]
    client.socket.write(`${READY}${chunked}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`)
    expect(statusesOf(await client.text)).toEqual([200, 400])
    expect(await payments()).toBe(1)
  })

  test('HTTP/1.1 without Host is refused in KakaoPay’s form', async () => {
    await start()
    const client = await plain(server.url)
    client.socket.write('POST /online/v1/payment/ready HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    const text = await client.text
    expect(statusesOf(text)).toEqual([400])
    expect(text).toContain('{"error_code":-400,"error_message":"malformed HTTP request!"}')
  })
})

describe('close', () => {
  const states: Record<string, (client: Client) => Promise<void>> = {
    silent: async () => {},
    'idle between two requests': async ({ socket, received }) => {
      socket.write(READY)
      await received('"tid"')
    },
    'in half a request': async ({ socket }) => {
      await new Promise<void>((done) => socket.write(HALF, () => done()))
    },
    'in an event stream': async ({ socket, received }) => {
      socket.write('GET /_mock/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
      await received('text/event-stream')
    },
  }

  test.each(Object.keys(states))('ends connections that are %s within the grace time, on every port', async (state) => {
    await start()
    const clients = await Promise.all(names.map(open))
    await Promise.all(clients.map((client) => (states[state] as (client: Client) => Promise<void>)(client)))
    const begun = performance.now()
    await server.close(300)
    expect(performance.now() - begun).toBeLessThan(4000)
    await Promise.all(clients.map(({ text }) => text))
  })

  test('ends a TLS connection that never began its handshake', async () => {
    await start()
    const client = await plain(server.https)
    await server.close(300)
    expect(await client.text).toBe('')
  })
})

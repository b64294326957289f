import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MAX_READING_MS } from '../../src/control/answer.ts'
import { MAX_WAITING_CHARACTERS, MAX_WATCHERS } from '../../src/control/events.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { call, order } from '../merchant.ts'

let server: Server
let mock: Mock
const clients: Socket[] = []

beforeEach(async () => {
  mock = createMock()
  server = createServer(mock.listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})

afterEach(async () => {
  vi.useRealTimers()
  for (const client of clients.splice(0)) client.destroy()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

/** A client that sends a request and reads nothing of the answer. */
const askUnread = (path: string) => {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => {})
  client.pause()
  client.write(`GET /_mock/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  clients.push(client)
}

const connections = () => new Promise<number>((done) => server.getConnections((_, count) => done(count)))

/** Goes on in turns of the event loop until it is true. A test that waits in vain ends by its own time-out. */
const until = async (isTrue: () => Promise<boolean>) => {
  while (!(await isTrue())) await new Promise((done) => setImmediate(done))
}

const WATCHERS = 10
const watch = () => mock.request('/_mock/events')

const approval_url = `https://shop.example/?${'"'.repeat(16_000)}`
const largeCall = () => call(mock, 'ready', { ...order, approval_url })

test('watchers that do not read are disconnected when a mebibyte waits, and their places are free again', async () => {
  for (let i = 0; i < WATCHERS; i++) askUnread('events')
  await until(async () => (await connections()) === WATCHERS)
  const others = await Promise.all(Array.from({ length: MAX_WATCHERS - WATCHERS }, watch))
  await until(async () => {
    const response = await watch()
    await response.body?.cancel()
    return response.status === 503
  })
  for (const other of others) await other.body?.cancel()
  const { rss } = process.memoryUsage()
  // What the kernel and Node buffer comes on top of what waits here.
  for (let sent = 0; (await connections()) > 0; sent++) {
    expect(sent * 40_000).toBeLessThan(20 * MAX_WAITING_CHARACTERS)
    await largeCall()
    await new Promise((done) => setImmediate(done))
  }
  expect((process.memoryUsage().rss - rss) / WATCHERS).toBeLessThan(8 * MAX_WAITING_CHARACTERS)
  const free = await Promise.all(Array.from({ length: MAX_WATCHERS }, watch))
  expect(new Set(free.map(({ status }) => status))).toEqual(new Set([200]))
  for (const response of free) await response.body?.cancel()
})

test('an answer that nobody reads is given up after a minute', async () => {
  for (let i = 0; i < 300; i++) await largeCall()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  askUnread('journal?limit=1000')
  await until(async () => vi.getTimerCount() > 0)
  vi.advanceTimersByTime(MAX_READING_MS - 1)
  expect(await connections()).toBe(1)
  vi.advanceTimersByTime(1)
  await until(async () => (await connections()) === 0)
})

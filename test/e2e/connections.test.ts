import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { configure } from '../../src/config/config.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { startMock } from '../../src/index.ts'
import { createMock } from '../../src/mock.ts'
import { KEY, order } from '../merchant.ts'
import { needs } from '../needs.ts'

let server: Server
let port: number
const open: Socket[] = []

beforeEach(async () => {
  const { listener } = createMock()
  ;({ server } = createHttpServer(listener, { ...configure(), requestTimeoutMs: 400 }))
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const opened = async (options: { port?: number; allowHalfOpen?: boolean } = {}): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', ...options })
  socket.on('error', () => {})
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const ready = (to = port) =>
  fetch(`http://127.0.0.1:${to}/online/v1/payment/ready`, {
    method: 'POST',
    headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(order),
  })

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )

test('400 clients that send half a request are each told 408, and the connections end', async () => {
  const sockets = await Promise.all(Array.from({ length: 400 }, () => opened()))
  const answers = sockets.map(async (socket) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.write('POST /online/v1/payment/ready HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"ci')
    await once(socket, 'close')
    return text.slice(0, 'HTTP/1.1 408'.length)
  })
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 408']))
  await vi.waitFor(async () => expect(await connections()).toBe(0), 5000)
})

test.skipIf(!needs('time'))('so are 400 on the HTTPS port, and 400 on the proxy', { timeout: 120_000 }, async () => {
  const caDir = mkdtempSync(join(tmpdir(), 'connections-'))
  const mock = await startMock({ https: 0, proxy: 0, caDir, requestTimeoutMs: 1000 })
  const portOf = (url = '') => Number(new URL(url).port)
  const half = async (socket: Socket, ready: string) => {
    open.push(socket.on('error', () => {}))
    await once(socket, ready)
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.write('POST /online/v1/payment/ready HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"ci')
    await once(socket, 'close')
    return text.slice(0, 'HTTP/1.1 408'.length)
  }
  const secure = () => connectTls({ port: portOf(mock.https), host: '127.0.0.1', rejectUnauthorized: false })
  const plain = () => connect(portOf(mock.proxy), '127.0.0.1')
  // In four rounds: 400 handshakes at once are too much for a slow machine.
  for (const [dial, ready] of [
    [secure, 'secureConnect'],
    [plain, 'connect'],
  ] as const)
    for (let round = 0; round < 4; round++) {
      const told = await Promise.all(Array.from({ length: 100 }, () => half(dial(), ready)))
      expect(new Set(told)).toEqual(new Set(['HTTP/1.1 408']))
    }
  await mock.close()
  rmSync(caDir, { recursive: true })
})

test('1,000 idle connections keep no call from being answered', async () => {
  await Promise.all(Array.from({ length: 1000 }, () => opened()))
  expect((await ready()).status).toBe(200)
})

test('5,000 connections opened and dropped leave none behind', async () => {
  for (let round = 0; round < 50; round++) {
    const sockets = await Promise.all(Array.from({ length: 100 }, () => opened()))
    for (const socket of sockets) socket.resetAndDestroy()
    open.length = 0
  }
  await vi.waitFor(async () => expect(await connections()).toBe(0), 5000)
  expect((await ready()).status).toBe(200)
})

describe.skipIf(!needs('time'))('a server that may open 256 descriptors', () => {
  let child: ChildProcess
  let limited: number
  beforeEach(async () => {
    const program = resolve(import.meta.dirname, '../../dist/cli.js')
    const command = `ulimit -n 256; exec '${process.execPath}' '${program}' serve --port 0 --request-timeout-ms 1000 --log silent`
    child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    limited = Number(new URL((JSON.parse(String(line)) as { url: string }).url).port)
  })
  afterEach(async () => {
    child.kill()
    await once(child, 'exit')
  })

  test.each([
    ['half a request', 'POST /online/v1/payment/ready HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"ci'],
    ['malformed bytes', 'NONSENSE\r\n\r\n'],
  ])('serves on beside 300 clients that send %s and never close', { timeout: 120_000 }, async (_, bytes) => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => opened({ port: limited, allowHalfOpen: true })))
    const ended = sockets.map(
      (socket) =>
        new Promise<void>((done) => {
          // Its own side stays open; writing on shows whether the server still holds the connection.
          const writing = setInterval(() => socket.write('x'), 200)
          socket.once('close', () => {
            clearInterval(writing)
            done()
          })
          socket.resume()
          socket.write(bytes)
        }),
    )
    await vi.waitFor(async () => expect((await ready(limited)).status).toBe(200), { timeout: 30_000, interval: 100 })
    await Promise.all(ended)
    const descriptors = readdirSync(`/proc/${child.pid}/fd`).length
    expect(descriptors).toBeLessThan(100)
  })
})

import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { configure } from '../../src/config/config.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createMock } from '../../src/mock.ts'
import { KEY, order } from '../merchant.ts'

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

const opened = async (): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const ready = () =>
  fetch(`http://127.0.0.1:${port}/online/v1/payment/ready`, {
    method: 'POST',
    headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(order),
  })

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )

test('400 clients that send half a request are each told 408, and the connections end', async () => {
  const sockets = await Promise.all(Array.from({ length: 400 }, opened))
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

test('1,000 idle connections keep no call from being answered', async () => {
  await Promise.all(Array.from({ length: 1000 }, opened))
  expect((await ready()).status).toBe(200)
})

test('5,000 connections opened and dropped leave none behind', async () => {
  for (let round = 0; round < 50; round++) {
    const sockets = await Promise.all(Array.from({ length: 100 }, opened))
    for (const socket of sockets) socket.resetAndDestroy()
    open.length = 0
  }
  await vi.waitFor(async () => expect(await connections()).toBe(0), 5000)
  expect((await ready()).status).toBe(200)
})

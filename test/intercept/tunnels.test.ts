import type { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Authority } from '../../src/intercept/authority.ts'
import { interceptLimits } from '../../src/intercept/limits.ts'
import { answerOf, exchange, type Opened, openListeners, temporaryAuthority, tunnel } from './listening.ts'

let authority: Authority
let remove: () => void
let opened: Opened
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
})
afterEach(() => opened.close())
afterAll(() => remove())

const TARGET = 'open-api.kakaopay.com:443'
const idle = (count: number) => Promise.all(Array.from({ length: count }, () => tunnel(opened.proxy, TARGET)))
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => {})
    socket.once('close', () => resolve())
    socket.resume()
  })

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

describe('tunnels', () => {
  test('500 idle ones are held, leave room for a request, and leave nothing behind', async () => {
    opened = await openListeners(authority)
    const heap: number[] = []
    for (let round = 0; round < 4; round++) {
      const tunnels = await idle(500)
      expect(opened.listeners.tunnels()).toBe(500)
      const answer = await exchange(
        opened.proxy,
        `GET https://open-api.kakaopay.com/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      )
      expect(answerOf(answer).status).toBe(200)
      for (const { socket } of tunnels) socket.destroy()
      await vi.waitFor(() => expect([opened.listeners.tunnels(), opened.listeners.handshakes()]).toEqual([0, 0]))
      collect()
      heap.push(process.memoryUsage().heapUsed)
    }
    // 500 tunnels that were kept by mistake are more than 2 MB; what the first round loads stays out of it.
    expect((heap[3] ?? 0) - (heap[1] ?? 0)).toBeLessThan(2_000_000)
  })

  test('the one beyond the limit is answered 503, and there is room again when one has closed', async () => {
    opened = await openListeners(authority, { limits: { maxTunnels: 100 } })
    const tunnels = await idle(100)
    expect(answerOf(await exchange(opened.proxy, `CONNECT ${TARGET} HTTP/1.1\r\nHost: x\r\n\r\n`))).toEqual({
      status: 503,
      body: { error: 'too-many-tunnels', message: 'the proxy holds 100 tunnels, its limit: close some first' },
    })
    tunnels[0]?.socket.destroy()
    await vi.waitFor(() => expect(opened.listeners.tunnels()).toBe(99))
    expect((await tunnel(opened.proxy, TARGET)).line).toBe('HTTP/1.1 200 Connection Established')
  })

  test.each([
    ['silent for too long', { tunnelIdleMs: 100 }],
    ['too old', { tunnelMs: 100 }],
    ['without a handshake', { handshakeMs: 100 }],
  ])('one that is %s is closed', async (_, limits) => {
    opened = await openListeners(authority, { limits })
    const { socket } = await tunnel(opened.proxy, TARGET)
    await closed(socket)
    await vi.waitFor(() => expect(opened.listeners.tunnels()).toBe(0))
  })

  test('closing the doors closes them', async () => {
    opened = await openListeners(authority)
    const tunnels = await idle(20)
    const all = Promise.all(tunnels.map(({ socket }) => closed(socket)))
    await opened.listeners.close()
    await all
    expect(opened.listeners.tunnels()).toBe(0)
  })

  test('have limits with defaults', () => {
    opened = { close: async () => {} } as Opened
    expect(interceptLimits).toEqual({
      handshakeMs: 10_000,
      maxHandshakes: 1024,
      maxTunnels: 1024,
      tunnelIdleMs: 120_000,
      tunnelMs: 3_600_000,
      dialMs: 10_000,
      maxLeaks: 1000,
    })
  })
})

import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import type { Store } from '../../src/store/store.ts'
import { readied } from '../flow.ts'
import { order } from '../merchant.ts'

const request = (path: string, body: object, headers = '') => {
  const text = JSON.stringify(body)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: SECRET_KEY DEV_LANE\r\nContent-Type: application/json\r\n` +
      `${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}
/** As much of a socket as the lane uses. */
const listening = () => {
  const written: string[] = []
  return { written, socket: { writableLength: 0, write: (text: string) => written.push(text) } as unknown as Socket }
}

test('where control wants a token, the payer’s call is not the lane’s, with the token or without', async () => {
  const mock = createMock({ controlToken: 'open-sesame' })
  const path = `/_mock/payments/${await readied(mock)}/payer`
  const { written, socket } = listening()
  for (const headers of ['', 'x-kakaopay-mock-token: open-sesame\r\n'])
    expect(mock.lane.take(request(path, { action: 'approve' }, headers), socket)).toBe(false)
  expect(written).toEqual([])
  expect(mock.store.list()).toMatchObject([{ status: 'READY' }])
})

test('a call that ends a lease waits on the long way until a slow store has dropped what was there', async () => {
  const clock = { at: Date.UTC(2026, 10, 23) }
  const memory = createMemoryStore(100, 100)
  let drop = () => {}
  const store: Store = {
    ...memory,
    clear: (namespace) =>
      new Promise((done) => {
        drop = () => done(memory.clear(namespace))
      }),
  }
  const mock = createMock({ namespaceLeaseMs: 1000 }, { now: () => clock.at, store })
  const ready = request('/online/v1/payment/ready', order)
  const { written, socket } = listening()
  expect(mock.lane.take(ready, socket)).toBe(true)
  clock.at += 1000
  expect(mock.lane.take(ready, socket)).toBe(false)
  expect(written).toHaveLength(1)
  drop()
})

test.each([
  [
    'throws',
    () => {
      throw new Error('the disk is full')
    },
  ],
  ['fails later', () => Promise.reject(new Error('the disk is full'))],
])('a store that %s is a 500 in KakaoPay’s form, and is told to the log', async (_, add) => {
  const errors: string[] = []
  const store: Store = { ...createMemoryStore(100, 100), add }
  const mock = createMock({}, { store, onError: ({ message }) => errors.push(message) })
  const { written, socket } = listening()
  await mock.lane.take(request('/online/v1/payment/ready', order), socket)
  expect(written.map((text) => [text.slice(0, 12), text.slice(text.indexOf('\r\n\r\n') + 4)])).toEqual([
    ['HTTP/1.1 500', '{"error_code":-500,"error_message":"internal error!"}'],
  ])
  expect(errors).toEqual(['the disk is full'])
})

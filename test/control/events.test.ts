import { get } from 'node:http'
import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import { startServer } from '../../src/server.ts'
import { readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { as, control } from './control.ts'

interface Event {
  readonly event: string
  readonly data: Record<string, unknown>
}

/** Reads a stream until it has seen `count` events. */
const events = async (body: AsyncIterable<Uint8Array>, count: number): Promise<Event[]> => {
  const seen: Event[] = []
  let text = ''
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString()
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, event, data] = /event: (.*)\ndata: (.*)/.exec(block) ?? []
      if (event && data) seen.push({ event, data: JSON.parse(data) })
    }
    if (seen.length >= count) return seen
  }
  return seen
}
const streamOf = (response: Response) => response.body as unknown as AsyncIterable<Uint8Array>

test('events tell of calls, payments and what control does, of one namespace if asked', async () => {
  const mock = createMock()
  const api = control(mock)
  const all = events(streamOf(await mock.request('/_mock/events')), 4)
  const own = events(streamOf(await mock.request('/_mock/events?namespace=KEY_B')), 1)
  const tid = await readied(mock)
  await new Promise((done) => setImmediate(done))
  await api.post('faults', { do: { fault: 'garble' }, namespace: 'KEY_A' })
  await api.post('clock/advance', { by: '1m' })
  const seen = await all
  expect(seen.map((e) => e.event)).toEqual(['call', 'payment', 'fault', 'clock'])
  expect(seen[0]?.data).toMatchObject({ call: 'ready', tid })
  expect(seen[1]?.data).toMatchObject({ tid, status: 'READY' })
  await call(mock, 'ready', order, as('KEY_B'))
  expect((await own).map((e) => e.event)).toEqual(['clock'])
})

test('on a socket they arrive at once, and a watcher that leaves makes room', async () => {
  const { mock, url, close: closeServer } = await startServer({ port: 0 })
  const watch = () =>
    new Promise<{ status: number | undefined; stream: AsyncIterable<Uint8Array>; close: () => void }>((done) => {
      const request = get(`${url}/_mock/events`, { agent: false }, (response) => {
        response.on('error', () => {})
        done({ status: response.statusCode, stream: response, close: () => request.destroy() })
      })
    })
  const watchers = await Promise.all(Array.from({ length: 100 }, watch))
  expect(new Set(watchers.map((w) => w.status))).toEqual(new Set([200]))
  const refused = await watch()
  expect(refused.status).toBe(503)
  const [first] = watchers
  const seen = events(first?.stream as AsyncIterable<Uint8Array>, 1)
  await readied(mock)
  expect((await seen)[0]?.event).toBe('call')
  for (const { close } of [...watchers, refused]) close()
  let again = await watch()
  for (let i = 0; i < 100 && again.status === 503; i++) {
    again.close()
    await new Promise((done) => setImmediate(done))
    again = await watch()
  }
  expect(again.status).toBe(200)
  again.close()
  await closeServer()
})

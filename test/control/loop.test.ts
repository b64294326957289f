import { expect, test } from 'vitest'
import { createMock } from '../../src/mock.ts'
import type { Payment } from '../../src/payment/payment.ts'
import { readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'

/** The longest that a control call may hold the event loop, in ms. */
const MAX_HOLD_MS = 20

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const turn = () => new Promise((done) => setImmediate(done))

/**
 * The most that was computed in one turn of the event loop while `work` ran, in ms: CPU time, so that other programs of the machine do not
 * count. The least of three runs, since a collection of garbage may fall into one.
 */
const longestHold = async (work: () => Promise<unknown>, runs = 3): Promise<number> => {
  const holds: number[] = []
  for (let run = 0; run < runs; run++) {
    let isDone = false
    let worst = 0
    const done = work().finally(() => {
      isDone = true
    })
    for (let before = cpuMs(); !isDone; before = cpuMs()) {
      await turn()
      worst = Math.max(worst, cpuMs() - before)
    }
    await done
    holds.push(worst)
  }
  return Math.min(...holds)
}

/** 100,000 payments of 1,000 namespaces, and a full journal of the largest bodies. */
const fullMock = async () => {
  const mock = createMock()
  const tid = await readied(mock)
  const payment = (await mock.store.find(tid)) as Payment
  for (let i = 1; i < 100_000; i++)
    await mock.store.add({
      ...payment,
      tid: `T${i}`,
      hash: `${i}`,
      namespace: i % 2 ? payment.namespace : `ns_${i % 1000}`,
    })
  const approval_url = `https://shop.example/?${'"'.repeat(16_000)}`
  for (let i = 0; i < 2000; i++) await call(mock, 'ready', { ...order, approval_url, partner_order_id: `order-${i}` })
  for (let i = 0; i < 1000; i++) mock.namespaces.of(`KEY_OF_NAMESPACE_${i}`)
  const ask = async (method: string, path: string, body?: string) => {
    const response = await mock.request(`/_mock/${path}`, { method, ...(body ? { body } : {}) })
    // Read and forgotten, as a client in another process would read it.
    for await (const _ of response.body as unknown as AsyncIterable<Uint8Array>);
  }
  return { mock, tid, ask }
}

test.skipIf(!needs('time'))(
  'with 100,000 payments and a full journal no control call holds the event loop for 20 ms',
  async () => {
    const { tid, ask } = await fullMock()
    const holds: Record<string, number> = {}
    for (const [method, path, body] of [
      ['GET', 'payments?limit=10000'],
      ['GET', 'payments?limit=10000&order=largest'],
      ['GET', 'payments?text=nothing'],
      ['GET', `payments/${tid}`],
      ['GET', 'journal?limit=10000'],
      ['GET', 'journal?limit=10000&as=har'],
      ['GET', 'journal?text=nothing'],
      ['GET', 'journal/count?order_id=none'],
      ['GET', 'journal/wait?order_id=none&timeout=1'],
      ['GET', 'journal/wait?count=2000'],
      ['GET', 'audit?limit=100000'],
      ['GET', 'audit?as=text&limit=100000'],
      ['GET', 'namespaces'],
      ['GET', 'clock'],
      ['POST', 'clock/advance', '{"by":"16m"}'],
    ] as const)
      holds[`${method} ${path}`] = await longestHold(() => ask(method, path, body))
    expect(Object.entries(holds).filter(([, ms]) => ms >= MAX_HOLD_MS)).toEqual([])
  },
  300_000,
)

import { expect, test } from 'vitest'
import { seededChance } from '../../src/chance.ts'
import type { Call } from '../../src/control/journal/entry.ts'
import { createJournal } from '../../src/control/journal/journal.ts'

const call = (body: string | Buffer | null, response: string): Call => ({
  at: 0,
  clock: { frozen_at: null, offset_ms: 0 },
  namespace: null,
  call: null,
  method: 'POST',
  path: '/',
  headers: [],
  body,
  status: 200,
  response,
  told: true,
  duration_ms: 0,
  refusal: null,
  met: null,
  tid: undefined,
})
const journal = (length: number) => createJournal({ length, chance: seededChance('pages') })

test('texts come back as they went in, whatever their form: bytes, Korean, none, longer than a page', () => {
  const kept = journal(10)
  for (const [body, response] of [
    ['{"item_name":"초코파이"}', '{}'],
    [Buffer.from('{"item_name":"초코파이"}'), '"é"'],
    [null, ''],
    ['x'.repeat(300_000), '가'.repeat(300_000)],
    [Buffer.from('나'.repeat(300_000)), 'y'],
  ] as const) {
    kept.record(call(body, response))
    const [entry] = kept.query({})
    expect(entry?.body ?? null).toBe(body === null ? null : body.toString().slice(0, 16_384))
    expect(entry?.response).toBe(response.slice(0, 16_384))
  }
})

test('an entry that somebody holds says the same after its place was given to others', () => {
  const kept = journal(50)
  const texts = (i: number) => [`body ${i} 가`, `response ${i} ${'z'.repeat(i % 700)}`] as const
  const held = []
  for (let i = 0; i < 3000; i++) {
    kept.record(call(...texts(i)))
    if (i % 40 === 0) held.push([i, kept.query({}, 1)[0]] as const)
    if (i % 999 === 0) kept.clear()
  }
  for (const [i, entry] of held) expect([entry?.body, entry?.response]).toEqual(texts(i))
  expect(kept.query({}).map(({ body }) => body)).toEqual(
    Array.from({ length: kept.size }, (_, i) => texts(2999 - i)[0]),
  )
})

test('a namespace that is never cleared does not keep the pages of another that is', () => {
  const kept = journal(10_000)
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 400; i++) {
    kept.record({ ...call(`body ${i} 가`, `response ${i}`), namespace: 'ns_kept' })
    for (let k = 0; k < 20; k++) kept.record({ ...call('x'.repeat(8000), ''), namespace: 'ns_cleared' })
    expect(kept.clear('ns_cleared')).toBe(20)
  }
  const entries = kept.query({})
  expect(entries.map(({ body, response }) => [body, response])).toEqual(
    Array.from({ length: 400 }, (_, i) => [`body ${399 - i} 가`, `response ${399 - i}`]),
  )
  // A page for each of the 400 would be 52 MB; pages that were left may still wait for the collector.
  globalThis.gc?.()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
})

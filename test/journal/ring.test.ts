import { expect, test } from 'vitest'
import { MAX_OTHER_REQUESTS } from '../../src/journal/entries.ts'
import type { RecordedCall } from '../../src/journal/entry.ts'
import { createJournal } from '../../src/journal/journal.ts'
import { seededRandom } from '../../src/random.ts'

const recorded = (fields: Partial<RecordedCall> = {}): RecordedCall => ({
  at: 0,
  clock: { frozen_at: null, offset_ms: 0 },
  namespace: null,
  call: 'ready',
  method: 'POST',
  path: '/',
  headers: [],
  body: null,
  status: 200,
  response: '',
  delivered: true,
  duration_ms: 0,
  refusal: null,
  fault: null,
  tid: undefined,
  ...fields,
})
const journal = (length: number) => createJournal({ length, random: seededRandom('ring') })

test('bodies longer than the limit are cut, and the newest call comes first', async () => {
  const kept = journal(10)
  kept.record(recorded({ body: 'x'.repeat(300_000), response: '가'.repeat(300_000) }))
  kept.record(recorded({ body: '{"item_name":"초코파이"}' }))
  expect((await kept.query({})).map(({ body, response }) => [body?.length, response?.length])).toEqual([
    ['{"item_name":"초코파이"}'.length, 0],
    [16_384, 16_384],
  ])
})

test('the oldest call makes room for a new one, and is counted as dropped', async () => {
  const kept = journal(3)
  for (let i = 0; i < 5; i++) kept.record(recorded({ body: String(i) }))
  expect({ bodies: (await kept.query({})).map(({ body }) => body), dropped: kept.dropped }).toEqual({
    bodies: ['4', '3', '2'],
    dropped: 2,
  })
})

test('requests that are no call of the API push no call out, and stand among them in the order of arrival', async () => {
  const kept = journal(500)
  kept.record(recorded({ at: 1, body: 'the call' }))
  for (let i = 0; i < 5 * MAX_OTHER_REQUESTS; i++) kept.record(recorded({ at: 2 + i, call: null, path: `/${i}` }))
  kept.record(recorded({ at: 9999, body: 'the last call' }))
  const entries = await kept.query({})
  expect({ first: entries.at(-1)?.body, last: entries[0]?.body, size: kept.size, dropped: kept.dropped }).toEqual({
    first: 'the call',
    last: 'the last call',
    size: MAX_OTHER_REQUESTS + 2,
    dropped: 0,
  })
})

test('clearing a namespace leaves the others in their order', async () => {
  const kept = journal(100)
  for (let i = 0; i < 10; i++) kept.record(recorded({ body: String(i), namespace: i % 2 ? 'ns_a' : 'ns_b' }))
  expect(await kept.clear('ns_a')).toBe(5)
  expect((await kept.query({})).map(({ body }) => body)).toEqual(['8', '6', '4', '2', '0'])
})

import { expect, test } from 'vitest'
import { createSlice, sortInSlices } from '../../src/journal/slice.ts'

test('a thousand calls with long work take turns: one of them goes on in each turn of the event loop', async () => {
  let resumed = 0
  const work = async () => {
    const slice = createSlice()
    for (let step = 0; step < 3; step++) {
      await slice.rest()
      resumed++
    }
  }
  const all = Promise.all(Array.from({ length: 1000 }, work))
  const perTurn: number[] = []
  while (resumed < 3000) {
    const before = resumed
    await new Promise((done) => setImmediate(done))
    perTurn.push(resumed - before)
  }
  await all
  expect(Math.max(...perTurn)).toBe(1)
})

test('sorting in slices sorts as sort does, and keeps the order of equals', async () => {
  const items = Array.from({ length: 5000 }, (_, i) => ({ i, key: (i * 7919) % 100 }))
  const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key
  expect(await sortInSlices(items, byKey)).toEqual([...items].sort(byKey))
  expect(await sortInSlices([], byKey)).toEqual([])
})

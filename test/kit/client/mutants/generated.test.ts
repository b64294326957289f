import { expect, test } from 'vitest'
import { needs } from '../../../needs.ts'
import { atOnce, checkQuick, shortcomings } from './check.ts'
import { generatedMutants } from './generated.ts'
import { mutants } from './index.ts'

const generated = Object.entries(generatedMutants())

/** Without the tests that take minutes, one of so many. */
const SHARE = 40

test('clients that treat one field wrongly are found, as clients', { timeout: 600_000 }, async () => {
  const wrong: Record<string, readonly string[]> = {}
  const chosen = generated.filter((_, i) => needs('time') || i % SHARE === 0)
  await atOnce(chosen, 4, async ([name, { Kind, rules, flows }]) => {
    const found = shortcomings(await checkQuick(Kind, flows, { bail: true, parallel: 1 }), rules)
    if (found.length > 0) wrong[name] = found
  })
  expect(wrong).toEqual({})
})

test('there are at least 400 wrong clients', () => {
  expect(generated.length + Object.keys(mutants).length).toBeGreaterThanOrEqual(400)
})

import { expect, test } from 'vitest'
import { inferred } from '../../contracts/evidence.ts'
import { characters, isRedirectUrl, text } from '../../contracts/fields.ts'
import { countByEvidence } from '../../contracts/rules.ts'

test.each([
  ['', 0],
  ['ab', 2],
  ['😀', 1],
  ['a😀b', 3],
  ['\ud83da', 2],
  ['a\ude00', 2],
  ['\ud83d', 1],
])('a text counts in code points, as JSON Schema counts: %j is %i', (value, count) => {
  expect(characters(value)).toBe(count)
})

test('a text may be as long in code points as its maximum, and no longer', () => {
  const { schema } = text(2)
  expect(['', 'ab', '😀😀', 'abc', '😀😀😀'].map((value) => schema.safeParse(value).success)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

test.each([
  ['https://shop.example/paid', true],
  ['myapp://paid', true],
  ['/paid', false],
  ['https://', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
])('a browser may be sent to %s: %s', (url, allowed) => {
  expect(isRedirectUrl(url)).toBe(allowed)
})

test('what has no source of its own is ours, and inferred; grades are counted', () => {
  expect(inferred()).toEqual({ evidence: 'inferred', source: 'ours' })
  expect(countByEvidence([inferred(), inferred(), { evidence: 'observed', source: 'ours' }])).toEqual({
    documented: 0,
    observed: 1,
    inferred: 2,
  })
})

import { describe, expect, test } from 'vitest'
import { match, matchOrder } from '../../src/kit/match.ts'

const moment = { now: Date.parse('2026-01-01T00:00:00Z') }
const differs = (expected: unknown, actual: unknown, exact = false) => match(expected, actual, moment, 'body', exact)

describe('an expectation', () => {
  test.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { $is: 'tid' } }, { a: 'T0123456789abcdef012' }],
    [{ $kst: true }, '2026-01-01T09:01:00'],
    [{ $none: true }, null],
    [{ $none: true }, undefined],
    [{ $absent: true }, undefined],
    [{ $any: true }, 0],
    [{ $type: 'integer' }, 7],
    [{ $contains: 'x' }, 'axb'],
    [{ $oneOf: [1, null] }, null],
    [[{ a: 1 }], [{ a: 1, b: 2 }]],
  ])('%j is met by %j', (expected, actual) => {
    expect(differs(expected, actual)).toEqual([])
  })

  test.each([
    [{ a: 1 }, { a: '1' }, { at: 'body.a', expected: '1', actual: '"1"' }],
    [{ a: 1 }, null, { at: 'body', expected: '{"a":1}', actual: 'null' }],
    [
      { $is: 'tid' },
      'T0123456789ABCDEF012',
      { at: 'body', expected: 'a tid: ^T[0-9a-f]{19}$', actual: '"T0123456789ABCDEF012"' },
    ],
    [
      { $kst: true },
      '2026-01-01T00:00:00',
      { at: 'body', expected: 'the KST wall clock now, as yyyy-MM-ddTHH:mm:ss', actual: '"2026-01-01T00:00:00"' },
    ],
    [
      { $kst: true },
      '2026-01-01T09:00:00Z',
      { at: 'body', expected: 'the KST wall clock now, as yyyy-MM-ddTHH:mm:ss', actual: '"2026-01-01T09:00:00Z"' },
    ],
    [
      { $kst: true },
      '2026-02-30T09:00:00',
      { at: 'body', expected: 'the KST wall clock now, as yyyy-MM-ddTHH:mm:ss', actual: '"2026-02-30T09:00:00"' },
    ],
    [{ $absent: true }, null, { at: 'body', expected: 'absent', actual: 'null' }],
    [{ $any: true }, null, { at: 'body', expected: 'any value', actual: 'null' }],
    [{ $type: 'integer' }, 7.5, { at: 'body', expected: 'of type integer', actual: '7.5' }],
    [[1], [1, 2], { at: 'body', expected: '[1]', actual: '[1,2]' }],
  ])('%j is not met by %j', (expected, actual, difference) => {
    expect(differs(expected, actual)).toEqual([difference])
  })

  test('that is exact allows no other keys, at any depth', () => {
    expect(differs({ a: { b: 1 } }, { a: { b: 1, c: 2 } }, true)).toEqual([
      { at: 'body.a.c', expected: 'absent', actual: '2' },
    ])
  })

  test('with a matcher that does not exist is the fixture’s mistake', () => {
    expect(() => differs({ $like: 'x' }, 'x')).toThrow('unknown matcher {"$like":"x"}')
  })

  test('of an order looks only at the keys that both have', () => {
    expect(matchOrder({ a: 1, b: 1, c: 1 }, { a: 1, x: 1, c: 1 })).toEqual([])
    expect(matchOrder({ a: 1, b: 1 }, { b: 1, a: 1 })).toEqual([
      { at: 'order of the keys', expected: 'a, b', actual: 'b, a' },
    ])
  })
})

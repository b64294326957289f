import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { compileValidator } from '../../src/http/validate.ts'
import { isRefusal } from '../../src/payment/refusal.ts'

const document = parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')) as {
  components: { schemas: Record<string, object> }
}
const ajv = new Ajv2020({ strict: false, allErrors: false })
ajv.addKeyword({
  keyword: 'x-pattern',
  type: 'string',
  compile: (pattern: string) => {
    const whole = new RegExp(pattern, 'u')
    return (value: string) => whole.test(value)
  },
})

/** Values that sit on the edges of the rules, and some that are plainly wrong. */
const edges = fc.constantFrom<unknown>(
  ...[null, true, false, '', ' ', 'Y', 'N', 'CARD', 'MONEY', 'card', 'TC0ONETIME', 'T'.repeat(20), '1', '2,200', '1e3'],
  ...[0, -0, 1, -1, 12, 13, 1.5, 9900.0, 2_147_483_647, 2_147_483_648, 1e21, Number.MAX_SAFE_INTEGER + 2],
  ...[
    'x'.repeat(100),
    'x'.repeat(101),
    '가'.repeat(100),
    '가'.repeat(101),
    '😀'.repeat(100),
    '😀'.repeat(101),
    '😀'.repeat(5),
    'x'.repeat(200),
    'x'.repeat(201),
  ],
  ...['\ud800', 'a\udc00b', '\u0000', 'tab\tand\nline', '\u007f', '\u0085'],
  ...[
    'https://a.example/b?c=d#e',
    'http://',
    'http:/x',
    'https:x',
    'HTTPS://A',
    'myapp://paid',
    'myapp:',
    'JavaScript:alert(1)',
    'data:,x',
    'blob:https://a',
    'ftp://a',
    '//a',
    '/a',
    'http://a b',
    'http://한글.kr/경로',
  ],
  ...[
    `https://a/${'x'.repeat(245)}`,
    `https://a/${'x'.repeat(246)}`,
    `https://a/${'😀'.repeat(245)}`,
    'a1b2c3d4e5f6a1b2c3d4e5f6',
    'A1b2c3d4e5f6a1b2c3d4e5f6',
  ],
  ...[[], {}, ['SHINHAN'], ['SHINHAN', 'WOORI'], [1], ['KB', null], { a: 'b' }, { a: 1 }, { a: { b: 'c' } }, [['KB']]],
)
const anything = fc.oneof(
  { weight: 4, arbitrary: edges },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 260 }) },
)

/** The documented example with a few fields changed, dropped or added. */
const bodies = (endpoint: Endpoint) => {
  const names = [...Object.keys(endpoint.request), 'unknown', '__proto__', 'constructor', 'toString']
  const changes = fc.array(fc.tuple(fc.constantFrom(...names), fc.option(anything, { nil: undefined })), {
    maxLength: 4,
  })
  return changes.map((list) => {
    const body = new Map<string, unknown>(Object.entries(endpoint.example.request))
    for (const [name, value] of list) value === undefined ? body.delete(name) : body.set(name, value)
    const members = [...body].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`)
    return `{${members.join(',')}}`
  })
}

describe.each(Object.keys(endpoints) as EndpointName[])('strict mode, %s', (name) => {
  const endpoint: Endpoint = endpoints[name]
  const schema = document.components.schemas[`${name.charAt(0).toUpperCase()}${name.slice(1)}Request`]
  const validate = ajv.compile(schema as object)
  const strict = compileValidator(endpoint, { strict: true, extraCards: [], rulesOff: new Set() })

  test('accepts exactly the bodies that openapi.yaml accepts', () => {
    let accepted = 0
    fc.assert(
      fc.property(bodies(endpoint), (text) => {
        const judged = validate(JSON.parse(text))
        if (judged) accepted++
        expect({ text, accepted: !isRefusal(strict(text)) }).toEqual({ text, accepted: judged })
      }),
      { numRuns: 3000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test.each(['[]', 'null', '"text"', '1', 'true', '[{}]'])('refuses %s, as openapi.yaml does', (text) => {
    expect(validate(JSON.parse(text))).toBe(false)
    expect(isRefusal(strict(text))).toBe(true)
  })
})

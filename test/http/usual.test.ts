import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Endpoint, requestSchema } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { compileUsual } from '../../src/http/usual.ts'

const names = Object.keys(endpoints) as EndpointName[]

/** Values on both sides of every limit that a field can have. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, '', ' ', 'Y', 'CARD', 'TC0ONETIME', '0123456789', 'T'.repeat(20), 'a1'.repeat(12), 'A1'.repeat(12)],
    ...[0, -0, 1, -1, 12, 13, 1.5, 2_147_483_647, 2_147_483_648, 1e21, Number.MAX_SAFE_INTEGER + 2],
    ...['x'.repeat(100), 'x'.repeat(101), '가'.repeat(100), '😀'.repeat(100), '😀'.repeat(5), '😀'.repeat(10)],
    ...['x'.repeat(200), 'x'.repeat(201), '\ud800', 'a\udc00b', '\u0000', '\u007f', '\u0085', '2200', '9'.repeat(20)],
    ...['https://a.example/b?c=d', 'http://', 'HTTPS://A', 'myapp://paid', 'JavaScript:alert(1)', 'http://a b', '//a'],
    ...[`https://a/${'x'.repeat(245)}`, `https://a/${'x'.repeat(246)}`, [], ['SHINHAN'], ['x'], {}, { a: 'b' }],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer(),
  fc.double(),
)

/** The documented example with up to three fields changed, taken away or added. */
const bodies = ({ request, example }: Endpoint) =>
  fc
    .array(fc.tuple(fc.constantFrom(...Object.keys(request), 'unknown', '__proto__'), fc.option(values)), {
      maxLength: 3,
    })
    .map((changes) => {
      const body = new Map(Object.entries(example.request))
      for (const [name, value] of changes) value === null ? body.delete(name) : body.set(name, value)
      // As a client sends it: `__proto__` is then a key like any other.
      return JSON.parse(`{${[...body].map(([n, v]) => `${JSON.stringify(n)}:${JSON.stringify(v)}`).join()}}`) as object
    })

describe('the quick yes to the usual body', () => {
  test.each(names)('%s: the documented example is usual', (name) => {
    expect(compileUsual(endpoints[name].request)({ ...endpoints[name].example.request })).toBe(true)
  })

  test.each(names)('%s: what is usual, zod accepts as it is', (name) => {
    const endpoint: Endpoint = endpoints[name]
    const usual = compileUsual(endpoint.request)
    const schema = requestSchema(endpoint)
    let accepted = 0
    fc.assert(
      fc.property(bodies(endpoint), (body) => {
        if (!usual(body as Record<string, unknown>)) return
        accepted++
        const judged = schema.safeParse(body)
        expect(judged.success).toBe(true)
        expect({ ...judged.data }).toEqual({ ...body })
      }),
      { numRuns: 2_000 },
    )
    // Without this the proof would also hold for a short cut that takes nobody.
    expect(accepted).toBeGreaterThan(200)
  })

  test('a schema it does not know is never usual', () => {
    const field = { ...endpoints.ready.request.item_name, schema: z.string().min(1) }
    expect(compileUsual({ item_name: field })({ item_name: 'a' })).toBe(false)
    expect(compileUsual({ item_name: { ...field, schema: z.unknown() } })({ item_name: 'a' })).toBe(false)
    expect(compileUsual({ item_name: { ...field, schema: z.number() } })({ item_name: 1 })).toBe(false)
  })
})

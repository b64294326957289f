import { once } from 'node:events'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { createMock, type RunningServer, startMock } from '../../src/index.ts'
import { order } from '../merchant.ts'

/** A sample in `npm test`. The seed stands still, so that a change is not blamed for what it did not do; KAKAOPAY_MOCK_FUZZ_SEED looks elsewhere. */
const FUZZ_MS = Number(process.env['KAKAOPAY_MOCK_FUZZ_MS'] ?? 500)
const SEED = Number(process.env['KAKAOPAY_MOCK_FUZZ_SEED'] ?? 1)

/** Runs are bounded by time; a failure names the seed, by which KAKAOPAY_MOCK_FUZZ_SEED plays it again. */
const bounded = { seed: SEED, numRuns: 10_000_000, interruptAfterTimeLimit: FUZZ_MS, markInterruptAsFailure: false }

const contracts = Object.values(endpoints) as Endpoint[]

/** Values near and far from what a field takes. */
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '2147483648',
    '1e3',
    '1.0',
    ' 1 ',
    'javascript:alert(1)',
    '\u0000',
    '\ud800',
    'TC0ONETIME',
  ),
  fc.array(fc.string(), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 5 }),
)

/** A documented example of a call with some fields replaced, removed or added. */
const mutated = fc.constantFrom(...contracts).chain((endpoint) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    changes: fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(endpoint.request)), fc.string()), value, {
      maxKeys: 4,
    }),
    removed: fc.subarray(Object.keys(endpoint.request), { maxLength: 2 }),
  }),
)

/** Every answer is JSON in KakaoPay's form, and never an internal error. */
const isProper = (status: number, body: unknown): boolean =>
  status === 200 ||
  (status >= 400 && status < 500 && Number.isInteger((body as { error_code?: unknown } | null)?.error_code))

test.each([false, true])(
  `bodies near the contract are answered or refused in KakaoPay’s form (strict: %s, seed ${SEED})`,
  async (strict) => {
    const errors: Error[] = []
    const mock = createMock({ strict, maxPayments: 500 }, { onError: (error) => errors.push(error) })
    await fc.assert(
      fc.asyncProperty(mutated, async ({ endpoint, changes, removed }) => {
        const kept = Object.entries({ ...endpoint.example.request, ...changes }).filter(
          ([name]) => !removed.includes(name),
        )
        const response = await mock.request(endpoint.path, {
          method: 'POST',
          headers: { authorization: 'SECRET_KEY DEV_FUZZ', 'content-type': 'application/json' },
          body: JSON.stringify(Object.fromEntries(kept)),
        })
        expect(isProper(response.status, await response.json())).toBe(true)
      }),
      bounded,
    )
    expect(errors).toEqual([])
  },
  FUZZ_MS + 20_000,
)

let server: RunningServer
const errors: Error[] = []

beforeAll(async () => {
  const overrides = { onError: (error: Error) => errors.push(error) }
  server = await startMock({ maxPayments: 500, requestTimeoutMs: 400 }, overrides)
})
afterAll(() => server.close())

/** Writes bytes and reads until the server closes or nothing comes for `patienceMs`. */
const exchange = async (bytes: Buffer, patienceMs = 30): Promise<string> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.setTimeout(patienceMs, () => socket.destroy())
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

const good = JSON.stringify(order)
const head = `POST ${endpoints.ready.path} HTTP/1.1\r\nHost: x\r\nAuthorization: SECRET_KEY DEV_FUZZ\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(good)}\r\n\r\n`

const closing = head.replace('Host: x', 'Host: x\r\nConnection: close')

/** A whole good request with some bytes replaced, removed or inserted. */
const spoiled = fc
  .array(
    fc.record({ at: fc.nat(head.length + good.length), remove: fc.nat(20), insert: fc.uint8Array({ maxLength: 12 }) }),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce(
      (bytes, { at, remove, insert }) => Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]),
      Buffer.from(head + good),
    ),
  )

/** Nothing, an answer that is no error of the server, or TLS's alert to a request that begins with TLS's first byte. */
const proper = /^$|^HTTP\/1\.1 [2-4]\d\d |^\cU\cC/

test(
  `spoiled bytes on a socket end no server and lose no later call (seed ${SEED})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoiled, { minLength: 8, maxLength: 16 }), async (requests) => {
        const answers = await Promise.all(requests.map((bytes) => exchange(bytes)))
        for (const answer of answers) expect(answer).toMatch(proper)
        expect(await exchange(Buffer.from(closing + good), 10_000)).toContain('HTTP/1.1 200 OK')
      }),
      bounded,
    )
    expect(errors).toEqual([])
  },
  FUZZ_MS + 20_000,
)

import { once } from 'node:events'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { type RunningServer, startMock } from '../../src/index.ts'
import { order } from '../merchant.ts'
import { bounded, LIMIT_MS, SEED } from './fuzzing.ts'

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
      bounded(150_000),
    )
    expect(errors).toEqual([])
  },
  LIMIT_MS,
)

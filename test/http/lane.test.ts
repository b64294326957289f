import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seededChance } from '../../src/chance.ts'
import { configure } from '../../src/config.ts'
import { readHead } from '../../src/http/head.ts'
import type { Lane } from '../../src/http/lane.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { order } from '../merchant.ts'

/** The same mock twice: behind the lane, and behind Node's reader alone. */
interface Street {
  mock: Mock
  server: Server
  port: number
  /** Requests that the lane took. */
  taken: number
}
const NOW = Date.UTC(2026, 10, 23, 3, 0, 0)
const streets: Street[] = []

const open = async (withLane: boolean): Promise<Street> => {
  const mock = createMock({ publicUrl: 'http://pay.test' }, { now: () => NOW, chance: seededChance('lane') })
  const street: Street = { mock, server: undefined as never, port: 0, taken: 0 }
  const counted: Lane = {
    take(bytes, socket) {
      const taken = mock.lane.take(bytes, socket)
      if (taken !== false) street.taken++
      return taken
    },
  }
  const limits = { ...configure(), requestTimeoutMs: 300 }
  street.server = createHttpServer(mock.listener, limits, withLane ? counted : undefined)
  street.server.listen(0, '127.0.0.1')
  await once(street.server, 'listening')
  street.port = (street.server.address() as AddressInfo).port
  return street
}
beforeEach(async () => {
  streets.push(await open(true), await open(false))
})
afterEach(() => {
  for (const { server } of streets.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Everything that a server says to these pieces of bytes, its date left out, until it has said nothing for a while or hung up. */
const say = async (port: number, pieces: readonly (string | Buffer)[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  const heard: Buffer[] = []
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  await once(socket, 'connect')
  for (const piece of pieces) {
    socket.write(piece)
    if (pieces.length > 1) await new Promise((done) => setTimeout(done, 4))
  }
  await quiet(socket, heard)
  socket.destroy()
  return Buffer.concat(heard).toString('latin1').replace(HEAD, sorted)
}

/** The adapter behind Node's reader writes the same headers in another order and case. */
const HEAD = /(HTTP\/1\.1 [^\r]*\r\n)((?:[^\r\n]+\r\n)*)\r\n/g
const sorted = (_: string, line: string, fields: string) => {
  const named = fields.replace(/^[^:]+/gm, (name) => name.toLowerCase())
  const kept = named.split('\r\n').filter((field) => field !== '' && !field.startsWith('date:'))
  return `${line}${kept.sort().join('\r\n')}\r\n\r\n`
}

/** Until the server hung up, or said nothing for a while after its last whole answer. */
const quiet = async (socket: Socket, heard: readonly Buffer[]) => {
  const isWhole = () => {
    const text = Buffer.concat(heard).toString('latin1')
    const last = [...text.matchAll(/content-length: (\d+)/gi)].at(-1)
    return last !== undefined && text.length - text.lastIndexOf('\r\n\r\n') - 4 >= Number(last[1])
  }
  const until = performance.now() + 1000
  for (let said = -1; !socket.destroyed && performance.now() < until; ) {
    if (said === heard.length && isWhole()) break
    said = heard.length
    await new Promise((done) => setTimeout(done, 10))
  }
}

const both = async (...pieces: (string | Buffer)[]) => {
  const [lane, node] = await Promise.all(streets.map(({ port }) => say(port, pieces)))
  return { lane, node }
}

/** A request's bytes. A header's value may be a list: then it is sent as often. */
const bytes = (over: Partial<Shape> = {}) => {
  const shape = { ...plain, ...over }
  const body = Buffer.from(shape.body)
  const lines = Object.entries({ 'Content-Length': String(body.length), ...shape.headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((v) => `${name}${shape.colon}${v}`),
  )
  return Buffer.concat([Buffer.from([shape.line, ...lines, '', ''].join(shape.end), 'latin1'), body])
}
interface Shape {
  readonly line: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string | Buffer
  readonly colon: string
  readonly end: string
}
const headers = {
  Host: '127.0.0.1:8585',
  Authorization: 'SECRET_KEY DEV_LANE',
  'Content-Type': 'application/json',
}
const plain: Shape = {
  line: 'POST /online/v1/payment/ready HTTP/1.1',
  headers,
  body: JSON.stringify(order),
  colon: ': ',
  end: '\r\n',
}
const lookup = JSON.stringify({ cid: 'TC0ONETIME', tid: 'T1234567890123456789' })
const orderLine = 'POST /online/v1/payment/order HTTP/1.1'

describe('the short way', () => {
  test('a plain call is taken, answered byte for byte as Node answers, and journaled alike', async () => {
    const { lane, node } = await both(bytes())
    expect(lane).toBe(node)
    expect(lane).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(streets.map((s) => s.taken)).toEqual([1, 0])
    const journals = await Promise.all(
      streets.map(async ({ mock }) => (await (await mock.request('/_mock/journal')).json()) as { entries: object[] }),
    )
    const [a, b] = journals.map(({ entries }) => ({ ...entries[0], id: '', duration_ms: 0 }))
    expect(a).toEqual(b)
  })

  test('a payment from ready to cancel stays in the lane, the payer too', async () => {
    const [street] = streets as [Street]
    const ask = async (path: string, body: object) => {
      const text = await say(street.port, [bytes({ line: `POST ${path} HTTP/1.1`, body: JSON.stringify(body) })])
      return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as Record<string, string>
    }
    const own = { cid: order.cid, partner_order_id: order.partner_order_id, partner_user_id: order.partner_user_id }
    const { tid } = await ask('/online/v1/payment/ready', order)
    const { pg_token } = await ask(`/_mock/payments/${tid}/payer`, { action: 'approve' })
    const { aid } = await ask('/online/v1/payment/approve', { ...own, tid, pg_token })
    expect(aid).toMatch(/^A[0-9a-f]{19}$/)
    const all = { cid: order.cid, tid, cancel_amount: order.total_amount, cancel_tax_free_amount: 0 }
    expect((await ask('/online/v1/payment/cancel', all))['status']).toBe('CANCEL_PAYMENT')
    expect((await ask('/online/v1/payment/order', { cid: order.cid, tid }))['status']).toBe('CANCEL_PAYMENT')
    expect(street.taken).toBe(5)
  })

  test.each<[string, Partial<Shape>]>([
    ['another method', { line: plain.line.replace('POST', 'PUT') }],
    ['another version', { line: plain.line.replace('1.1', '1.0') }],
    ['a query', { line: plain.line.replace('ready', 'ready?x=1') }],
    ['an absolute target', { line: plain.line.replace('/online', 'http://open-api.kakaopay.com/online') }],
    ['two spaces in the line', { line: plain.line.replace(' /', '  /') }],
    ['no Host', { headers: { ...headers, Host: undefined } }],
    ['a strange Host', { headers: { ...headers, Host: 'a b' } }],
    ['a Host with a port that cannot be', { headers: { ...headers, Host: 'localhost:99999' } }],
    ['no key', { headers: { ...headers, Authorization: undefined } }],
    ['two keys', { headers: { ...headers, Authorization: ['SECRET_KEY A', 'SECRET_KEY B'] } }],
    ['the retired scheme', { headers: { ...headers, Authorization: 'KakaoAK abc' } }],
    ['a form', { headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['gzip', { headers: { ...headers, 'Content-Encoding': 'gzip' } }],
    ['a last request', { headers: { ...headers, Connection: 'close' } }],
    ['an expectation', { headers: { ...headers, Expect: '100-continue' } }],
    ['another length beside it', { headers: { ...headers, 'content-length': '3' } }],
    ['bytes beyond ASCII in a header', { headers: { ...headers, 'X-Name': 'caf\u00e9' } }],
    ['a body that is not UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }],
    ['a line end alone', { end: '\n' }],
    ['a large head', { headers: { ...headers, 'X-Large': 'x'.repeat(5000) } }],
  ])('%s is not taken, and answered as Node’s own reader has it', async (_, over) => {
    const { lane, node } = await both(bytes(over))
    expect(lane).toBe(node)
    expect(streets[0]?.taken).toBe(0)
  })

  test('a request in pieces, two in one piece, and bytes after a whole one are Node’s to read', async () => {
    const one = bytes({ line: orderLine, body: lookup })
    for (const pieces of [
      [one.subarray(0, 40), one.subarray(40)],
      [one.subarray(0, one.length - 5), one.subarray(one.length - 5)],
      [Buffer.concat([one, one])],
      [one, Buffer.concat([one, one.subarray(0, 30)]), one.subarray(30), one],
      [one, 'garbage\r\n\r\n'],
      ['\r\n', one],
    ]) {
      const { lane, node } = await both(...pieces)
      expect(lane).toBe(node)
    }
  })

  test('an armed scenario sends calls the long way, where it can meet them', async () => {
    const [street] = streets as [Street]
    const arm = { do: { fault: 'refuse', refusal: 'maintenance' }, match: { call: 'order' } }
    const armed = await street.mock.request('/_mock/scenarios', { method: 'POST', body: JSON.stringify(arm) })
    expect(armed.status).toBe(201)
    await say(street.port, [bytes({ line: orderLine, body: lookup })])
    expect(street.taken).toBe(0)
    await street.mock.request('/_mock/scenarios', { method: 'DELETE' })
  })

  test('a page of another origin gets nothing from the payer’s call', async () => {
    const line = 'POST /_mock/payments/T1234567890123456789/payer HTTP/1.1'
    for (const extra of [{ Origin: 'http://evil.test' }, { 'Sec-Fetch-Site': 'cross-site' }, { Host: 'evil.test' }]) {
      const { lane, node } = await both(
        bytes({ line, body: '{"action":"approve"}', headers: { ...headers, ...extra } }),
      )
      expect(lane).toBe(node)
      expect(lane).toMatch(/^HTTP\/1\.1 403 /)
    }
    expect(streets[0]?.taken).toBe(0)
  })

  test('the payer’s call has the headers of everything under /_mock', async () => {
    for (const body of ['{"action":"approve"}', '{"action":', 'null']) {
      const { lane, node } = await both(
        bytes({ line: 'POST /_mock/payments/T1234567890123456789/payer HTTP/1.1', body }),
      )
      expect(lane).toBe(node)
      expect(lane).toMatch(/\r\nx-content-type-options: nosniff\r\n/)
    }
    expect(streets[0]?.taken).toBe(3)
  })

  test.each(['localhost', 'open-api.kakaopay.com', '127.0.0.1:80', '127.0.0.1:54321', '127.0.0.1:65499'])(
    'a call to %s is taken',
    async (Host) => {
      const { lane, node } = await both(bytes({ line: orderLine, body: lookup, headers: { ...headers, Host } }))
      expect(lane).toBe(node)
      expect(streets[0]?.taken).toBe(1)
    },
  )

  test('a connection that says nothing is told so in KakaoPay’s form', async () => {
    const [street] = streets as [Street]
    const socket = connect(street.port, '127.0.0.1')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 .*"request was not complete within 300 ms!"\}$/s)
  })

  test('half a connection still gets its answer, and idle ones end with the server', async () => {
    const mock = createMock()
    const server = createHttpServer(mock.listener, configure(), mock.lane)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const half = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    half.end(bytes({ line: orderLine, body: lookup }))
    const [answer] = (await once(half, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /)
    await once(half, 'end')
    const idle = connect(port, '127.0.0.1')
    idle.on('error', () => {})
    await once(idle, 'connect')
    await new Promise((done) => setTimeout(done, 5))
    const ended = once(server, 'close')
    server.close()
    await ended
  })
})

describe('readHead', () => {
  const token = fc.constantFrom('Accept', 'X-A', 'x-a', 'Connection', 'TE', 'User-Agent', 'X_A', 'Ä', '')
  const value = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('keep-alive', 'Keep-Alive', 'close', 'chunked', ' x', 'x ', '\tx', 'a b', ''),
  )
  const clean = (text: string) => text.replace(/[\r\n]/g, '')

  test('what the lane takes, it answers as Node’s reader has it: generated heads and bodies', async () => {
    const request = fc.record({
      line: fc.constantFrom(orderLine, orderLine, orderLine, `${orderLine} `, orderLine.toLowerCase()),
      colon: fc.constantFrom(': ', ': ', ':', ' :', ':  '),
      extra: fc.array(fc.tuple(token, value), { maxLength: 3 }),
      body: fc.oneof(fc.constant(lookup), fc.string({ maxLength: 30, unit: 'binary' }), fc.json({ maxDepth: 2 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 2 }), async (requests) => {
        const pieces = requests.map(({ line, colon, extra, body }) =>
          bytes({
            line,
            colon,
            body,
            headers: { ...headers, ...Object.fromEntries(extra.map(([n, v]) => [n, clean(v)])) },
          }),
        )
        const { lane, node } = await both(...pieces)
        expect(lane).toBe(node)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  test('keeps names and values as they were sent', () => {
    expect(readHead(`${plain.line}\r\nHost: a\r\nX-Shop: My Shop\r\nContent-Length: 2`)).toEqual({
      path: '/online/v1/payment/ready',
      host: 'a',
      length: 2,
      raw: ['Host', 'a', 'X-Shop', 'My Shop', 'Content-Length', '2'],
      values: new Map([
        ['host', 'a'],
        ['x-shop', 'My Shop'],
        ['content-length', '2'],
      ]),
    })
  })
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../../contracts/index.ts'
import { type RunningServer, startMock } from '../../src/index.ts'
import { KEY, order } from '../merchant.ts'

let server: RunningServer
let port: number
const errors: Error[] = []

beforeAll(async () => {
  server = await startMock({ requestTimeoutMs: 400 }, { onError: (error) => errors.push(error) })
  port = Number(new URL(server.url).port)
})
afterAll(() => server.close())

/** Writes bytes to a socket of its own and reads until the server closes or the answer is whole. */
const raw = async (...parts: (string | Buffer)[]): Promise<{ status: number; type: string; body: unknown }> => {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const whole = () => {
    const [head = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    return Buffer.byteLength(body) >= length ? { head, body } : undefined
  }
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    if (whole()) socket.destroy()
  })
  for (const part of parts) socket.write(part)
  await once(socket, 'close')
  const { head, body } = whole() ?? { head: Buffer.concat(chunks).toString(), body: 'null' }
  return {
    status: Number(head.split(' ')[1]),
    type: /content-type: ([^\r]+)/i.exec(head)?.[1] ?? '',
    body: JSON.parse(body),
  }
}

const request = (body: string | Buffer, headers = '', line = `POST ${endpoints.ready.path} HTTP/1.1`) =>
  raw(
    `${line}\r\nHost: open-api.kakaopay.com\r\nAuthorization: SECRET_KEY ${KEY}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`,
    body,
  )

const refusal = (status: number, error_code: number, message: string | RegExp) => ({
  status,
  type: 'application/json;charset=UTF-8',
  body: { error_code, error_message: typeof message === 'string' ? message : expect.stringMatching(message) },
})

describe('bad input over a socket is refused in KakaoPay’s form', () => {
  const json = JSON.stringify(order)

  test('a good call is answered, whatever Host it names', async () => {
    expect((await request(json)).status).toBe(200)
  })

  test('2 MB of JSON', async () => {
    expect(await request(JSON.stringify({ ...order, padding: 'x'.repeat(2_000_000) }))).toEqual(
      refusal(413, -2, 'invalid param(body is larger than 262144 bytes)'),
    )
  })

  test('2 MB in chunks, without a Content-Length', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const answer = await raw(
      `POST ${endpoints.ready.path} HTTP/1.1\r\nHost: a\r\nAuthorization: SECRET_KEY k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      ...Array.from({ length: 32 }, () => chunk),
      '0\r\n\r\n',
    )
    expect(answer).toEqual(refusal(413, -2, 'invalid param(body is larger than 262144 bytes)'))
  })

  test.each([
    ['100,000 nested arrays', '['.repeat(100_000), /^invalid param\(body is not well-formed JSON/],
    [
      'nesting that is well formed, in a field nobody reads',
      `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      "cid can't be null.",
    ],
    [
      'nesting in a field that is read',
      `${json.slice(0, -1)},"available_cards":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      /^invalid param\(available_cards\[0\] must be one of SHINHAN,/,
    ],
    ['a number of 400 digits', json.replace('2200', '9'.repeat(400)), 'invalid param(total_amount must be an integer)'],
    [
      'a text of 400 digits for a number',
      json.replace('2200', `"${'9'.repeat(400)}"`),
      'invalid param(total_amount must be an integer)',
    ],
    ['−1', json.replace('2200', '-1'), 'invalid param(total_amount must be 0 or more)'],
    [
      'a lone surrogate',
      json.replace('초코파이', '\\ud800'),
      'invalid param(item_name must not have control characters or broken surrogates)',
    ],
    [
      'NUL',
      json.replace('초코파이', '\\u0000'),
      'invalid param(item_name must not have control characters or broken surrogates)',
    ],
    [
      'a control character',
      json.replace('초코파이', '\\u001b[31m'),
      'invalid param(item_name must not have control characters or broken surrogates)',
    ],
    [
      'constructor and __proto__ instead of fields',
      '{"__proto__":{"cid":"TC0ONETIME"},"constructor":{"prototype":{"cid":"TC0ONETIME"}}}',
      "cid can't be null.",
    ],
    [
      'a script for a redirect',
      json.replace('https://developers.kakao.com/success', 'javascript:alert(1)'),
      /^invalid param\(approval_url must not use the schemes/,
    ],
  ])('%s', async (_, body, message) => {
    expect(await request(body)).toEqual(refusal(400, -2, message))
  })

  test('0, −0 and duplicate keys are ordinary JSON: the last key counts', async () => {
    expect((await request(json.replace('"tax_free_amount":0', '"tax_free_amount":-0'))).status).toBe(200)
    expect(await request(json.replace('"quantity":1', '"quantity":1,"quantity":0'))).toEqual(
      refusal(400, -2, 'invalid param(quantity must be 1 or more)'),
    )
    expect((await request(json.replace('"quantity":1', '"quantity":0,"quantity":1'))).status).toBe(200)
  })

  test('10,000 unknown fields and __proto__ beside a good body are ignored', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`unknown_${i}`, i]))
    expect((await request(JSON.stringify({ ...order, ...many }))).status).toBe(200)
    expect((await request(`${json.slice(0, -1)},"__proto__":{"polluted":true},"constructor":1}`)).status).toBe(200)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('a gzip’d body, with and without its header', async () => {
    const zipped = gzipSync(json)
    expect(await request(zipped, 'Content-Encoding: gzip\r\n')).toEqual(
      refusal(400, -2, 'invalid param(body has Content-Encoding gzip. send it uncompressed)'),
    )
    expect(await request(zipped)).toEqual(refusal(400, -2, 'invalid param(body is not UTF-8)'))
  })

  test.each([
    '//online/v1/payment/ready',
    '/online/v1/./payment/ready',
    '/online/v1/x/../payment/ready',
    '/online/v1/payment/%2e/ready',
    '/online/v1/payment/ready/',
    '/online/v1/payment\\ready',
    '/online/v1/payment/ready%00',
  ])('the path %s', async (path) => {
    const answer = await request(json, '', `POST ${path} HTTP/1.1`)
    expect(answer.status === 404 || answer.status === 400).toBe(true)
    expect(answer.body).toEqual({ error_code: answer.status === 404 ? -404 : -400, error_message: expect.any(String) })
  })

  test('a broken Host, and bytes that are not HTTP', async () => {
    expect(await raw(`POST ${endpoints.ready.path} HTTP/1.1\r\nHost: a b\r\nContent-Length: 0\r\n\r\n`)).toEqual(
      refusal(400, -400, 'malformed HTTP request!'),
    )
    expect(await raw('\u0017\u0003\u0001\u0000garbage\r\n\r\n')).toEqual(refusal(400, -400, 'malformed HTTP request!'))
  })

  test('a header of 1 MB', async () => {
    expect(await request(json, `X-Large: ${'x'.repeat(1_000_000)}\r\n`)).toEqual(
      refusal(431, -400, 'request header is larger than 16384 bytes!'),
    )
  })

  test('half a body and then silence', async () => {
    const answer = await raw(
      `POST ${endpoints.ready.path} HTTP/1.1\r\nHost: a\r\nAuthorization: SECRET_KEY k\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"cid":`,
    )
    expect(answer).toEqual(refusal(408, -400, 'request was not complete within 400 ms!'))
  })

  test('half a body and then a hang-up leaves the server well', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST ${endpoints.ready.path} HTTP/1.1\r\nHost: a\r\nAuthorization: SECRET_KEY k\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"cid":`,
    )
    await once(socket, 'connect')
    socket.destroy()
    await once(socket, 'close')
    expect((await request(json)).status).toBe(200)
  })

  test('none of it was an error of our own', () => {
    expect(errors).toEqual([])
  })
})

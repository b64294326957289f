import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '../../contracts/endpoint.ts'
import { endpoints } from '../../contracts/index.ts'
import { type RunningServer, startServer } from '../../src/server.ts'
import { KEY, order } from '../merchant.ts'

const HOST = 'open-api.kakaopay.com'

interface Sent {
  readonly title: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

interface Answered {
  readonly status: number
  readonly type: string | null
  readonly body: string
}

const dir = mkdtempSync(join(tmpdir(), 'transports-'))
let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, https: 0, proxy: 0, caDir: dir, publicUrl: 'http://mock.test' })
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true, force: true })
})

const read = async (response: IncomingMessage): Promise<Answered> => {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
  return {
    status: response.statusCode ?? 0,
    type: response.headers['content-type'] ?? null,
    body: Buffer.concat(chunks).toString(),
  }
}

const exchange = (request: http.ClientRequest, body: Buffer): Promise<Answered> =>
  new Promise((resolve, reject) => {
    request.once('response', (response) => read(response).then(resolve, reject))
    request.once('error', reject)
    request.end(body)
  })

const withLength = ({ headers, body }: Sent, host: string) => ({ ...headers, host, 'content-length': body.length })

/** The ways in. Each sends the same bytes of method, path, headers and body. */
const transports: Readonly<Record<string, (sent: Sent) => Promise<Answered>>> = {
  plain: (sent) =>
    exchange(
      http.request(server.url, { method: sent.method, path: sent.path, agent: false, headers: withLength(sent, HOST) }),
      sent.body,
    ),
  https: (sent) =>
    exchange(
      https.request(server.https ?? '', {
        method: sent.method,
        path: sent.path,
        agent: false,
        servername: HOST,
        ca: readFileSync(server.paths?.ca ?? ''),
        headers: withLength(sent, HOST),
      }),
      sent.body,
    ),
  'the proxy, absolute form': (sent) =>
    exchange(
      http.request(server.proxy ?? '', {
        method: sent.method,
        path: `https://${HOST}${sent.path}`,
        agent: false,
        headers: withLength(sent, HOST),
      }),
      sent.body,
    ),
  'mock.fetch': async (sent) => {
    const response = await server.mock.fetch(
      new Request(`https://${HOST}${sent.path}`, {
        method: sent.method,
        headers: sent.headers,
        ...(sent.method === 'GET' ? {} : { body: new Uint8Array(sent.body) }),
      }),
    )
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  },
}

const documentedHeaders = { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json' }

const ready = (title: string, change: Partial<Sent>): Sent => ({
  title,
  method: 'POST',
  path: endpoints.ready.path,
  headers: documentedHeaders,
  body: Buffer.from(JSON.stringify(order)),
  ...change,
})

const without = (name: string) => Object.fromEntries(Object.entries(documentedHeaders).filter(([key]) => key !== name))

const requests: readonly Sent[] = [
  ...(Object.values(endpoints) as Endpoint[]).flatMap(({ name, path, example }): Sent[] => [
    ready(`${name}, the documented example`, { path, body: Buffer.from(JSON.stringify(example.request)) }),
    ready(`${name}, an empty object`, { path, body: Buffer.from('{}') }),
    ready(`${name}, every field a list`, {
      path,
      body: Buffer.from(JSON.stringify(Object.fromEntries(Object.keys(example.request).map((field) => [field, []])))),
    }),
  ]),
  ready('without Authorization', { headers: without('authorization') }),
  ready('with another scheme', { headers: { ...documentedHeaders, authorization: 'KakaoAK 1234' } }),
  ready('without Content-Type', { headers: without('content-type') }),
  ready('with another charset', {
    headers: { ...documentedHeaders, 'content-type': 'application/json; charset=euc-kr' },
  }),
  ready('compressed, it says', { headers: { ...documentedHeaders, 'content-encoding': 'gzip' } }),
  ready('no JSON', { body: Buffer.from('{"cid":') }),
  ready('nothing', { body: Buffer.alloc(0) }),
  ready('a list', { body: Buffer.from('[]') }),
  ready('not UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }),
  ready('larger than the limit', { body: Buffer.alloc(300_000, 0x20) }),
  ready('another path', { path: '/online/v1/payment/readyy' }),
  ready('a path with two slashes', { path: '//online/v1/payment/ready' }),
  ready('another method', { method: 'PUT' }),
  ready('a query', { path: `${endpoints.ready.path}?x=1` }),
]

/** Ids and instants differ from call to call. */
const comparable = ({ body, ...rest }: Answered) => ({
  ...rest,
  body: body
    .replace(/\b[TAS][0-9a-f]{19}\b/g, 'ID')
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g, 'INSTANT'),
})

test.each(requests)('$title: answered alike on every way in', async (sent) => {
  const answers = Object.entries(transports).map(async ([name, send]) => [name, comparable(await send(sent))] as const)
  const [[, first], ...others] = (await Promise.all(answers)) as [[string, Answered], ...[string, Answered][]]
  expect(others).toEqual(others.map(([name]) => [name, first]))
})

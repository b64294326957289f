import { spawn } from 'node:child_process'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import schema from '../../fixtures/fixture.schema.json' with { type: 'json' }
import { createMock } from '../../src/mock.ts'
import { startServer } from '../../src/server.ts'
import { control } from '../control/control.ts'
import { paid } from '../flow.ts'
import { call, KEY, order, send } from '../merchant.ts'
import { needs } from '../needs.ts'

const newest = async (mock: ReturnType<typeof createMock>): Promise<string> =>
  (await control(mock).get('journal?limit=1')).body.entries[0].id

test('a call as curl says the same to the same server, with $SECRET_KEY in the place of the key', async () => {
  const mock = createMock({ publicUrl: 'http://127.0.0.1:1' })
  await send(mock, 'ready', JSON.stringify({ ...order, item_name: "it's $HOME `x`" }))
  const { body } = await control(mock).get(`journal/${await newest(mock)}?as=curl`)
  expect(body).toBe(
    [
      "curl -i -X POST 'http://127.0.0.1:1/online/v1/payment/ready' \\",
      '  -H "Authorization: SECRET_KEY $SECRET_KEY" \\',
      "  -H 'content-type: application/json' \\",
      `  --data-binary '${JSON.stringify({ ...order, item_name: "it's $HOME `x`" }).replaceAll("'", `'\\''`)}'`,
      '',
    ].join('\n'),
  )
})

test.skipIf(!needs('curl'))('and a shell that runs it is understood', async () => {
  const { mock, close } = await startServer({ port: 0 })
  const body = JSON.stringify({ ...order, item_name: "it's $HOME `x` \\ 초코" })
  await send(mock, 'ready', body)
  const { body: command } = await control(mock).get(`journal/${await newest(mock)}?as=curl`)
  await new Promise((done) =>
    spawn('sh', ['-c', command], { env: { ...process.env, SECRET_KEY: KEY } }).on('close', done),
  )
  const { entries } = (await control(mock).get('journal')).body
  expect(entries.map((e: { request: { body: string } }) => e.request.body)).toEqual([body, body])
  expect(entries[0].response.status).toBe(200)
  await close()
})

test('a call as HAR 1.2', async () => {
  const mock = createMock({ publicUrl: 'http://127.0.0.1:1' })
  const answer = await (await send(mock, 'ready', JSON.stringify(order))).text()
  const { body } = await control(mock).get(`journal/${await newest(mock)}?as=har`)
  expect(JSON.stringify(body)).not.toContain(KEY)
  expect(body.log).toMatchObject({ version: '1.2', creator: { name: 'kakaopay-mock' } })
  const [entry] = body.log.entries
  expect(entry.request).toEqual({
    method: 'POST',
    url: 'http://127.0.0.1:1/online/v1/payment/ready',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [
      { name: 'authorization', value: 'SECRET_KEY DEV…1234' },
      { name: 'content-type', value: 'application/json' },
    ],
    queryString: [],
    headersSize: -1,
    bodySize: Buffer.byteLength(JSON.stringify(order)),
    postData: { mimeType: 'application/json', text: JSON.stringify(order) },
  })
  expect(entry.response).toMatchObject({ status: 200, content: { text: answer } })
  expect(entry.timings.wait).toBe(entry.time)
})

test('a call as a fixture, with the calls of its payment before it, follows the fixtures’ schema', async () => {
  const mock = createMock()
  const { tid } = await paid(mock)
  await call(mock, 'cancel', { cid: order.cid, tid, cancel_amount: 9999, cancel_tax_free_amount: 0 })
  const { body } = await control(mock).get(`journal/${await newest(mock)}?as=fixture`)
  const validate = new Ajv2020({ strict: false }).compile(schema)
  expect({ valid: validate(body), errors: validate.errors }).toEqual({ valid: true, errors: null })
  const { steps } = body.base
  expect(steps.map((s: { call?: string; payer?: string }) => s.call ?? s.payer)).toEqual([
    'ready',
    'approve',
    'approve',
    'cancel',
  ])
  expect(steps[0].keep).toEqual({ tid: '/tid' })
  expect(steps[2].send).toMatchObject({ tid: '{{tid}}', pg_token: '{{pg_token}}' })
  expect(steps[3].expect).toMatchObject({ status: 400, body: { error_code: -711 } })
  expect(JSON.stringify(body)).not.toContain(tid)
})

test('an entry that is not there', async () => {
  const { status, body } = await control(createMock()).get('journal/01M83WJJ99BJ5WJ2KP34Z5CP8A')
  expect(status).toBe(404)
  expect(body.error_message).toMatch(/^there is no entry 01M83WJJ99BJ5WJ2KP34Z5CP8A/)
})

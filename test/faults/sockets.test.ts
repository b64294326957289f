import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningServer, startMock } from '../../src/index.ts'
import type { Mock } from '../../src/mock.ts'
import { control } from '../control/control.ts'
import { approval, authenticated } from '../flow.ts'
import { KEY } from '../merchant.ts'

let mock: Mock
let server: RunningServer
let port: string

beforeEach(async () => {
  server = await startMock()
  mock = server.mock
  port = new URL(server.url).port
})
afterEach(() => server.close())

interface Heard {
  readonly status: number | undefined
  readonly pieces: readonly string[]
  readonly error: string | undefined
}

/** What a plain client hears. */
const approve = (tid: string, pg_token: string, onRequest = (_close: () => void) => {}) =>
  new Promise<Heard>((done) => {
    const headers = { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json', connection: 'keep-alive' }
    const path = '/online/v1/payment/approve'
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent: false }, (response) => {
      const pieces: string[] = []
      const end = (error?: string) => done({ status: response.statusCode, pieces, error })
      response.on('data', (piece) => pieces.push(String(piece)))
      response.on('end', () => end())
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => done({ status: undefined, pieces: [], error: error.code }))
    sent.end(JSON.stringify(approval(tid, pg_token)))
    onRequest(() => sent.destroy())
  })

const armed = async (fault: Record<string, unknown>) => {
  const { tid, pg_token } = await authenticated(mock)
  await control(mock).post('faults', { match: { call: 'approve' }, do: fault })
  return { tid, pg_token }
}
const stateOf = async (tid: string) => (await control(mock).get(`payments/${tid}`)).body.status

describe('on a real connection', () => {
  test.each([
    ['commit-then-drop', 'SUCCESS_PAYMENT'],
    ['drop-before-commit', 'AUTH_PASSWORD'],
  ])('%s hangs up without a byte', async (fault, status) => {
    const { tid, pg_token } = await armed({ fault })
    expect(await approve(tid, pg_token)).toEqual({ status: undefined, pieces: [], error: 'ECONNRESET' })
    expect(await stateOf(tid)).toBe(status)
  })

  test('commit-then-hang says nothing, then hangs up; the money moved long before', async () => {
    const { tid, pg_token } = await armed({ fault: 'commit-then-hang', ms: 50 })
    expect(await approve(tid, pg_token)).toEqual({ status: undefined, pieces: [], error: 'ECONNRESET' })
    expect(await stateOf(tid)).toBe('SUCCESS_PAYMENT')
  })

  test('a client that gives up during the hang sets the server free', async () => {
    const { tid, pg_token } = await armed({ fault: 'commit-then-hang' })
    let close = () => {}
    const heard = approve(tid, pg_token, (c) => {
      close = c
    })
    while ((await stateOf(tid)) !== 'SUCCESS_PAYMENT') await new Promise((done) => setImmediate(done))
    close()
    expect((await heard).error).toBe('ECONNRESET')
    const { body } = await control(mock).get('journal/wait?call=approve&timeout=5s')
    expect(body.entries[0].response).toEqual({ status: null, body: null, delivered: false })
  })

  test('a client that gives up before a late answer was not told, and the audit says so', async () => {
    const { tid, pg_token } = await armed({ fault: 'latency', fixed: '10s' })
    let close = () => {}
    const heard = approve(tid, pg_token, (c) => {
      close = c
    })
    const fired = async () => (await control(mock).get('faults')).body.faults[0].fired
    while ((await fired()) === 0) await new Promise((done) => setImmediate(done))
    close()
    expect((await heard).error).toBe('ECONNRESET')
    const { body } = await control(mock).get('journal/wait?call=approve&timeout=5s')
    expect(body.entries[0].response).toMatchObject({ status: 200, delivered: false })
    const { findings } = (await control(mock).get('audit')).body
    expect(findings[0].verdicts.map((v: { name: string }) => v.name)).toEqual(['answer-lost'])
  })

  test('slow-drip sends the whole answer in pieces', async () => {
    const { tid, pg_token } = await armed({ fault: 'slow-drip', bytes: 100, ms: 5 })
    const { status, pieces } = await approve(tid, pg_token)
    expect(status).toBe(200)
    expect(pieces.length).toBeGreaterThan(3)
    expect(JSON.parse(pieces.join(''))).toMatchObject({ tid })
    const { body } = await control(mock).get('journal/wait?call=approve&timeout=5s')
    expect(body.entries[0].response).toMatchObject({ status: 200, delivered: true })
  })

  test('a client that hangs up between the pieces of slow-drip was not told', async () => {
    const { tid, pg_token } = await armed({ fault: 'slow-drip', bytes: 10, ms: 20 })
    let close = () => {}
    const heard = approve(tid, pg_token, (c) => {
      close = c
    })
    while ((await stateOf(tid)) !== 'SUCCESS_PAYMENT') await new Promise((done) => setImmediate(done))
    close()
    await heard
    const { body } = await control(mock).get('journal/wait?call=approve&timeout=5s')
    expect(body.entries[0].response).toMatchObject({ status: 200, delivered: false })
  })

  test('garble sends half of it, as if it were whole', async () => {
    const { tid, pg_token } = await armed({ fault: 'garble' })
    const { status, pieces, error } = await approve(tid, pg_token)
    expect({ status, error }).toEqual({ status: 200, error: undefined })
    expect(() => JSON.parse(pieces.join(''))).toThrow(SyntaxError)
  })
})

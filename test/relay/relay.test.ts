import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { expand } from '../../src/kit/expand.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { checkServer } from '../../src/kit/server.ts'
import { inProcess } from '../../src/kit/target.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { createDeviations, MAX_DEVIATIONS } from '../../src/relay/deviations.ts'
import { serve } from '../checkout/browser.ts'
import { approval, cancelation, payer } from '../flow.ts'
import { call, KEY, order, send } from '../merchant.ts'

type Json = Record<string, unknown>

/** Plays the real service: a mock on a port of its own, whose answers are changed. */
const realService = async (change: (call: string, status: number, body: Json) => { status: number; body: Json }) => {
  const mock = createMock({ redirects: 'real' })
  const asked: string[] = []
  const server = await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = request.url ?? ''
    asked.push(path)
    const answer = await mock.request(path, {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body: Buffer.concat(chunks),
    })
    const changed = change(path.split('/').at(-1) ?? '', answer.status, (await answer.json()) as Json)
    response.writeHead(changed.status, { 'content-type': 'application/json;charset=UTF-8' })
    response.end(JSON.stringify(changed.body))
  })
  closers.push(server.close)
  return { mock, asked, url: server.url }
}

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const asItIs = (_call: string, status: number, body: Json) => ({ status, body })

const deviationsOf = async (mock: Mock) => {
  const { deviations } = (await (await mock.request('/_mock/deviations')).json()) as { deviations: Json[] }
  return deviations.map(({ call: name, rule, at, expected, actual, count }) => ({
    name,
    rule,
    at,
    expected,
    actual,
    count,
  }))
}

/** A whole payment through the relay, the payer at the real service, and three requests that this mock would refuse. */
const trade = async (relay: Mock, real: Mock) => {
  const ready = await call(relay, 'ready', order)
  const tid = String(ready.body['tid'])
  const { pg_token } = await payer(real, tid, 'approve')
  const approved = await call(relay, 'approve', approval(tid, pg_token))
  await call(relay, 'order', { cid: order.cid, tid })
  await call(relay, 'cancel', cancelation(tid, 700))
  await call(relay, 'order', { cid: order.cid, tid: 'T0000000000000000000' })
  await call(relay, 'ready', { ...order, item_name: 'x'.repeat(101) })
  await call(relay, 'ready', { ...order, quantity: undefined })
  return { tid, approved, ready }
}

describe('serve --relay', () => {
  test('passes calls on, answers what came back, and journals them; a service like ours deviates nowhere', async () => {
    const real = await realService(asItIs)
    const relay = createMock({ relay: real.url })
    const { tid, ready, approved } = await trade(relay, real.mock)
    expect(ready.body['next_redirect_pc_url']).toMatch(/^https:\/\/online-payment\.kakaopay\.com\//)
    expect(approved.body).toMatchObject({ tid, amount: { total: 2200 } })
    expect((await real.mock.store.find(tid))?.status).toBe('PART_CANCEL_PAYMENT')
    expect(await relay.store.find(tid)).toBeUndefined()
    expect(await deviationsOf(relay)).toEqual([])
    const { entries } = (await (await relay.request(`/_mock/journal?tid=${tid}`)).json()) as { entries: Json[] }
    expect(entries.map((entry) => entry['call'])).toEqual(['cancel', 'order', 'approve', 'ready'])
    expect(real.asked).toHaveLength(7)
  })

  test('of a service with five known differences exactly these five are told', async () => {
    const real = await realService((name, status, body) => {
      if (name === 'ready' && body['error_message'] === "quantity can't be null.")
        return { status, body: { error_code: -400, error_message: 'quantity is missing' } }
      if (name === 'ready' && status !== 200) return { status: 200, body: readyAnswer }
      if (name === 'approve') return { status, body: { ...body, point_card: 'x' } }
      if (name === 'cancel') return { status, body: { ...body, quantity: '1' } }
      if (name === 'order' && status !== 200) return { status, body: { ...body, error_message: 'no such tid' } }
      return { status, body }
    })
    const readyAnswer = (await call(real.mock, 'ready', order)).body
    const relay = createMock({ relay: real.url })
    await trade(relay, real.mock)
    expect(await deviationsOf(relay)).toEqual([
      {
        name: 'approve',
        rule: 'answer.no-other-keys',
        at: 'body.point_card',
        expected: 'no undocumented key',
        actual: '"x"',
        count: 1,
      },
      {
        name: 'cancel',
        rule: 'answer.shape',
        at: 'body.quantity',
        expected: 'expected number, received string',
        actual: '"1"',
        count: 1,
      },
      {
        name: 'order',
        rule: 'tid-unknown',
        at: 'body.error_message',
        expected: 'tid does not exist!',
        actual: 'no such tid',
        count: 1,
      },
      {
        name: 'ready',
        rule: 'ready.item_name.max',
        at: 'request',
        expected: 'refused with -2',
        actual: 'accepted',
        count: 1,
      },
      {
        name: 'ready',
        rule: 'ready.quantity.required',
        at: 'body.error_code',
        expected: '-2',
        actual: '-400',
        count: 1,
      },
    ])
  })

  test('nothing is retried: where no answer comes, the connection is closed', async () => {
    let asked = 0
    const server = await serve((request) => {
      asked++
      request.socket.destroy()
    })
    closers.push(server.close)
    const relay = createMock({ relay: server.url })
    await expect(call(relay, 'ready', order)).rejects.toThrow('fetch failed')
    expect(asked).toBe(1)
  })

  test('a live key is refused unless it is allowed', async () => {
    const real = await realService(asItIs)
    const headers = { authorization: `SECRET_KEY PRD${KEY.slice(3)}` }
    const refused = await call(createMock({ relay: real.url }), 'ready', order, headers)
    expect(refused.status).toBe(401)
    expect(String(refused.body['error_message'])).toContain('--relay-live')
    const shouted = { authorization: `SECRET_KEY  prd${KEY.slice(3)}` }
    expect((await call(createMock({ relay: real.url }), 'ready', order, shouted)).status).toBe(401)
    expect(real.asked).toEqual([])
    expect((await call(createMock({ relay: real.url, relayLive: true }), 'ready', order, headers)).status).toBe(200)
  })

  test('--record keeps flows without keys, names and card data, which check runs again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-relay-'))
    closers.push(async () => rmSync(folder, { recursive: true }))
    const file = join(folder, 'recorded.json')
    const real = await realService(asItIs)
    const { tid } = await trade(createMock({ relay: real.url, record: file }), real.mock)
    const text = readFileSync(file, 'utf8')
    for (const secret of [KEY, tid, '초코파이', 'partner_user_id": "partner', 'developers.kakao.com', '111111'])
      expect(text).not.toContain(secret)
    const flows = expand(JSON.parse(text), 'recorded.json')
    expect(flows).toHaveLength(4)
    const target = inProcess({
      serve: (config) => createMock(config).fetch,
      payer: controlPayer,
      controlled: true,
    })
    const results = await checkServer(flows, target)
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(flows.map(({ id }) => [id, 'passed']))
  })

  test('a recorded subscription is one flow: its sid and later payments are kept by name, unknown fields lose their value', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-relay-'))
    closers.push(async () => rmSync(folder, { recursive: true }))
    const file = join(folder, 'recorded.json')
    const real = await realService((_call, status, body) =>
      body['error_code'] === -706
        ? { status, body: { ...body, error_message: 'order-홍길동 is wrong' } }
        : { status, body },
    )
    const relay = createMock({ relay: real.url, record: file })
    const cid = 'TCSUBSCRIP'
    const ready = await call(relay, 'ready', { ...order, cid, buyer_name: '홍길동' })
    const tid = String(ready.body['tid'])
    const { pg_token } = await payer(real.mock, tid, 'approve')
    const wrong = { ...approval(tid, pg_token), cid, partner_order_id: 'order-홍길동' }
    const refused = await call(relay, 'approve', wrong)
    const { sid } = (await call(relay, 'approve', { ...approval(tid, pg_token), cid })).body
    const { partner_user_id } = order
    const charge = {
      cid,
      sid,
      partner_order_id: 'o2',
      partner_user_id,
      quantity: 1,
      total_amount: 1100,
      tax_free_amount: 0,
    }
    const later = await call(relay, 'subscription', charge)
    await call(relay, 'order', { cid, tid: later.body['tid'] })
    await call(relay, 'inactive', { cid, sid })
    await call(relay, 'approve', approval('T0000000000000000000', 'secret-token'))
    expect(refused.status).toBe(400)
    const text = readFileSync(file, 'utf8')
    for (const secret of ['홍길동', tid, String(sid), String(later.body['tid']), 'secret-token'])
      expect(text).not.toContain(secret)
    const flows = expand(JSON.parse(text), 'recorded.json')
    expect(flows.map(({ steps }) => steps.length)).toEqual([7, 1])
    expect(text).toContain('"sid": "{{sid}}"')
    const target = inProcess({ serve: (config) => createMock(config).fetch, payer: controlPayer, controlled: true })
    const results = await checkServer(flows, target)
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed'])
  })

  test('a body that is too large or no JSON is sent on or refused as without a relay', async () => {
    const real = await realService(asItIs)
    const relay = createMock({ relay: real.url, maxBodyBytes: 1024 })
    expect((await send(relay, 'ready', 'x'.repeat(2000))).status).toBe(413)
    expect((await send(relay, 'ready', '{')).status).toBe(400)
    expect(real.asked).toHaveLength(1)
    expect(await deviationsOf(relay)).toEqual([])
  })

  test('keeps a bounded number of deviations', () => {
    const deviations = createDeviations(2)
    const one = { call: 'ready', rule: 'r', evidence: 'inferred', source: 'ours', at: 'a', expected: 'e' } as const
    for (const actual of ['1', '2', '2', '3']) deviations.add({ ...one, actual }, 0)
    expect(deviations.list().map(({ actual, count }) => [actual, count])).toEqual([
      ['1', 1],
      ['2', 2],
    ])
    expect(deviations.dropped).toBe(1)
    expect(MAX_DEVIATIONS).toBe(1000)
  })
})

import { expect, test } from 'vitest'
import { openRecordingProxy } from '../../../src/kit/client/recording-proxy.ts'
import { testKey } from '../../../src/kit/target.ts'
import { judgeTraffic } from '../../../src/kit/traffic/judge.ts'
import { createMock } from '../../../src/mock.ts'

type Json = Record<string, unknown>

const KEY = testKey('run', 'traffic', 'merchant')
const order = {
  cid: 'TC0ONETIME',
  partner_order_id: 'o',
  partner_user_id: 'u',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  tax_free_amount: 0,
  approval_url: 'https://shop.example/a',
  cancel_url: 'https://shop.example/c',
  fail_url: 'https://shop.example/f',
}

/** A program that calls the mock through a recording proxy. */
const openProgram = async () => {
  const mock = createMock()
  const proxy = await openRecordingProxy(mock.fetch)
  const control = async (path: string, body: Json): Promise<Json> => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await (await mock.request(`/_mock/${path}`, request)).json()) as Json
  }
  const send = (url: string, body: unknown, headers: Json = {}, method = 'POST') =>
    fetch(proxy.url + url, {
      method,
      headers: { authorization: `SECRET_KEY ${KEY}`, 'content-type': 'application/json', ...headers } as never,
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const post = async (name: string, body: unknown, headers: Json = {}): Promise<Json> => {
    try {
      return (await (await send(`/online/v1/payment/${name}`, body, headers)).json()) as Json
    } catch {
      return {}
    }
  }
  const prepare = async (more: Json = {}) => {
    const { tid } = await post('ready', { ...order, ...more })
    const { redirect_url } = await control(`payments/${tid}/payer`, { action: 'approve', method: 'MONEY' })
    const pg_token = new URL(String(redirect_url)).searchParams.get('pg_token')
    return { cid: 'TC0ONETIME', tid, partner_order_id: 'o', partner_user_id: 'u', pg_token }
  }
  return {
    proxy,
    send,
    post,
    prepare,
    lookUp: ({ cid, tid }: Json) => post('order', { cid, tid }),
    cancel: ({ cid, tid }: Json, more: Json = {}) =>
      post('cancel', { cid, tid, cancel_amount: 700, cancel_tax_free_amount: 0, ...more }),
    fault: (call: string, fault: string, more: Json = {}) =>
      proxy.armFault({ match: { call }, do: { fault, ...more } }),
  }
}

type Program = Awaited<ReturnType<typeof openProgram>>

/** The rules that a program's calls break, in the order of the checks. */
const broken = async (act: (program: Program) => Promise<unknown>) => {
  const program = await openProgram()
  await act(program)
  const { exchanges, url } = program.proxy
  const results = judgeTraffic({ exchanges, secrets: [{ value: KEY, name: 'secret key' }], url })
  await program.proxy.close()
  expect(JSON.stringify(results)).not.toContain(KEY)
  return results.filter(({ outcome }) => outcome === 'failed').map(({ rules }) => rules[0]?.replace('client.', ''))
}

test.each<[string, (p: Program) => Promise<unknown>, readonly string[]]>([
  ['a payment', async (p) => p.post('approve', await p.prepare()), []],
  ['another method', (p) => p.send('/online/v1/payment/order?cid=T', '', {}, 'GET'), ['method', 'path', 'json']],
  ['another path', (p) => p.send('/v1/payment/ready', order), ['path']],
  ['another scheme', (p) => p.post('ready', order, { authorization: `KakaoAK ${KEY}` }), ['authorization']],
  ['another media type', (p) => p.post('ready', order, { 'content-type': 'text/plain' }), ['content-type']],
  ['a form', (p) => p.post('ready', 'cid=TC0ONETIME'), ['json']],
  ['what is not allowed', (p) => p.post('ready', { ...order, quantity: 0, item_name: undefined }), ['contract']],
  ['a number as a text', (p) => p.post('ready', { ...order, total_amount: '2200' }), ['types']],
  ['an unknown field', (p) => p.post('ready', { ...order, total_amout: 2200 }), ['unknown-field']],
  ['the key elsewhere', (p) => p.post('ready', { ...order, item_code: KEY }, { 'x-key': KEY }), ['secret']],
  ['the key in base64', (p) => p.post('ready', { ...order, item_code: btoa(KEY) }), ['secret']],
  ['a float', (p) => p.post('ready', JSON.stringify(order).replace('2200', '2200.0')), ['whole-won']],
  ['a VAT rounded down', (p) => p.post('ready', { ...order, total_amount: 2206, vat_amount: 200 }), ['vat']],
  ['a VAT rounded to the nearest', (p) => p.post('ready', { ...order, total_amount: 2206, vat_amount: 201 }), []],
  [
    'another order id',
    async (p) => p.post('approve', { ...(await p.prepare()), partner_order_id: 'x' }),
    ['accepted', 'consistent'],
  ],
  [
    'another amount',
    async (p) => p.post('approve', { ...(await p.prepare()), total_amount: 1 }),
    ['accepted', 'consistent'],
  ],
  ['a refused call', async (p) => p.post('approve', { ...(await p.prepare()), pg_token: 'x' }), ['accepted']],
  [
    'a refusal by the payment method',
    async (p) => {
      p.fault('approve', 'refuse', { refusal: 'approval-failure', method_result_code: '8008' })
      await p.post('approve', await p.prepare())
    },
    [],
  ],
  [
    'a doubled approve',
    async (p) => {
      const sent = await p.prepare()
      await p.post('approve', sent)
      await p.post('approve', sent)
    },
    ['doubt', 'doubled', 'accepted'],
  ],
  [
    'a doubled cancel',
    async (p) => {
      const sent = await p.prepare()
      await p.post('approve', sent)
      await p.cancel(sent)
      await p.cancel(sent)
    },
    ['doubled'],
  ],
  [
    'two cancels that differ',
    async (p) => {
      const sent = await p.prepare()
      await p.post('approve', sent)
      await p.cancel(sent)
      await p.cancel(sent, { payload: 'second' })
    },
    [],
  ],
])('%s', async (_, act, rules) => {
  expect(await broken(act)).toEqual(rules)
})

/** An approve whose answer does not say what became of it, and what the program does then. */
const afterLoss =
  (fault: string, more: Json, act: (p: Program, sent: Json) => Promise<unknown>) => async (p: Program) => {
    const sent = await p.prepare()
    p.fault('approve', fault, more)
    await p.post('approve', sent)
    await act(p, sent)
  }
const drop = (act: (p: Program, sent: Json) => Promise<unknown>) => afterLoss('commit-then-drop', {}, act)
const doubt = (act: (p: Program, sent: Json) => Promise<unknown>) =>
  afterLoss('commit-then-refuse', { preset: 'BANK_FIRM_UNKNOWN' }, act)

test.each<[string, (p: Program) => Promise<unknown>, readonly string[]]>([
  ['never asks order', drop(async () => {}), ['lookup']],
  ['asks order', drop((p, sent) => p.lookUp(sent)), []],
  [
    'sends it again',
    drop(async (p, sent) => {
      await p.post('approve', sent)
      await p.lookUp(sent)
    }),
    ['once', 'accepted'],
  ],
  [
    'prepares the order anew',
    drop(async (p, sent) => {
      await p.post('ready', order)
      await p.lookUp(sent)
    }),
    ['lookup'],
  ],
  [
    'asks order, which says paid, and prepares anew',
    drop(async (p, sent) => {
      await p.lookUp(sent)
      await p.post('ready', order)
    }),
    ['lookup'],
  ],
  [
    'asks order, which says unpaid, and sends it again',
    afterLoss('drop-before-commit', {}, async (p, sent) => {
      await p.lookUp(sent)
      await p.post('approve', sent)
    }),
    [],
  ],
  [
    'asks order, which says unpaid, and prepares anew',
    afterLoss('drop-before-commit', {}, async (p, sent) => {
      await p.lookUp(sent)
      await p.post('ready', order)
    }),
    [],
  ],
  ['was refused in doubt, and never asks order', doubt(async () => {}), ['doubt']],
  ['was refused in doubt, and asks order', doubt((p, sent) => p.lookUp(sent)), []],
  ['was refused in doubt, and prepares anew', doubt((p) => p.post('ready', order)), ['lookup', 'doubt']],
  [
    'was refused in doubt, and sends it again',
    doubt((p, sent) => p.post('approve', sent)),
    ['once', 'doubt', 'accepted'],
  ],
])('after an approve without an answer a program %s', async (_, act, rules) => {
  expect(await broken(act)).toEqual(rules)
})

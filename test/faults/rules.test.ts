import { describe, expect, test } from 'vitest'
import { type RefusalText, refusals } from '../../contracts/refusals.ts'
import { createMock, type Mock } from '../../src/mock.ts'
import { as, control } from '../control/control.ts'
import { approval, authenticated, cancelation, paid, readied } from '../flow.ts'
import { call, KEY, order, send } from '../merchant.ts'

const arm = async (mock: Mock, rule: unknown) => {
  const { status, body } = await control(mock).post('faults', rule)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return String(body.id)
}
const maintenance = { fault: 'refuse', refusal: 'maintenance' }
const codes = async (mock: Mock, times: number, fields = {}) => {
  const seen: unknown[] = []
  for (let i = 0; i < times; i++) seen.push((await call(mock, 'ready', { ...order, ...fields })).status)
  return seen
}
const statusOf = async (mock: Mock, tid: string) => (await control(mock).get(`payments/${tid}`)).body.status

describe('a refusal by name', () => {
  test.each(Object.entries(refusals) as [string, RefusalText][])('%s', async (name, text) => {
    const mock = createMock()
    await arm(mock, { do: { fault: 'refuse', refusal: name } })
    const { status, body } = await call(mock, 'ready', order)
    expect(status).toBe(text.status)
    expect(body).toEqual({
      error_code: text.error_code,
      error_message: expect.not.stringMatching(/[{}]/),
      ...(text.extras ? { extras: text.extras } : {}),
    })
    expect((await control(mock).get('payments')).body.total).toBe(0)
  })

  test.each([
    ['approve', 'approval-failure', -780, 'approval failure!'],
    ['cancel', 'cancel-failure', -781, 'cancel failure!'],
    ['subscription', 'subscription-failure', -782, 'subscription payment failure!'],
  ])('of a payment method: %s fails as %s with any method_result_code', async (_name, refusal, code, message) => {
    const mock = createMock()
    await arm(mock, { do: { fault: 'refuse', refusal, method_result_code: 'BANK_FIRM_UNKNOWN' } })
    expect((await call(mock, 'ready', order)).body).toEqual({
      error_code: code,
      error_message: message,
      extras: { method_result_code: 'BANK_FIRM_UNKNOWN', method_result_message: '' },
    })
    await arm(mock, {
      do: { fault: 'refuse', refusal, method_result_code: 'X', method_result_message: '잔액 부족' },
    })
    expect((await call(mock, 'ready', order)).body['extras']).toEqual({
      method_result_code: 'X',
      method_result_message: '잔액 부족',
    })
    await arm(mock, { do: { fault: 'refuse', refusal, method_result_code: 'USER_LOCKED' } })
    expect((await call(mock, 'ready', order)).body['extras']).toEqual({
      method_result_code: 'USER_LOCKED',
      method_result_message: '진행중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.',
    })
  })
})

describe('when a fault rule fires', () => {
  test.each([
    ['next', [503, 200, 200, 200, 200, 200]],
    [{ next: 2 }, [503, 503, 200, 200, 200, 200]],
    [{ every: 3 }, [200, 200, 503, 200, 200, 503]],
    ['always', [503, 503, 503, 503, 503, 503]],
  ])('%j', async (when, expected) => {
    const mock = createMock()
    await arm(mock, { when, do: maintenance })
    expect(await codes(mock, 6)).toEqual(expected)
  })

  test('by probability: about that share of the calls, and with a seed the same ones in every run', async () => {
    const run = async (seed: string) => {
      const mock = createMock({ seed })
      await arm(mock, { when: { probability: 0.4 }, do: maintenance })
      return codes(mock, 200)
    }
    const first = await run('one')
    expect(first.filter((status) => status === 503).length).toBeGreaterThan(55)
    expect(first.filter((status) => status === 503).length).toBeLessThan(105)
    expect(await run('one')).toEqual(first)
    expect(await run('two')).not.toEqual(first)
    expect((await run('')).filter((status) => status === 503).length).toBeGreaterThan(40)
  })

  test.each([
    [0, 'body: when.probability: must be above 0'],
    [1.1, 'body: when.probability: must be at most 1'],
    ['0.4', 'body: when.probability: must be a number'],
  ])('a probability of %j is refused', async (probability, message) => {
    const { status, body } = await control(createMock()).post('faults', { when: { probability }, do: maintenance })
    expect([status, body.error_message]).toEqual([400, message])
  })

  test('two faults take their turns in the order in which they were armed', async () => {
    const mock = createMock()
    await arm(mock, { do: maintenance })
    await arm(mock, { do: { fault: 'refuse', refusal: 'quota-exceeded' } })
    expect(await codes(mock, 3)).toEqual([503, 429, 200])
  })

  test('of many calls at once exactly the next n are met', async () => {
    const mock = createMock()
    await arm(mock, { when: { next: 7 }, do: maintenance })
    const all = await Promise.all(Array.from({ length: 50 }, () => call(mock, 'ready', order)))
    expect(all.filter((a) => a.status === 503)).toHaveLength(7)
  })
})

describe('which calls a fault rule meets', () => {
  test.each([
    [{ call: 'ready' }, 503],
    [{ call: 'approve' }, 200],
    [{ cid: 'TC0ONETIME' }, 503],
    [{ cid: 'TCSUBSCRIP' }, 200],
    [{ order_id: 'partner_order_id' }, 503],
    [{ order_id: 'partner_*' }, 503],
    [{ order_id: '*_id' }, 503],
    [{ order_id: 'p*order*id' }, 503],
    [{ order_id: 'order' }, 200],
    [{ order_id: 'partner_order_id*id' }, 200],
    [{ amount: 2200 }, 503],
    [{ amount: 2201 }, 200],
    [{ min_amount: 2200, max_amount: 2200 }, 503],
    [{ min_amount: 2201 }, 200],
    [{ max_amount: 2199 }, 200],
  ])('%j', async (match, expected) => {
    const mock = createMock()
    await arm(mock, { match, do: maintenance })
    expect(await codes(mock, 1)).toEqual([expected])
  })

  test('cancel and order are known by the order id of their payment', async () => {
    const mock = createMock()
    const one = await paid(mock, { partner_order_id: 'partner_order_id' })
    const two = await readied(mock, { partner_order_id: 'two' })
    await arm(mock, { match: { order_id: 'partner*' }, when: 'always', do: maintenance })
    expect((await call(mock, 'cancel', cancelation(one.tid, 100))).status).toBe(503)
    expect((await call(mock, 'order', { cid: order.cid, tid: one.tid })).status).toBe(503)
    expect((await call(mock, 'order', { cid: order.cid, tid: two })).status).toBe(200)
  })

  test('one namespace, or all of them', async () => {
    const mock = createMock()
    await arm(mock, { namespace: 'KEY_A', when: 'always', do: maintenance })
    expect((await call(mock, 'ready', order, as('KEY_B'))).status).toBe(200)
    expect((await call(mock, 'ready', order, as('KEY_A'))).status).toBe(503)
    await arm(mock, { when: 'always', do: maintenance })
    expect((await call(mock, 'ready', order, as('KEY_B'))).status).toBe(503)
  })

  test('a call that is refused on its own account uses up no fault rule', async () => {
    const mock = createMock()
    await arm(mock, { do: maintenance })
    expect((await call(mock, 'ready', {})).body['error_code']).toBe(-2)
    expect((await call(mock, 'ready', order, { authorization: 'x' })).body['error_code']).toBe(-401)
    expect((await call(mock, 'ready', order)).body['error_code']).toBe(-503)
  })
})

describe('what becomes of the money', () => {
  const approve = async (mock: Mock, fault: Record<string, unknown>) => {
    const { tid, pg_token } = await authenticated(mock)
    const id = await arm(mock, { match: { call: 'approve' }, do: fault })
    const answer = await call(mock, 'approve', approval(tid, pg_token)).then(
      (a) => a,
      (error: TypeError & { cause?: { code: string } }) => ({ error: error.message, code: error.cause?.code }),
    )
    const { body: rule } = await control(mock).get(`faults/${id}`)
    const { entries } = (await control(mock).get('journal?call=approve')).body
    return { tid, answer, rule, entry: entries[0], status: await statusOf(mock, tid) }
  }

  test.each([
    ['refuse-before-commit', {}, 'AUTH_PASSWORD', false],
    ['drop-before-commit', {}, 'AUTH_PASSWORD', false],
    ['commit-then-drop', {}, 'SUCCESS_PAYMENT', true],
    ['commit-then-500', {}, 'SUCCESS_PAYMENT', true],
    ['commit-then-hang', { ms: 1 }, 'SUCCESS_PAYMENT', true],
    ['slow-drip', { ms: 0, bytes: 100 }, 'SUCCESS_PAYMENT', true],
    ['latency', { fixed: 1 }, 'SUCCESS_PAYMENT', true],
  ])('%s: the rule, the journal and the payment agree', async (fault, params, status, money_moved) => {
    const mock = createMock()
    const seen = await approve(mock, { fault, ...params })
    expect(seen.status).toBe(status)
    expect(seen.rule).toMatchObject({ armed: false, matched: 1, fired: 1 })
    expect(seen.rule.last_fired).toEqual([
      { time: seen.entry.time, journal: seen.entry.id, call: 'approve', tid: seen.tid, money_moved },
    ])
    expect(seen.entry.fault).toEqual({ rule: seen.rule.id, fault, money_moved })
  })

  test('garble: the money moved, and the answer is no JSON', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await arm(mock, { match: { call: 'approve' }, do: { fault: 'garble' } })
    const text = await (await send(mock, 'approve', JSON.stringify(approval(tid, pg_token)))).text()
    expect(text).toMatch(/^\{"aid":"A/)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(await statusOf(mock, tid)).toBe('SUCCESS_PAYMENT')
    const [entry] = (await control(mock).get('journal?call=approve')).body.entries
    expect(entry.response).toEqual({ status: 200, body: text, delivered: false })
    expect(entry.fault.money_moved).toBe(true)
  })

  test('refuse-before-commit answers −780 and can be tried again; a wrong pg_token is refused on its own account', async () => {
    const mock = createMock()
    const { answer, tid } = await approve(mock, { fault: 'refuse-before-commit', method_result_code: 'USER_LOCKED' })
    expect(answer).toEqual({
      status: 400,
      body: { error_code: -780, error_message: 'approval failure!', extras: refusals['approval-failure'].extras },
    })
    await arm(mock, { do: { fault: 'refuse-before-commit' } })
    const wrong = await call(mock, 'approve', approval(tid, '0'.repeat(20)))
    expect(wrong.body['error_code']).toBe(-708)
  })

  test.each([
    ['cancel', -781],
    ['subscription', -782],
    ['ready', -500],
  ] as const)('refuse-before-commit of %s answers %i and nothing is kept', async (name, code) => {
    const mock = createMock()
    const sub = name === 'subscription' ? await paid(mock, { cid: 'TCSUBSCRIP' }) : await paid(mock)
    const before = (await control(mock).get('payments')).body
    await arm(mock, { match: { call: name }, do: { fault: 'refuse-before-commit' } })
    const bodies = {
      cancel: cancelation(sub.tid, 100),
      ready: order,
      subscription: { ...order, cid: 'TCSUBSCRIP', sid: sub.body['sid'] },
    }
    expect((await call(mock, name, bodies[name])).body['error_code']).toBe(code)
    expect((await control(mock).get('payments')).body).toEqual(before)
  })

  test('commit-then-500 answers −500, and a second approve −702', async () => {
    const mock = createMock()
    const { answer, tid, entry } = await approve(mock, { fault: 'commit-then-500' })
    expect(answer).toEqual({ status: 500, body: { error_code: -500, error_message: 'internal error!' } })
    expect(entry.response.delivered).toBe(false)
    const { pg_token } = (await control(mock).get(`payments/${tid}`)).body
    expect((await call(mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(-702)
  })

  test.each(['commit-then-drop', 'drop-before-commit'])('%s rejects in process as fetch does', async (fault) => {
    const { answer, entry } = await approve(createMock(), { fault })
    expect(answer).toEqual({ error: 'fetch failed', code: 'ECONNRESET' })
    expect(entry.response).toEqual({ status: null, body: null, delivered: false })
  })

  test('a client that gives up ends the hang', async () => {
    const mock = createMock()
    const { tid, pg_token } = await authenticated(mock)
    await arm(mock, { do: { fault: 'commit-then-hang' } })
    const controller = new AbortController()
    const hanging = mock.request('/online/v1/payment/approve', {
      method: 'POST',
      headers: {
        authorization: `SECRET_KEY ${KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(approval(tid, pg_token)),
      signal: controller.signal,
    })
    while ((await statusOf(mock, tid)) !== 'SUCCESS_PAYMENT') await new Promise((done) => setImmediate(done))
    controller.abort()
    await expect(hanging).rejects.toThrow('fetch failed')
  })
})

describe('what is armed', () => {
  test('and never fired is listed', async () => {
    const mock = createMock()
    const fired = await arm(mock, { name: 'one', do: maintenance })
    const unfired = await arm(mock, { name: 'two', match: { call: 'cancel' }, do: maintenance })
    await codes(mock, 1)
    const ids = async (query: string) =>
      (await control(mock).get(`faults${query}`)).body.faults.map((s: { id: string }) => s.id)
    expect(await ids('?unfired=true')).toEqual([unfired])
    expect(await ids('?unfired=false')).toEqual([fired])
    expect((await control(mock).get('audit')).body.unfired).toEqual([unfired])
    expect((await control(mock).delete(`faults/${unfired}`)).body).toEqual({ removed: 1 })
    expect(await ids('')).toEqual([fired])
  })

  test('comes from the config too', async () => {
    const mock = createMock({
      faults: [{ match: {}, when: 'next', do: { fault: 'refuse', refusal: 'maintenance' } }],
    })
    expect(await codes(mock, 2)).toEqual([503, 200])
  })

  test.each([
    [{ do: { fault: 'explode' } }, /^body: do\.fault/],
    [
      { do: { fault: 'commit-then-dorp' } },
      /^body: do\.fault: knows no fault commit-then-dorp \(did you mean commit-then-drop\?\)$/,
    ],
    [{ do: {} }, /do\.fault: must be one of refuse, /],
    [{ do: { fault: 'refuse', refusal: 'no-such' } }, /must be the name of a refusal/],
    [{ do: { fault: 'latency', fixed: '11m' } }, /must be from 0 to 600000 ms/],
    [{ do: { fault: 'slow-drip', ms: -1 } }, /must be from 0 to 600000 ms/],
    [{ do: { fault: 'latency', fixed: 'soon' } }, /^body: do\.fixed: must be ms as a number, or a text such as 500ms/],
    [{ do: { fault: 'latency' } }, /latency needs fixed, uniform or normal/],
    [{ do: maintenance, match: { min_amount: 2, max_amount: 1 } }, /no call is both/],
    [{ do: maintenance, match: { amount: 1, min_amount: 2 } }, /no call is both/],
    [{ do: maintenance, when: 'sometimes' }, /^body: when: must be "next", "always"/],
    [{ do: maintenance, when: { next: 1, every: 2 } }, /^body: when: must be "next", "always"/],
    [{ do: maintenance, when: { next: 0 } }, /^body: when\.next/],
    [{ do: maintenance, match: { call: 'raedy' } }, /match\.call must be one of ready, approve/],
    [{ do: maintenance, match: { call: 'payer' } }, /matches calls of the API/],
    [{ do: { fault: 'repeat-redirect' }, match: { call: 'ready' } }, /matches the payer/],
    [{ do: maintenance, match: { order: 'x' } }, /order/],
  ])('%j is refused with a sentence', async (input, message) => {
    const { status, body } = await control(createMock()).post('faults', input)
    expect(status).toBe(400)
    expect(body.error_message).toMatch(message)
  })

  test('is bounded', async () => {
    const mock = createMock({ maxFaults: 2 })
    await arm(mock, { do: maintenance })
    await arm(mock, { do: maintenance })
    const { status, body } = await control(mock).post('faults', { do: maintenance })
    expect({ status, message: body.error_message }).toEqual({
      status: 409,
      message: 'there are 2 fault rules already, which is the limit.',
    })
  })
})

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { approval, authenticated, paid, readied } from '../flow.ts'
import { call, INSTANT, order } from '../merchant.ts'

const act = async (mock: Mock, tid: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await mock.request(`/_mock/payments/${tid}/payer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Record<string, unknown>,
  }
}

const TOKEN = /^[0-9a-f]{20}$/
const type = 'application/json'

/** A mock whose clock the test moves. */
const clocked = () => {
  const world = { at: INSTANT }
  return { world, mock: createMock({}, { now: () => world.at }) }
}

describe('what the payer does', () => {
  test('approving sends the browser to approval_url with a pg_token of 20 hex', async () => {
    const mock = createMock()
    const tid = await readied(mock)
    const { body, ...rest } = await act(mock, tid, { action: 'approve' })
    expect(rest).toEqual({ status: 200, type })
    expect(body).toEqual({
      redirect_url: `${order.approval_url}?pg_token=${body['pg_token']}`,
      pg_token: expect.stringMatching(TOKEN),
      status: 'AUTH_PASSWORD',
    })
  })

  test.each([
    ['cancel', order.cancel_url, 'QUIT_PAYMENT'],
    ['fail', order.fail_url, 'FAIL_AUTH_PASSWORD'],
    ['expire', order.fail_url, 'FAIL_PAYMENT'],
  ])('%s sends it to the URL that ready gave, with nothing added', async (action, redirect_url, status) => {
    const mock = createMock()
    const tid = await readied(mock)
    expect(await act(mock, tid, { action })).toEqual({ status: 200, type, body: { redirect_url, status } })
    expect((await act(mock, tid, { action })).body).toEqual({ redirect_url, status })
  })

  test('the order walks through the documented states, one act each', async () => {
    const mock = createMock()
    const tid = await readied(mock)
    const stateOf = async () => (await call(mock, 'order', { cid: order.cid, tid })).body['status']
    const states = [await stateOf()]
    for (const action of ['send_message', 'open', 'select_method', 'approve']) {
      await act(mock, tid, { action })
      states.push(await stateOf())
    }
    expect(states).toEqual(['READY', 'SEND_TMS', 'OPEN_PAYMENT', 'SELECT_METHOD', 'AUTH_PASSWORD'])
  })

  test('no step leads back: a message sent or a screen opened late changes nothing', async () => {
    const mock = createMock()
    const tid = await readied(mock)
    await act(mock, tid, { action: 'select_method', method: 'CARD', card: 'KB' })
    for (const action of ['send_message', 'open'])
      expect((await act(mock, tid, { action })).body).toEqual({ redirect_url: null, status: 'SELECT_METHOD' })
    await act(mock, tid, { action: 'approve' })
    expect((await mock.store.find(tid))?.choice).toMatchObject({
      payment_method_type: 'CARD',
      card: 'KB',
      install_month: 0,
    })
  })

  test('pressed twice, or a hundred times at once, approve gives one token', async () => {
    const mock = createMock()
    const tid = await readied(mock)
    const answers = await Promise.all(Array.from({ length: 100 }, () => act(mock, tid, { action: 'approve' })))
    expect(new Set(answers.map(({ body }) => body['pg_token'])).size).toBe(1)
    expect((await act(mock, tid, { action: 'approve' })).body).toEqual(answers[0]?.body)
  })

  test('after authentication the browser is gone: the payer can no longer quit or fail', async () => {
    const mock = createMock()
    const { tid } = await authenticated(mock)
    const error_message =
      'the payer has authenticated already, and the browser was sent on. only approve or expire is left.'
    for (const action of ['cancel', 'fail'])
      expect(await act(mock, tid, { action })).toEqual({ status: 409, type, body: { error_code: -409, error_message } })
  })

  test('a payment that is over is told so, whatever is tried', async () => {
    const mock = createMock()
    const { tid } = await paid(mock)
    const error_message = 'the payment is over: it is SUCCESS_PAYMENT. prepare a new one with ready.'
    for (const action of ['approve', 'cancel', 'fail', 'select_method'])
      expect((await act(mock, tid, { action })).body).toEqual({ error_code: -409, error_message })
    const quit = await readied(mock)
    await act(mock, quit, { action: 'cancel' })
    expect((await act(mock, quit, { action: 'approve' })).body).toEqual({
      error_code: -409,
      error_message: 'the payment is over: it is QUIT_PAYMENT. prepare a new one with ready.',
    })
  })

  test('the 64 hex of a redirect URL name the payment as its tid does', async () => {
    const mock = createMock()
    const { body } = await call(mock, 'ready', order)
    const hash = String(body['next_redirect_pc_url']).slice(-64)
    expect((await act(mock, hash, { action: 'cancel' })).body).toEqual({
      redirect_url: order.cancel_url,
      status: 'QUIT_PAYMENT',
    })
  })
})

describe('time', () => {
  test.each(['approve', 'cancel', 'fail', 'open', 'send_message', 'select_method', 'expire'])(
    'after 15 minutes %s leads to fail_url, and approve is refused as expired',
    async (action) => {
      const { world, mock } = clocked()
      const tid = await readied(mock)
      world.at += LIFETIME_MS
      expect((await act(mock, tid, { action })).body).toEqual({ redirect_url: order.fail_url, status: 'FAIL_PAYMENT' })
      const { status, body } = await call(mock, 'approve', approval(tid, 'a'.repeat(20)))
      expect([status, body['error_code']]).toEqual([400, -723])
    },
  )

  test('one millisecond earlier it is in time', async () => {
    const { world, mock } = clocked()
    const tid = await readied(mock)
    world.at += LIFETIME_MS - 1
    expect((await act(mock, tid, { action: 'approve' })).body['status']).toBe('AUTH_PASSWORD')
  })

  test('the token dies with the payment, by the clock or by the act', async () => {
    const { world, mock } = clocked()
    const byClock = await authenticated(mock)
    const byAct = await authenticated(mock)
    await act(mock, byAct.tid, { action: 'expire' })
    world.at += LIFETIME_MS
    for (const { tid, pg_token } of [byClock, byAct])
      expect((await call(mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(-723)
  })

  test('what failed in time stays a failure when the 15 minutes pass', async () => {
    const { world, mock } = clocked()
    const tid = await readied(mock)
    await act(mock, tid, { action: 'fail' })
    world.at += LIFETIME_MS * 2
    expect((await call(mock, 'approve', approval(tid, 'a'.repeat(20)))).body['error_code']).toBe(-783)
  })
})

describe('what is sent wrong', () => {
  const actions = 'send_message, open, select_method, approve, cancel, fail, expire'
  test.each([
    [{}, `body: action: must be one of ${actions}`],
    [{ action: 'pay' }, `body: action: must be one of ${actions}`],
    [{ action: null }, `body: action: must be one of ${actions}`],
    [{ action: 'approve', method: 'POINT' }, 'body: method: must be one of CARD, MONEY'],
    [{ action: 'approve', card: 1 }, 'body: card: must be a string'],
    [{ action: 'approve', install_month: 13 }, 'body: install_month: must be an integer from 0 to 12'],
    [{ action: 'approve', install_month: 1.5 }, 'body: install_month: must be an integer from 0 to 12'],
    [{ action: 'approve', install_month: '3' }, 'body: install_month: must be an integer from 0 to 12'],
    [{ action: 'approve', follow: 'yes' }, 'body: follow: must be true or false'],
    [
      { action: 'approve', crad: 'KB' },
      'body: crad is unknown. the fields are action, method, card, card_type, install_month, interest_free_install, point, discount, follow.',
    ],
    ['[]', 'body: must be a JSON object'],
    ['null', 'body: must be a JSON object'],
    ['{', 'the body is not well-formed JSON.'],
    ['', `body: action: must be one of ${actions}`],
  ])('%j is refused in words', async (body, error_message) => {
    const mock = createMock()
    const tid = await readied(mock)
    expect(await act(mock, tid, body)).toEqual({ status: 400, type, body: { error_code: -400, error_message } })
    expect((await mock.store.find(tid))?.status).toBe('READY')
  })

  test('an unknown tid is 404', async () => {
    const error_message = 'there is no payment T0000000000000000000. send the tid that ready answered.'
    expect(await act(createMock(), 'T0000000000000000000', { action: 'approve' })).toEqual({
      status: 404,
      type,
      body: { error_code: -404, error_message },
    })
  })

  test('what another site sends is not read, in whatever form', async () => {
    const mock = createMock()
    const tid = await readied(mock)
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const { status } = await act(mock, tid, '{"action":"approve"}', { 'content-type': 'text/plain', ...headers })
      expect(status).toBe(403)
    }
    expect((await mock.store.find(tid))?.status).toBe('READY')
  })

  test('JSON is read whatever its Content-Type, for curl’s -d sends another', async () => {
    const mock = createMock()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await act(mock, await readied(mock), '{"action":"cancel"}', type)).status).toBe(200)
  })

  test('a body larger than the limit is 413', async () => {
    const mock = createMock({ maxBodyBytes: 1024 })
    const tid = await readied(mock)
    expect((await act(mock, tid, { action: 'approve', card: 'x'.repeat(2000) })).status).toBe(413)
  })
})

test('a payment that has ended cannot expire: what was paid or cancelled stays so', async () => {
  const mock = createMock()
  const { tid } = await paid(mock)
  expect(await act(mock, tid, { action: 'expire' })).toMatchObject({ body: { status: 'SUCCESS_PAYMENT' } })
  const quit = await readied(mock)
  await act(mock, quit, { action: 'cancel' })
  expect(await act(mock, quit, { action: 'expire' })).toMatchObject({ body: { status: 'QUIT_PAYMENT' } })
})

import { afterAll, describe, expect, test } from 'vitest'
import { pay } from '../../src/cli/pay.ts'
import { startServer } from '../../src/server.ts'
import { readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { serve } from './browser.ts'

const shop = await serve((_request, response) => response.writeHead(201).end('\u001b[31mpaid\u0007\n'))
const server = await startServer({ port: 0 })
const { mock } = server
afterAll(() => Promise.all([server.close(), shop.close()]))

const run = async (...args: string[]) => {
  const out = { stdout: '', stderr: '' }
  const io = {
    stdout: { write: (text: string) => (out.stdout += text) },
    stderr: { write: (text: string) => (out.stderr += text) },
    env: { KAKAOPAY_MOCK_PORT: new URL(server.url).port },
  }
  const code = await pay.run(args, io).catch((error: Error) => error.message)
  return { code, ...out }
}

describe('kakaopay-mock pay', () => {
  test('a tid: the URL, then the token', async () => {
    const tid = await readied(mock)
    const { stdout, ...rest } = await run(tid)
    const pg_token = (await mock.store.find(tid))?.pg_token
    expect(rest).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`${order.approval_url}?pg_token=${pg_token}\n${pg_token}\n`)
  })

  test('a redirect URL, with whatever query, and what to do there', async () => {
    const { body } = await call(mock, 'ready', order)
    const url = `${body['next_redirect_mobile_url']}?kpayTid=${body['tid']}`
    expect(await run(url, '--action', 'cancel')).toEqual({ code: 0, stdout: `${order.cancel_url}\n`, stderr: '' })
  })

  test('a redirect URL of the real hosts is looked for on this server', async () => {
    const { body } = await call(mock, 'ready', order)
    const url = String(body['next_redirect_pc_url']).replace(server.url, 'https://online-payment.kakaopay.com')
    expect((await run(url, '--action=fail')).stdout).toBe(`${order.fail_url}\n`)
  })

  test('method, card and months are passed on', async () => {
    const tid = await readied(mock)
    await run(tid, '--method', 'CARD', '--card', 'KB', '--install-month', '3')
    expect((await mock.store.find(tid))?.choice).toMatchObject({
      payment_method_type: 'CARD',
      card: 'KB',
      install_month: 3,
    })
  })

  test('check card, points and discount, or free interest, are passed on', async () => {
    const one = await readied(mock)
    await run(one, '--card-type', 'CHECK', '--point', '500', '--discount', '300')
    expect((await mock.store.find(one))?.choice).toMatchObject({ card_type: 'CHECK', point: 500, discount: 300 })
    const two = await readied(mock)
    await run(two, '--install-month', '3', '--interest-free')
    expect((await mock.store.find(two))?.choice).toMatchObject({ install_month: 3, interest_free_install: 'Y' })
  })

  test('--follow prints what the merchant answered, without what would steer the terminal', async () => {
    const tid = await readied(mock, { cancel_url: `${shop.url}/bye` })
    expect((await run(tid, '--action', 'cancel', '--follow')).stdout).toBe(
      `${shop.url}/bye\nGET ${shop.url}/bye → 201\n\n\ufffd[31mpaid\ufffd\n`,
    )
  })

  test('a step on the way prints the state; --json the answer as it is', async () => {
    const tid = await readied(mock)
    expect((await run(tid, '--action', 'open')).stdout).toBe('OPEN_PAYMENT\n')
    expect((await run(tid, '--action', 'expire', '--json')).stdout).toBe(
      `{"redirect_url":"${order.fail_url}","status":"FAIL_PAYMENT"}\n`,
    )
  })

  test('what the server refuses is told, with exit code 1', async () => {
    const tid = await readied(mock)
    expect(await run(tid, '--card', 'NOBANK')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^kakaopay-mock: http:\/\/127\.0\.0\.1:\d+: card NOBANK is not allowed by ready: SHINHAN, .*\.\n$/,
      ),
    })
    expect(await run('T0')).toMatchObject({
      code: 1,
      stderr: `kakaopay-mock: ${server.url}: there is no payment T0. send the tid that ready answered.\n`,
    })
  })

  test('no server, one line', async () => {
    expect(await run('T0', '--port', '1')).toEqual({
      code: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 does not answer: .+$/),
      stdout: '',
      stderr: '',
    })
  })

  test.each([
    [[], 'pay takes one redirect URL or tid; see kakaopay-mock pay --help'],
    [['a', 'b'], 'pay takes one redirect URL or tid; see kakaopay-mock pay --help'],
    [['https://shop.example/'], '"https://shop.example/" is no redirect URL of ready, such as next_redirect_pc_url'],
    [['T0', '--card'], '--card needs a value; see --help'],
    [['T0', '--follow=yes'], '--follow must be true or false, not "yes"'],
    [['T0', '--install-month', 'x'], '--install-month must be an integer from 0 to 12, not "x"'],
    [
      ['T0', '--action', 'dance'],
      '--action must be one of send_message, open, select_method, approve, cancel, fail, expire, not "dance"',
    ],
    [['T0', '--colour', 'x'], 'unknown flag --colour; see --help'],
  ])('%j is a wrong usage', async (args, message) => {
    expect(await run(...args)).toEqual({ code: message, stdout: '', stderr: '' })
  })
})

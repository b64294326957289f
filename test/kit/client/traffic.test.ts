import { describe, expect, test } from 'vitest'
import { UsageError } from '../../../src/cli/command.ts'
import { openRecordingProxy } from '../../../src/kit/client/recording-proxy.ts'
import { createMock } from '../../../src/mock.ts'
import { startServer } from '../../../src/server.ts'
import { needs } from '../../needs.ts'
import { run } from './command.ts'

/** A program that makes the calls of a script: `post(name, body, headers)` resolves to the answer's body, or undefined where there is none. */
const program = (script: string): readonly string[] => [
  '--',
  process.execPath,
  '--input-type=module',
  '-e',
  `const { KAKAOPAY_BASE_URL: base, KAKAOPAY_SECRET_KEY: key } = process.env
const order = { cid: 'TC0ONETIME', partner_order_id: 'o', partner_user_id: 'u', item_name: '초코파이', quantity: 1, total_amount: 2200,
  tax_free_amount: 0, approval_url: 'https://shop.example/a', cancel_url: 'https://shop.example/c', fail_url: 'https://shop.example/f' }
const send = (url, body, headers = {}, method = 'POST') => fetch(base + url, { method, headers: {
  authorization: 'SECRET_KEY ' + key, 'content-type': 'application/json', ...headers }, ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) })
const post = (name, body, headers) => send('/online/v1/payment/' + name, body, headers).then((r) => r.json()).catch(() => undefined)
const control = (path, body) => fetch(base + '/_mock/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((r) => r.json())
const pay = async () => { const { tid } = await post('ready', order); const { pg_token } = await control('payments/' + tid + '/payer', { action: 'approve', method: 'MONEY' })
  return { cid: 'TC0ONETIME', tid, partner_order_id: 'o', partner_user_id: 'u', pg_token } }
const lose = (call) => control('faults', { match: { call }, do: { fault: 'commit-then-drop' } })
${script}`,
]

const judge = async (script: string, ...flags: string[]) => run(['traffic', ...flags, ...program(script)])

/** The rules that a report shows as broken. */
const brokenIn = (stdout: string) => [...stdout.matchAll(/✗ traffic\/(\S+)/g)].map(([, name]) => name)

describe('check traffic -- COMMAND', () => {
  test('checks a careful program against every rule that it puts to the test, and no other counts as passed', async () => {
    const { code, stdout } = await judge("await post('approve', await pay())")
    expect(code).toBe(0)
    expect(stdout).toContain('18 flows')
    expect(stdout).toContain('15 passed, 3 not evaluated')
    expect(stdout).toContain('2  no answer was lost after money may have moved')
  })

  test('finds a broken rule, and shows no key', async () => {
    const { code, stdout } = await judge("await post('ready', { ...order, total_amout: 2200, item_code: key })")
    expect(brokenIn(stdout)).toEqual(['unknown-field', 'secret'])
    expect(code).toBe(1)
    expect(stdout).not.toMatch(/DEV[0-9A-F]{37}/)
  })

  test.skipIf(!needs('time'))('a look-up between two tries is what a careful program does', async () => {
    const { code, stdout } = await judge(
      "const a = await pay(); await lose('approve'); await post('approve', a); await post('order', { cid: a.cid, tid: a.tid })",
    )
    expect(brokenIn(stdout)).toEqual([])
    expect(stdout).toContain('17 passed, 1 not evaluated')
    expect(code).toBe(0)
  })

  test.skipIf(!needs('time'))('keys of the program’s own are looked for too', async () => {
    const { stdout } = await judge(
      "const own = 'DEVMYOWN' + 'KEY1'; await post('ready', { ...order, item_code: own }, { authorization: 'DEV_SECRET_KEY ' + own })",
    )
    expect(brokenIn(stdout)).toEqual(['secret'])
    expect(stdout).toContain('<secret key 2> is in it')
    expect(stdout).not.toContain('DEVMYOWNKEY1')
  })

  test.skipIf(!needs('time'))('the payer’s page is reached and is no call of the merchant’s', async () => {
    const { code, stdout } = await judge(
      "const { next_redirect_pc_url } = await post('ready', order); const page = await fetch(next_redirect_pc_url, { redirect: 'manual' }); process.exitCode = page.status === 302 || page.status === 303 ? 0 : 9",
      '--payer',
      'approve',
    )
    expect(stdout).toContain('15 passed, 3 not evaluated')
    expect(code).toBe(0)
  })

  test.skipIf(!needs('time'))('a command that fails is reported, beside the rules', async () => {
    const { code, stdout } = await judge("await post('ready', order); process.exit(5)")
    expect(code).toBe(1)
    expect(stdout).toContain('✗ traffic/command')
    expect(stdout).toContain('it ended with exit code 5')
  })

  test('one that sends nothing proves nothing, and one that is not there is unreachable', async () => {
    const silent = await run(['traffic', '--only', 'path', '--', process.execPath, '-e', ''])
    expect(silent.stdout).toContain('1  nothing was sent')
    const missing = await run(['traffic', '--', '/nobody'])
    expect(missing).toMatchObject({ code: 3, stdout: '', stderr: 'kakaopay-mock: /nobody: command not found\n' })
  })

  test.skipIf(!needs('python'))('the Python client’s own calls break no rule', async () => {
    const script =
      "import sys; sys.path.insert(0, 'examples/python'); import client; assert 'result' in client.call('ready', dict(cid='TC0ONETIME', partner_order_id='1', partner_user_id='1', item_name='초코파이', quantity=1, total_amount=2200, tax_free_amount=0, approval_url='https://a.example/', cancel_url='https://a.example/', fail_url='https://a.example/'))"
    expect((await run(['traffic', '--', '/usr/bin/python3', '-c', script])).code).toBe(0)
  })
})

describe('check traffic URL', () => {
  test('judges the journal of a running mock, as far as masked keys allow', async () => {
    const { url, close } = await startServer({ port: 0 })
    const send = (authorization: string, body: object) =>
      fetch(`${url}/online/v1/payment/order`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await send('SECRET_KEY DEV_ANY_KEY', { cid: 'TC0ONETIME', tid: 'T0000000000000000000' })
    const well = await run(['traffic', url])
    expect(brokenIn(well.stdout)).toEqual(['accepted'])
    expect(well.stdout).toContain('1  the key itself is not known here')
    expect(well.code).toBe(0)
    await send('KakaoAK DEV_ANY_KEY', { cid: 'TC0ONETIME', tid: 'T0000000000000000000', status: 'x' })
    const badly = await run(['traffic', url])
    expect(brokenIn(badly.stdout)).toEqual(['authorization', 'unknown-field', 'accepted'])
    expect(badly.code).toBe(1)
    await close()
    expect((await run(['traffic', url])).code).toBe(3)
  })
})

test.each([
  [['traffic'], 'check traffic needs either a command behind -- or the URL of a mock that runs'],
  [
    ['traffic', 'http://127.0.0.1:1', '--', 'x'],
    'check traffic needs either a command behind -- or the URL of a mock that runs',
  ],
  [['traffic', 'here'], '"here" is not an http or https URL'],
  [
    ['traffic', '--only', 'nothing', '--', 'x'],
    '--only traffic/nothing: no such rule; see kakaopay-mock check traffic --help',
  ],
  [['traffic', '--level', 'may', '--', 'x'], '--level must be one of must, should, not "may"'],
  [['traffic', '--level', 'should', '--only', 'path', '--', 'x'], 'no rule is chosen by these flags'],
])('%j is wrong usage', async (args, words) => {
  const wrong = await run(args as string[]).catch((error: unknown) => error)
  expect(wrong).toBeInstanceOf(UsageError)
  expect((wrong as Error).message).toBe(words)
})

describe('the recording proxy', () => {
  const limits = { exchanges: 2, bodyBytes: 100 }

  test('keeps as many calls as its limit says, and counts the others', async () => {
    const proxy = await openRecordingProxy(createMock().fetch, undefined, limits)
    for (let i = 0; i < 3; i++) await fetch(`${proxy.url}/online/v1/payment/ready`, { method: 'POST' })
    expect([proxy.exchanges.length, proxy.unrecorded()]).toEqual([2, 1])
    await proxy.close()
  })

  test('closes the connection on a body beyond its limit', async () => {
    const proxy = await openRecordingProxy(createMock().fetch, undefined, limits)
    await expect(fetch(proxy.url, { method: 'POST', body: 'x'.repeat(101) })).rejects.toThrow()
    expect(proxy.exchanges).toEqual([])
    await proxy.close()
  })

  test('refuses a fault that it cannot inject, and what only the server can do', async () => {
    const proxy = await openRecordingProxy(createMock().fetch)
    expect(() => proxy.armFault({ do: { fault: 'earthquake' } })).toThrow('the kit cannot inject the fault')
    expect(() => proxy.armFault({ match: { cid: 'x' }, do: { fault: 'garble' } })).toThrow(
      'the kit cannot inject the fault',
    )
    expect(() => proxy.armFault({ do: { fault: 'refuse', refusal: 'nobody' } })).toThrow(
      'must be the name of a refusal',
    )
    expect(() => proxy.armFault({ do: { fault: 'refuse-before-commit' } })).toThrow(
      'the fault refuse-before-commit cannot be injected from outside the server',
    )
    proxy.armFault({ match: { call: 'order' }, do: { fault: 'garble' } })
    expect(proxy.disarm()).toEqual(['garble'])
    await proxy.close()
  })
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HarnessError } from '../../src/kit/errors.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { PayerRefused } from '../../src/kit/payer.ts'
import { personPayer } from '../../src/kit/person-payer.ts'
import { execPayer, urlPayer } from '../../src/kit/program-payer.ts'
import { checkServer } from '../../src/kit/server.ts'
import { overHttp } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'

const step = { payer: 'approve', method: 'CARD', card: 'SHINHAN', install_month: 3 } as const
const prepared = {
  tid: 'T0123456789abcdef012',
  next_redirect_app_url: 'https://pay.test/app',
  next_redirect_mobile_url: 'https://pay.test/mobile',
  next_redirect_pc_url: 'https://pay.test/pc',
  approval_url: 'https://shop.example/approve',
  cancel_url: 'https://shop.example/cancel',
  fail_url: 'https://shop.example/fail',
  partner_order_id: 'order-1',
  item_name: '초코파이',
  total_amount: 2200,
}
const session = { fetch, key: 'DEV', otherKey: '' }

const servers: Server[] = []
const serving = (listener: Parameters<typeof createServer>[1]): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      servers.push(server)
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })

let mock = ''
/** Somebody's own test tool: it lets the payer of a tid act, and redirects as the payer's browser would be. */
let tool = ''

beforeAll(async () => {
  mock = await serving(createMock().listener)
  tool = await serving(async (incoming, outgoing) => {
    const { searchParams, pathname } = new URL(incoming.url ?? '', 'http://tool')
    const acted = await fetch(`${mock}/_mock/payments/${searchParams.get('tid')}/payer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: searchParams.get('do'), method: searchParams.get('with') || undefined }),
    })
    const { redirect_url } = (await acted.json()) as { redirect_url?: string }
    if (redirect_url === undefined) return void outgoing.writeHead(409).end('no')
    if (pathname === '/text') return void outgoing.end(redirect_url)
    if (pathname === '/json') return void outgoing.end(JSON.stringify({ redirect_url }))
    outgoing.writeHead(302, { location: redirect_url }).end()
  })
})

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

describe('--payer exec:CMD', () => {
  test('runs the command with the payment in its environment, and takes the last line that it prints', async () => {
    const names =
      'ACTION TID METHOD CARD INSTALL_MONTH PC_URL MOBILE_URL APP_URL APPROVAL_URL CANCEL_URL FAIL_URL SERVER'
    const all = names.split(' ').map((name) => `$PAYER_${name}`)
    const said = await execPayer(`echo a log line; echo "${all.join('|')}"`).act(step, prepared, session, 'http://s')
    expect(said.split('|')).toEqual([
      'approve',
      'T0123456789abcdef012',
      'CARD',
      'SHINHAN',
      '3',
      'https://pay.test/pc',
      'https://pay.test/mobile',
      'https://pay.test/app',
      'https://shop.example/approve',
      'https://shop.example/cancel',
      'https://shop.example/fail',
      'http://s',
    ])
  })

  test('a command that prints nothing could not act: the server is asked why; one that fails is the kit’s trouble', async () => {
    await expect(execPayer('true').act(step, prepared, session, '')).rejects.toThrow(PayerRefused)
    const error = await execPayer('echo broken >&2; exit 3')
      .act(step, prepared, session, '')
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(HarnessError)
    expect(error).not.toBeInstanceOf(PayerRefused)
    expect((error as Error).message).toContain('broken')
  })
})

describe('--payer url:TEMPLATE', () => {
  test.each([
    ['redirects', '/redirect'],
    ['answers the URL as text', '/text'],
    ['answers it as JSON', '/json'],
  ])('whole flows pass where the URL %s', async (_, path) => {
    const payer = urlPayer(`${tool}${path}?tid={tid}&do={action}&with={method}`)
    const some = ['approve/answer.money', 'payer/approve.appends-token', 'approve/state.payer-quit']
    const flows = loadFixtures().filter(({ id }) => some.includes(id))
    const target = overHttp({ url: mock, key: undefined, payer, controlled: false, run: path })
    expect((await checkServer(flows, target)).map(({ id, outcome }) => [id, outcome]).sort()).toEqual(
      some.map((id) => [id, 'passed']).sort(),
    )
  })

  test('a refusal is the server’s, a name that does not exist is the kit’s', async () => {
    const act = (template: string) => urlPayer(template).act(step, prepared, session, mock)
    await expect(act(`${tool}/text?tid={tid}&do={action}`)).rejects.toThrow(PayerRefused)
    await expect(act(`${tool}/{nothing}`)).rejects.toThrow('--payer url: there is no {nothing}; known are action, tid,')
  })
})

describe('--payer person', () => {
  test('is shown the flow, how many payments are left, the amount, the card and the months', async () => {
    const asked: string[] = []
    const person = personPayer(async (question) => {
      asked.push(question)
      return ' https://shop.example/approve?pg_token=x \n'
    }, 7)
    expect(await person.act(step, prepared, session, '')).toBe('https://shop.example/approve?pg_token=x')
    await person.act({ payer: 'cancel' }, prepared, session, '')
    expect(asked[0]).toBe(`
Flow    order-1 (payment 1 of 7, 6 left after it)
Item    초코파이, 2200 won
Open    https://pay.test/pc
Then    pay with CARD, SHINHAN, 3 months, and paste the address that the browser was sent to (empty: cannot be done): `)
    expect(asked[1]).toContain('(payment 2 of 7, 5 left after it)')
    expect(asked[1]).toContain('Then    cancel on the page, and paste')
  })

  test('who types nothing did not act: the flow is the kit’s trouble, not the server’s', async () => {
    await expect(personPayer(async () => '').act(step, prepared, session, '')).rejects.toThrow(
      'nobody acted as the payer',
    )
  })
})

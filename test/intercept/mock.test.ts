import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Authority } from '../../src/intercept/authority.ts'
import { createMock } from '../../src/mock.ts'
import { answerOf, type Opened, openListeners, temporaryAuthority, tunnel } from './listening.ts'

let authority: Authority
let remove: () => void
let opened: Opened
beforeAll(async () => {
  ;({ authority, remove } = await temporaryAuthority())
})
afterEach(() => opened.close())
afterAll(() => remove())

/** One request through a tunnel to a host, as a client behind the proxy sends it. */
const through = async (host: string, head: string, body = ''): Promise<string> => {
  const { socket } = await tunnel(opened.proxy, `${host}:443`)
  const text = `${head} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: SECRET_KEY DEV_X\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  return new Promise((resolve, reject) => {
    let answer = ''
    const secure = connect({ socket, ca: authority.ca, servername: host }, () => secure.write(text))
    secure.on('error', reject)
    secure.on('data', (chunk) => (answer += chunk))
    secure.on('close', () => resolve(answer))
  })
}

const READY = JSON.stringify({
  cid: 'TC0ONETIME',
  partner_order_id: 'order-1',
  partner_user_id: 'user-1',
  item_name: '초코파이',
  quantity: 1,
  total_amount: 2200,
  tax_free_amount: 0,
  approval_url: 'https://shop.example/a',
  cancel_url: 'https://shop.example/c',
  fail_url: 'https://shop.example/f',
})

describe('the mock behind the proxy', () => {
  test('answers ready, and with the real hosts in redirect URLs serves the page under them', async () => {
    opened = await openListeners(authority, { listener: createMock({ redirects: 'real' }).listener })
    const { status, body } = answerOf(await through('open-api.kakaopay.com', 'POST /online/v1/payment/ready', READY))
    expect(status).toBe(200)
    const url = new URL((body as { next_redirect_pc_url: string }).next_redirect_pc_url)
    expect(url.origin).toBe('https://online-payment.kakaopay.com')
    const page = await through(url.host, `GET ${url.pathname}`)
    expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(page).toMatch(/content-type: text\/html/i)
    expect(page).toContain('초코파이')
  })

  test('answers for the retired host in that host’s form, and says what to call instead', async () => {
    opened = await openListeners(authority, { listener: createMock().listener })
    const old = answerOf(await through('kapi.kakao.com', 'POST /v1/payment/ready', 'cid=TC0ONETIME'))
    expect(old).toEqual({
      status: 403,
      body: {
        msg: 'kapi.kakao.com is retired for KakaoPay. call POST https://open-api.kakaopay.com/online/v1/payment/ready with Authorization: SECRET_KEY <your secret key> and a JSON body.',
        code: -3,
      },
    })
    expect(opened.listeners.leaks.list()).toEqual([])
    const other = answerOf(await through('kapi.kakao.com', 'GET /v2/user/me'))
    expect(opened.listeners.leaks.list()).toMatchObject([{ method: 'GET', target: 'https://kapi.kakao.com' }])
    expect(other.status).toBe(403)
    expect(other.body).toMatchObject({ code: -3, msg: expect.stringContaining('--pass kapi.kakao.com') })
  })

  test('refuses in KakaoPay’s form what is no call', async () => {
    opened = await openListeners(authority, { listener: createMock().listener })
    const { status, body } = answerOf(await through('open-api.kakaopay.com', 'GET /nothing'))
    expect([status, typeof (body as { error_code: number }).error_code]).toEqual([404, 'number'])
  })

  test('keeps its control API from pages that name it by KakaoPay’s host', async () => {
    opened = await openListeners(authority, { listener: createMock().listener })
    expect(await through('open-api.kakaopay.com', 'GET /_mock/payments')).toMatch(/^HTTP\/1\.1 403 /)
  })
})

describe('closing', () => {
  test('lets an open request be answered within the grace time, and none after it', async () => {
    for (const [grace, answered] of [
      [5000, true],
      [50, false],
    ] as const) {
      let arrived = () => {}
      const here = new Promise<void>((resolve) => {
        arrived = resolve
      })
      opened = await openListeners(authority, {
        listener: (_req, res) => {
          arrived()
          setTimeout(() => res.end('late'), 300)
        },
      })
      const answer = through('open-api.kakaopay.com', 'GET /slow').catch(() => '')
      await here
      await opened.listeners.close(grace)
      expect((await answer).includes('late')).toBe(answered)
    }
  })
})

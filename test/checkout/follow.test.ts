import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { follow, followLimits } from '../../src/checkout/follow.ts'
import { createMock } from '../../src/mock.ts'
import { payer, readied } from '../flow.ts'
import { serve } from './browser.ts'

let close = async () => {}
afterEach(() => close())

/** A merchant that answers as a test says, and keeps what it was asked. */
const merchant = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const asked: string[] = []
  const server = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} cookie:${request.headers.cookie ?? 'none'}`)
    answer(request, response)
  })
  close = server.close
  return { url: server.url, asked }
}

/** Destinations of a payment that states this URL. */
const own = (url: string, hosts: readonly string[] = []) => ({
  isOwn: (other: string) => new URL(other).origin === new URL(url).origin,
  hosts,
})

const redirectTo = (response: ServerResponse, location: string) =>
  response.writeHead(302, { location, 'set-cookie': 'id=1' }).end()

describe('follow', () => {
  test('goes where the browser would be sent, and reports what the merchant answered', async () => {
    const shop = await merchant((_request, response) => response.end('고맙습니다'))
    const mock = createMock()
    const tid = await readied(mock, { approval_url: `${shop.url}/approve?order=1` })
    const { merchant: answer, redirect_url, pg_token } = await payer(mock, tid, 'approve', { follow: true })
    expect(answer).toEqual({ hops: [{ url: redirect_url, status: 200 }], body: '고맙습니다' })
    expect(shop.asked).toEqual([`GET /approve?order=1&pg_token=${pg_token} cookie:none`])
  })

  test('goes on from hop to hop, without the cookies that it is given, and reports each', async () => {
    const shop = await merchant((request, response) =>
      request.url === '/cancel' ? redirectTo(response, 'done?a=1') : response.writeHead(404).end('gone'),
    )
    const mock = createMock()
    const tid = await readied(mock, { cancel_url: `${shop.url}/cancel` })
    expect(await payer(mock, tid, 'cancel', { follow: true })).toEqual({
      redirect_url: `${shop.url}/cancel`,
      status: 'QUIT_PAYMENT',
      merchant: {
        hops: [
          { url: `${shop.url}/cancel`, status: 302 },
          { url: `${shop.url}/done?a=1`, status: 404 },
        ],
        body: 'gone',
      },
    })
    expect(shop.asked.at(-1)).toBe('GET /done?a=1 cookie:none')
  })

  test('stops after five hops', async () => {
    const shop = await merchant((request, response) => redirectTo(response, `${request.url}x`))
    const { hops } = await follow(`${shop.url}/`, own(shop.url))
    expect(hops.map((hop) => hop.status)).toEqual([302, 302, 302, 302, 302])
    expect(shop.asked).toHaveLength(followLimits.hops)
  })

  test('stops when the time is up, also in the middle of a page', async () => {
    const shop = await merchant((_request, response) => response.write('slow'))
    const limits = { ...followLimits, timeoutMs: 100 }
    expect(await follow(`${shop.url}/`, own(shop.url), limits)).toEqual({
      hops: [{ url: `${shop.url}/`, status: null, error: 'no whole answer within 100 ms' }],
      body: '',
    })
  })

  test('keeps the beginning of a page that has no end', async () => {
    const shop = await merchant((_request, response) => {
      const more = (): boolean =>
        response.destroyed || (response.write('x'.repeat(1000)) && setImmediate(more) !== null)
      more()
    })
    const { body } = await follow(`${shop.url}/`, own(shop.url))
    expect(body).toBe('x'.repeat(followLimits.excerptBytes))
  })

  test('opens no app and no file: it says where it would have gone', async () => {
    const error = 'not an http or https URL: an app would be opened'
    const shop = await merchant((_request, response) => redirectTo(response, 'myapp://paid?ok=1'))
    expect((await follow('myapp://paid', own(shop.url))).hops).toEqual([{ url: 'myapp://paid', status: null, error }])
    expect((await follow(`${shop.url}/`, own(shop.url))).hops.at(-1)).toEqual({
      url: 'myapp://paid?ok=1',
      status: null,
      error,
    })
    expect((await follow('file:///etc/passwd', own(shop.url))).hops).toEqual([
      { url: 'file:///etc/passwd', status: null, error },
    ])
  })

  test('a merchant that is not there is reported; the payer has acted all the same', async () => {
    const shop = await merchant((_request, response) => response.end())
    await close()
    const mock = createMock()
    const tid = await readied(mock, { fail_url: `${shop.url}/fail` })
    const failed = await payer(mock, tid, 'fail', { follow: true })
    expect(failed['status']).toBe('FAIL_AUTH_PASSWORD')
    expect(failed['merchant']).toEqual({
      hops: [{ url: `${shop.url}/fail`, status: null, error: expect.stringContaining('ECONNREFUSED') }],
      body: '',
    })
    close = async () => {}
  })

  test('an act that sends the browser nowhere is followed nowhere', async () => {
    const mock = createMock()
    expect(await payer(mock, await readied(mock), 'open', { follow: true })).toEqual({
      redirect_url: null,
      status: 'OPEN_PAYMENT',
    })
  })
})

describe('where a redirect may lead', () => {
  const notFollowed = (url: string, why: string) => ({ url, status: null, error: `not followed: ${why}` })

  test('another origin than the payment’s is reported, not fetched, unless --follow-hosts opens its host', async () => {
    const inside = await merchant((_request, response) => response.end('internal'))
    const closeInside = close
    const shop = await merchant((_request, response) => redirectTo(response, `${inside.url}/secret`))
    const { host, hostname } = new URL(inside.url)
    for (const followHosts of [[], [hostname]]) {
      const mock = createMock({ followHosts })
      const tid = await readied(mock, { approval_url: `${shop.url}/a` })
      const { merchant: answer, redirect_url } = await payer(mock, tid, 'approve', { follow: true })
      const first = { url: redirect_url, status: 302 }
      expect(answer).toEqual(
        followHosts.length > 0
          ? { hops: [first, { url: `${inside.url}/secret`, status: 200 }], body: 'internal' }
          : {
              hops: [
                first,
                notFollowed(
                  `${inside.url}/secret`,
                  `http://${host} is no origin of this payment. --follow-hosts ${hostname} opens it`,
                ),
              ],
              body: '',
            },
      )
    }
    expect(inside.asked).toEqual(['GET /secret cookie:none'])
    await closeInside()
  })

  test('a registered domain is one of the payment’s origins', async () => {
    const other = await merchant((_request, response) => response.end('registered'))
    const closeOther = close
    const shop = await merchant((_request, response) => redirectTo(response, `${other.url}/b`))
    const mock = createMock({ domains: [shop.url, other.url] })
    const urls = { approval_url: `${shop.url}/a`, cancel_url: `${shop.url}/c`, fail_url: `${shop.url}/f` }
    const { merchant: answer } = await payer(mock, await readied(mock, urls), 'approve', { follow: true })
    expect((answer as { body: string }).body).toBe('registered')
    await closeOther()
  })

  test.each([
    '169.254.169.254',
    '2852039166',
    '0xa9.0xfe.0xa9.0xfe',
    '[fe80::1]',
    '[::ffff:169.254.169.254]',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
  ])('the link-local or metadata address %s is never fetched, also where a payment states it', async (host) => {
    const url = `http://${host}/latest/meta-data`
    const mock = createMock()
    const tid = await readied(mock, { approval_url: url, cancel_url: url, fail_url: url })
    const { merchant: answer } = await payer(mock, tid, 'cancel', { follow: true })
    const plain = new URL(url).hostname.replace(/^\[|\]$/g, '')
    const why = `${plain} is a link-local or metadata address. --follow-hosts ${plain} opens it`
    expect(answer).toEqual({ hops: [notFollowed(url, why)], body: '' })
  })

  test('nor by repeat-redirect, whether the API or the page presses', async () => {
    const url = 'http://169.254.169.254/latest/meta-data'
    const mock = createMock()
    const rule = JSON.stringify({ when: 'always', do: { fault: 'repeat-redirect' } })
    await mock.request('/_mock/faults', { method: 'POST', body: rule })
    const tid = await readied(mock, { approval_url: url, cancel_url: url, fail_url: url })
    const { repeated, pg_token } = await payer(mock, tid, 'approve')
    const why = '169.254.169.254 is a link-local or metadata address. --follow-hosts 169.254.169.254 opens it'
    expect(repeated).toEqual({ hops: [notFollowed(`${url}?pg_token=${pg_token}`, why)], body: '' })
  })
})

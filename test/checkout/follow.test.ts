import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { follow, followLimits } from '../../src/checkout/follow.ts'
import { createMock } from '../../src/mock.ts'
import { payer, readied } from '../flow.ts'
import { serve } from './browser.ts'

let close = async () => {}
afterEach(() => close())

/** A merchant that answers as it is told, and remembers what it was asked. */
const merchant = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const asked: string[] = []
  const server = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} cookie:${request.headers.cookie ?? 'none'}`)
    answer(request, response)
  })
  close = server.close
  return { url: server.url, asked }
}

const redirectTo = (response: ServerResponse, location: string) =>
  response.writeHead(302, { location, 'set-cookie': 'id=1' }).end()

describe('follow', () => {
  test('goes where the browser would be sent, and tells what the merchant answered', async () => {
    const shop = await merchant((_request, response) => response.end('고맙습니다'))
    const mock = createMock()
    const tid = await readied(mock, { approval_url: `${shop.url}/approve?order=1` })
    const { merchant: told, redirect_url, pg_token } = await payer(mock, tid, 'approve', { follow: true })
    expect(told).toEqual({ hops: [{ url: redirect_url, status: 200 }], body: '고맙습니다' })
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
    const { hops } = await follow(`${shop.url}/`)
    expect(hops.map((hop) => hop.status)).toEqual([302, 302, 302, 302, 302])
    expect(shop.asked).toHaveLength(followLimits.hops)
  })

  test('stops when the time is up, also in the middle of a page', async () => {
    const shop = await merchant((_request, response) => response.write('slow'))
    const limits = { ...followLimits, timeoutMs: 100 }
    expect(await follow(`${shop.url}/`, limits)).toEqual({
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
    const { body } = await follow(`${shop.url}/`)
    expect(body).toBe('x'.repeat(followLimits.excerptBytes))
  })

  test('opens no app and no file: it says where it would have gone', async () => {
    const error = 'not an http or https URL: an app would be opened'
    const shop = await merchant((_request, response) => redirectTo(response, 'myapp://paid?ok=1'))
    expect((await follow('myapp://paid')).hops).toEqual([{ url: 'myapp://paid', status: null, error }])
    expect((await follow(`${shop.url}/`)).hops.at(-1)).toEqual({ url: 'myapp://paid?ok=1', status: null, error })
    expect((await follow('file:///etc/passwd')).hops).toEqual([{ url: 'file:///etc/passwd', status: null, error }])
  })

  test('a merchant that is not there is reported; the payer has acted all the same', async () => {
    const shop = await merchant((_request, response) => response.end())
    await close()
    const mock = createMock()
    const tid = await readied(mock, { fail_url: `${shop.url}/fail` })
    const told = await payer(mock, tid, 'fail', { follow: true })
    expect(told['status']).toBe('FAIL_AUTH_PASSWORD')
    expect(told['merchant']).toEqual({
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

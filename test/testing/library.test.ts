import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { baseUrl } from '../../src/base-url.ts'
import { CallRefused, createClient, createMock, startMock } from '../../src/index.ts'
import { kakaopayHandlers } from '../../src/testing/msw.ts'
import { PayerPage } from '../../src/testing/playwright.ts'
import { type StartableContainer, startKakaoPay } from '../../src/testing/testcontainers.ts'
import { openBrowser } from '../checkout/browser.ts'
import { openShop } from '../checkout/shop.ts'
import { order } from '../merchant.ts'
import { needs } from '../needs.ts'

test('createMock has the typed clients without a socket, startMock with one that closes itself', async () => {
  const inProcess = createMock()
  const { tid } = await inProcess.payments.ready(order)
  expect(await inProcess.state.payments()).toMatchObject([{ tid, status: 'READY' }])

  await using mock = await startMock({ controlToken: 'open-sesame' })
  const prepared = await mock.as('DEV_SHOP_A').payments.ready(order)
  expect(prepared.next_redirect_pc_url).toContain(mock.url)
  expect(await mock.as('DEV_SHOP_B').journal.count()).toBe(0)
  await expect(mock.payments.order({ cid: order.cid, tid: 'T0000000000000000000' })).rejects.toBeInstanceOf(CallRefused)
})

test.each(['127.0.0.1', '::1'])(
  'a listener on %s answers redirect URLs with the port it is reached on',
  async (host) => {
    const mock = createMock()
    const server = createServer(mock.listener).listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = baseUrl(host, port)
    try {
      const client = createClient({ send: (path, init) => fetch(url + path, init) })
      const { next_redirect_pc_url } = await client.payments.ready(order)
      expect(new URL(next_redirect_pc_url).origin).toBe(url)
      expect((await fetch(next_redirect_pc_url)).status).toBe(200)
    } finally {
      server.close()
    }
  },
)

test('a public URL wins over the port that a listener is reached on', async () => {
  const server = createServer(createMock({ publicUrl: 'https://pay.example' }).listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = createClient({ send: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init) })
  expect((await client.payments.ready(order)).next_redirect_pc_url).toMatch(/^https:\/\/pay\.example\//)
  server.close()
})

test('a refusal that is no JSON is a CallRefused with the text', async () => {
  const mock = createMock()
  await mock.faults.arm({ match: { call: 'ready' }, do: { fault: 'gateway-page' } })
  const refused = await mock.payments.ready(order).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(CallRefused)
  expect(refused).toMatchObject({ status: 502, code: undefined, body: expect.stringContaining('502 Bad Gateway') })
})

test('a container of Testcontainers is configured, awaited and asked', async () => {
  const environment: Record<string, string> = {}
  await using mock = await startMock({ payer: 'approve' })
  let stopped = 0
  let exposed: unknown
  const container = {
    withExposedPorts: (...ports: unknown[]) => {
      exposed = ports
      return container
    },
    withEnvironment: (variables: Record<string, string>) => {
      Object.assign(environment, variables)
      return container
    },
    start: async () => ({
      getHost: () => '127.0.0.1',
      getMappedPort: () => Number(new URL(mock.url).port),
      stop: async () => stopped++,
    }),
  } as StartableContainer
  {
    await using kakaopay = await startKakaoPay(container, { PAYER: 'approve' })
    const { tid } = await kakaopay.payments.ready(order)
    expect(await mock.state.payments()).toMatchObject([{ tid }])
  }
  const host = Number(new URL(environment['KAKAOPAY_MOCK_PUBLIC_URL'] ?? '').port)
  expect({ environment, exposed, stopped }).toEqual({
    environment: { KAKAOPAY_MOCK_PAYER: 'approve', KAKAOPAY_MOCK_PUBLIC_URL: `http://localhost:${host}` },
    exposed: [{ container: 8585, host }],
    stopped: 1,
  })
})

test('MSW plays open-api.kakaopay.com in this process', async () => {
  const mock = createMock({ redirects: 'real' })
  const server = setupServer(...kakaopayHandlers(mock))
  server.listen({ onUnhandledRequest: 'error' })
  try {
    const response = await fetch('https://open-api.kakaopay.com/online/v1/payment/ready', {
      method: 'POST',
      headers: { authorization: 'SECRET_KEY DEV_MSW', 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    const { tid, next_redirect_pc_url } = (await response.json()) as { tid: string; next_redirect_pc_url: string }
    expect(await mock.state.payments()).toMatchObject([{ tid }])
    expect((await fetch(next_redirect_pc_url)).status).toBe(200)
  } finally {
    server.close()
  }
})

test.skipIf(!needs('chromium'))('the page object pays by card, cancels and fails', { timeout: 60_000 }, async () => {
  const shop = await openShop()
  const { page, close } = await openBrowser()
  try {
    const payer = new PayerPage(page)
    const open = async () => page.goto((await shop.ready({ total_amount: 60_000, vat_amount: 5455 })).pc)
    await open()
    await payer.pay({ card: 'SHINHAN', installMonth: 3 })
    expect(page.url()).toMatch(/\/approve\?pg_token=[0-9a-f]{20}$/)
    await open()
    await payer.cancel()
    expect(page.url()).toBe(`${shop.url}/cancel`)
    await open()
    await payer.fail()
    expect(page.url()).toBe(`${shop.url}/fail`)
  } finally {
    await close()
    await shop.close()
  }
})

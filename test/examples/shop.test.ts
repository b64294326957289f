import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../checkout/browser.ts'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')

/** `npm run demo` on free ports, with the addresses that it prints. */
const startDemo = async () => {
  const child = spawn(process.execPath, ['examples/demo.js'], {
    cwd: root,
    env: { ...process.env, SHOP_PORT: '0', KAKAOPAY_MOCK_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    if (printed.includes('Ctrl-C')) break
  }
  const address = (name: string) => new RegExp(`^${name} +(http:\\S+)`, 'm').exec(printed)?.[1] ?? ''
  const close = async () => {
    child.kill()
    await once(child, 'close')
  }
  return { shop: address('Sample shop'), mock: address('KakaoPay API'), printed, close }
}

let demo: Awaited<ReturnType<typeof startDemo>>
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

/** What a browser without a page does: follows redirects, and the payer is asked by the control API. */
const buy = async (form: Record<string, string>, path = '/orders') => {
  const sent = await fetch(`${demo.shop}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
  const hash = /[0-9a-f]{64}/.exec(sent.headers.get('location') ?? '')?.[0]
  const acted = await fetch(`${demo.mock}/_mock/payments/${hash}/payer`, {
    method: 'POST',
    body: '{"action":"approve"}',
  })
  const { redirect_url } = (await acted.json()) as { redirect_url: string }
  return fetch(redirect_url)
}
const rows = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<li><span>(.*?)<\/span><b>(.*?)<\/b><\/li>/g)].map(([, name, value]) => [name, value]),
  )

describe('the sample shop', () => {
  test('says what to click', () => {
    expect(demo.printed).toContain('카카오페이로 결제')
    expect(demo.printed).toContain(`${demo.mock}/_mock/`)
  })

  test('sells, and refunds a part', async () => {
    const receipt = await (await buy({ pie: '1', tea: '2' })).text()
    expect(receipt).toContain('영수증')
    expect(rows(receipt)).toMatchObject({
      상품: '초코파이 외 1건',
      '결제 금액': '11,200원',
      환불: '0원',
      상태: 'SUCCESS_PAYMENT',
    })
    const order = rows(receipt)['주문']
    const refund = (amount: string) =>
      fetch(`${demo.shop}/orders/${order}/refund`, { method: 'POST', body: new URLSearchParams({ amount }) })
    expect(rows(await (await refund('1000')).text())).toMatchObject({ 환불: '1,000원', 상태: 'PART_CANCEL_PAYMENT' })
    expect(await (await refund('99999')).text()).toContain('환불하지 못했습니다')
  })

  test('looks the order up where the answer of approve is lost', async () => {
    const rule = '{"match":{"call":"approve"},"do":{"fault":"commit-then-drop"}}'
    await fetch(`${demo.mock}/_mock/faults`, { method: 'POST', body: rule })
    const receipt = await (await buy({ cake: '1' })).text()
    expect(receipt).toContain('승인 응답을 받지 못해 주문을 조회했습니다')
    expect(rows(receipt)).toMatchObject({ 상품: '치즈케이크', 상태: 'SUCCESS_PAYMENT' })
  })

  test('charges a subscription again', async () => {
    const receipt = await (await buy({}, '/subscriptions')).text()
    expect(receipt).toContain('다음 달 결제')
    const next = await fetch(`${demo.shop}/orders/${rows(receipt)['주문']}/next`, { method: 'POST' })
    expect(rows(await next.text())).toMatchObject({ 상품: '간식 정기배송', 상태: 'SUCCESS_PAYMENT' })
  })
})

describe.skipIf(!needs('chromium'))('the sample shop in Chromium', { timeout: 60_000 }, () => {
  test.each(['pc', 'phone'] as const)(
    'a payment on the %s ends on its receipt, and a part is refunded',
    async (width) => {
      const { page, close } = await openBrowser({ width })
      try {
        await page.goto(demo.shop)
        await page.getByRole('button', { name: '카카오페이로 결제' }).click()
        await page.waitForURL(/\/mockup\/bridge\//)
        if (width === 'pc') await page.getByTestId('scan').click()
        else await page.goto(page.url().replace('/bridge/pc/', '/bridge/mobile-web/'))
        await page.locator('button[value=approve]').first().click()
        await page.waitForURL(/\/orders\/order-\d+$/)
        expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('영수증')
        await page.getByRole('button', { name: '환불' }).click()
        await page.getByText('PART_CANCEL_PAYMENT').waitFor()
      } finally {
        await close()
      }
    },
  )
})

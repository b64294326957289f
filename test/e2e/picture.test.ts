import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { openBrowser, serve } from '../checkout/browser.ts'
import { INSTANT, order } from '../merchant.ts'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')
const MAX_BYTES = 300_000
const SHOP = 'https://shop.example'

/** A shop's day: one payment partly cancelled, one waiting for its payer. Each step takes the mock some seconds. */
const openShopOfADay = async () => {
  let now = INSTANT
  const mock = createMock({}, { now: () => (now += 7000) })
  const server = await serve(mock.listener)
  mock.reachedAt(server.url)
  const shop = mock.as('DEV_SAMPLE_SHOP')
  let orders = 1000
  const ready = async (item_name: string, total_amount: number, fields: Record<string, unknown> = {}) => {
    const { vat_amount: _, ...rest } = order
    const partner_order_id = `order-${++orders}`
    const amounts = { total_amount, tax_free_amount: 0, quantity: 1 }
    const urls = { approval_url: `${SHOP}/approve`, cancel_url: `${SHOP}/cancel`, fail_url: `${SHOP}/fail` }
    const body = { ...rest, ...urls, partner_order_id, partner_user_id: 'user-1', item_name, ...amounts, ...fields }
    return { partner_order_id, ...(await shop.payments.ready(body)) }
  }
  const pay = async (item_name: string, total_amount: number, fields: Record<string, unknown> = {}) => {
    const { tid, partner_order_id } = await ready(item_name, total_amount, fields)
    const { pg_token = '' } = await shop.payer.approve(tid)
    await shop.payments.approve({ cid: order.cid, tid, partner_order_id, partner_user_id: 'user-1', pg_token })
    return tid
  }
  await pay('유기농 우유 900ml', 3400)
  await shop.payer.fail((await ready('겨울 이불 세트', 129_000)).tid)
  await pay('책 3권', 48_600, { tax_free_amount: 48_600 })
  const tid = await pay('아이스 아메리카노 세트', 45_300, { tax_free_amount: 300 })
  await shop.payments.cancel({ cid: order.cid, tid, cancel_amount: 10_000, cancel_tax_free_amount: 0 })
  const waiting = await ready('초코파이', 2200)
  return { url: server.url, tid, page: waiting.next_redirect_mobile_url, close: server.close }
}

const languages = [
  ['ko-KR', 'docs/ko/picture.png'],
  ['en-US', 'docs/picture.png'],
] as const

/** `cp artefacts/docs/picture.png docs/` and its Korean twin put a new picture into the README. */
test.skipIf(!needs('chromium')).each(languages)(
  'the picture of the README in %s: payer’s page and dashboard',
  { timeout: 60_000 },
  async (locale, committed) => {
    const day = await openShopOfADay()
    const phone = await openBrowser({ width: 'phone', locale })
    const desk = await openBrowser({ width: 'pc', locale })
    try {
      await phone.page.setViewportSize({ width: 390, height: 820 })
      await phone.page.goto(day.page)
      await phone.page.getByTestId('pay').waitFor()
      const payersPage = await phone.page.screenshot({ animations: 'disabled' })
      await desk.page.setViewportSize({ width: 1180, height: 820 })
      await desk.page.goto(`${day.url}/_mock/#/payments/${day.tid}`)
      await desk.page.getByTestId('payments').getByRole('link').first().waitFor()
      await desk.page.getByRole('heading', { name: '아이스 아메리카노 세트' }).waitFor()
      const shown = await desk.page.locator('body').innerText()
      expect(shown).not.toMatch(/<\/?\w|alert\(|scenario/i)
      const dashboard = await desk.page.screenshot({ animations: 'disabled' })
      const pictures = [dashboard, payersPage].map(
        (png) => `<img src="data:image/png;base64,${png.toString('base64')}">`,
      )
      await desk.page.setViewportSize({ width: 1660, height: 880 })
      await desk.page.goto('about:blank')
      await desk.page.setContent(`<style>
        body { margin: 30px; display: flex; gap: 30px; background: #d9d4c7 }
        img { border-radius: 12px; box-shadow: 0 4px 24px #0004 }
      </style>${pictures.join('')}`)
      mkdirSync(join(root, 'artefacts/docs/ko'), { recursive: true })
      const path = join(root, committed.replace('docs/', 'artefacts/docs/'))
      await desk.page.screenshot({ path })
      for (const file of [path, join(root, committed)]) expect(statSync(file).size).toBeLessThan(MAX_BYTES)
    } finally {
      await Promise.all([phone.close(), desk.close(), day.close()])
    }
  },
)

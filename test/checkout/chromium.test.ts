import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LIFETIME_MS } from '../../src/payment/payment.ts'
import { payer } from '../flow.ts'
import { needs } from '../needs.ts'
import { type Browser, type BrowserOptions, openBrowser, type Page, screenshot, widths } from './browser.ts'
import { openShop, type Shop } from './shop.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core calls serious or critical, as lines that name the place. */
const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is put into the page as text.
    const { violations } = await (globalThis as any).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
    })
    return violations
      .filter((v: { impact: string }) => v.impact === 'serious' || v.impact === 'critical')
      .map((v: { id: string; nodes: { html: string }[] }) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)
  })
}

describe.skipIf(!needs('chromium'))('the page in Chromium', () => {
  let shop: Shop
  let browser: Browser
  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(() => shop.close())
  afterEach(async () => {
    const { violations } = browser
    await browser.close()
    expect(violations).toEqual([])
  })
  const open = async (url: string, options: BrowserOptions = {}) => {
    browser = await openBrowser(options)
    await browser.page.goto(url)
    return browser.page
  }
  const at = (path: string) => (url: URL) => url.href.startsWith(`${shop.url}${path}`)
  const token = async (tid: string) => (await shop.mock.store.find(tid))?.pg_token

  /** Takes a picture in light and dark; resolves to what axe finds, and whether the page is wider than the screen. */
  const looked = async (page: Page, name: string): Promise<string[]> => {
    const found: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await screenshot(page, name.replace('*', colorScheme))
      found.push(...(await faults(page)).map((fault) => `${name}, ${colorScheme}: ${fault}`))
    }
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    return over > 0 ? [...found, `${name}: ${over} px wider than the screen`] : found
  }

  const everywhere = [
    ['phone', 'ko-KR'],
    ['phone', 'en-US'],
    ['pc', 'ko-KR'],
    ['pc', 'en-US'],
  ] as const

  test.each(everywhere)(
    'every view on a %s, %s, light and dark: a picture each, axe finds nothing serious, nothing is wider than the screen',
    async (width, locale) => {
      const amounts = { total_amount: 45_300, tax_free_amount: 300, vat_amount: 4090, green_deposit: 300 }
      const payment = await shop.ready({ item_name: '아이스 아메리카노 세트 (다회용 컵)', ...amounts })
      const page = await open(payment.pc, { width, locale })
      const found: string[] = []
      const look = async (name: string) =>
        void found.push(...(await looked(page, `${width}-${locale.slice(0, 2)}-*-${name}`)))
      await look('1-qr')
      await page.getByTestId('tab-talk').click()
      await look('2-message')
      await page.getByTestId('phoneNumber').fill('01012345678')
      await page.getByTestId('request').click()
      await page.getByTestId('problem').waitFor()
      await look('3-wrong')
      await page.getByTestId('dateOfBirth').fill('930616')
      await page.getByTestId('request').click()
      await page.getByTestId('waiting').waitFor()
      await look('4-waiting')
      await page.getByTestId('confirm').click()
      await page.getByTestId('pending-ok').waitFor()
      await look('5-too-early')
      await page.getByTestId('pending-ok').click()
      await page.getByTestId('open-message').click()
      await page.getByTestId('method-CARD').check()
      await look('6-phone')
      await page.goto(payment.mobile)
      await look('7-mobile')
      await page.getByTestId('method-CARD').check()
      await look('8-cards')
      await page.getByTestId('pay').click()
      await page.waitForURL(at('/approve'))
      await page.goto(payment.pc)
      await look('9-authenticated')
      await payer(shop.mock, payment.tid, 'expire')
      await page.reload()
      await look('10-expired')
      await page.goto(payment.pc.slice(0, -1))
      await look('11-unknown')
      expect(found).toEqual([])
    },
    120_000,
  )

  test.each(everywhere)(
    'a subscription, a shop’s message, an app and a refused choice on a %s, %s, light and dark: a picture each, axe finds nothing serious',
    async (width, locale) => {
      const page = await open(shop.url, { width, locale })
      const found: string[] = []
      const look = async (name: string) =>
        void found.push(...(await looked(page, `${width}-${locale.slice(0, 2)}-*-${name}`)))
      const subscription = await shop.ready({ cid: 'TCSUBSCRIP', item_name: '월 구독 이용권' })
      await page.goto(subscription.pc)
      await look('subscription-pc')
      await page.goto(subscription.mobile)
      await page.getByTestId('agreement').waitFor()
      await look('subscription')
      const custom_json = { custom_message: '내일 오전에 배송돼요.', return_custom_url: 'myapp://back' }
      const ordered = await shop.ready({ custom_json })
      await page.goto(ordered.app)
      expect(await page.getByTestId('shop-message').textContent()).toBe('내일 오전에 배송돼요.')
      await page.getByText(locale === 'ko-KR' ? '포인트·할인 쓰기' : 'Use points or a discount').click()
      await page.getByTestId('point').fill('2000')
      await page.getByTestId('discount').fill('1000')
      await page.getByTestId('pay').click()
      await page.getByTestId('problem').waitFor()
      await look('refused-choice')
      // What was typed stands there still, to be mended.
      await page.getByTestId('discount').fill('100')
      await page.getByTestId('pay').click()
      await page.getByTestId('return-app').waitFor()
      await page.getByRole('contentinfo').locator('summary').click()
      await look('app-finished')
      expect(found).toEqual([])
    },
    120_000,
  )

  test('on a phone the pay button stays in view while the cards are scrolled', async () => {
    const { mobile } = await shop.ready()
    const page = await open(mobile)
    await page.setViewportSize({ width: 390, height: 664 })
    await page.getByTestId('method-CARD').check()
    const inView = async () => {
      const box = await page.getByTestId('pay').boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 664
    }
    expect(await inView()).toBe(true)
    await page.mouse.wheel(0, 300)
    expect(await inView()).toBe(true)
  })

  test('카톡결제: the message is opened on the phone, the waiting view moves on by itself', async () => {
    const { pc, tid } = await shop.ready()
    const page = await open(pc)
    await page.getByRole('tab', { name: '카톡결제' }).click()
    await page.getByLabel('휴대폰 번호').fill('01012345678')
    await page.getByLabel('생년월일').fill('930616')
    await page.getByRole('button', { name: '결제요청' }).click()
    await page.getByRole('button', { name: '확인' }).click()
    await page.getByRole('dialog', { name: '결제가 진행 중이에요' }).getByRole('button', { name: '확인' }).click()
    await payer(shop.mock, tid, 'approve')
    await page.waitForURL(`${shop.url}/approve?pg_token=${await token(tid)}`)
  })

  test('QR결제: a phone scans the code, chooses a card, and the PC moves on', async () => {
    const { pc, tid } = await shop.ready({ available_cards: ['KB', 'BC'], install_month: 6 })
    const page = await open(pc)
    const [phone] = await Promise.all([browser.context.waitForEvent('page'), page.getByTestId('open-phone').click()])
    await phone.getByLabel('KB국민').check({ force: true })
    await phone.getByTestId('install-month').selectOption('6')
    await phone.getByTestId('pay').click()
    await phone.getByText('PC 화면으로 돌아가 주세요').waitFor()
    await page.waitForURL(at('/approve?pg_token='))
    expect((await shop.mock.store.find(tid))?.choice).toMatchObject({
      payment_method_type: 'CARD',
      card: 'KB',
      install_month: 6,
    })
  })

  test('the simulated phone beside the window pays too', async () => {
    const { pc } = await shop.ready()
    const page = await open(pc)
    const phone = page.getByRole('region', { name: '시뮬레이션 휴대폰' })
    await phone.getByRole('button', { name: 'QR 코드 찍기' }).click()
    await page.getByTestId('waiting').waitFor()
    await phone.getByRole('button', { name: '2,200원 결제하기' }).click()
    await page.waitForURL(at('/approve?pg_token='))
  })

  test('by keyboard alone: tabs by arrows, a card and months, and pay', async () => {
    const { pc, mobile, tid } = await shop.ready()
    const page = await open(pc)
    await page.getByRole('tab', { name: 'QR결제' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tab', { name: '카톡결제' }).getAttribute('aria-selected')).toBe('true')
    expect(await page.getByLabel('휴대폰 번호').isVisible()).toBe(true)

    await page.goto(mobile)
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    // Method, issuer, kind of card, months, free interest, points and discount, then the button.
    await press('Tab', 'ArrowDown', 'Tab', 'ArrowDown', 'Tab', 'Tab', 'ArrowDown', 'Tab', 'Space', 'Tab', 'Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('2,200원 결제하기')
    await press('Enter')
    await page.waitForURL(at('/approve'))
    expect((await shop.mock.store.find(tid))?.choice).toMatchObject({
      payment_method_type: 'CARD',
      card: 'KB',
      install_month: 2,
      interest_free_install: 'Y',
    })
  })

  test('without JavaScript the plain path is the same', async () => {
    const { pc, tid } = await shop.ready()
    const page = await open(pc, { javaScriptEnabled: false })
    await page.getByTestId('tab-talk').click()
    await page.getByTestId('phoneNumber').fill('01012345678')
    await page.getByTestId('dateOfBirth').fill('930616')
    await page.getByTestId('request').click()
    await page.getByTestId('confirm').click()
    await page.getByTestId('pending').getByTestId('pending-ok').click()
    await page.getByTestId('open-message').click()
    await page.getByTestId('method-CARD').check()
    await page.getByTestId('card-HANA').check({ force: true })
    await page.getByTestId('pay').click()
    await page.waitForURL(at('/approve'))
    expect((await shop.mock.store.find(tid))?.choice?.card).toBe('HANA')
  })

  test('the clock counts down on every face, and at its end the page goes to fail_url', async () => {
    const { pc, tid } = await shop.ready()
    await payer(shop.mock, tid, 'open')
    const page = await open(pc)
    const faces = page.getByTestId('countdown')
    const [first = ''] = await faces.allTextContents()
    await expect
      .poll(async () => (await faces.allTextContents()).map((text) => text < first), { timeout: 5000 })
      .toEqual([true, true])
    shop.clock.ahead = LIFETIME_MS - 30_000
    await expect.poll(async () => (await faces.first().getAttribute('class')) ?? '', { timeout: 5000 }).toBe('soon')
    shop.clock.ahead = LIFETIME_MS
    await page.waitForURL(at('/fail'))
    shop.clock.ahead = 0
  })

  test('back and reload: no page pays twice or traps its visitor', async () => {
    const { pc, mobile, tid } = await shop.ready()
    const page = await open(mobile)
    await page.reload()
    await page.getByTestId('pay').click()
    await page.waitForURL(at('/approve'))
    const paid = await token(tid)
    await page.goBack()
    await page.getByTestId('finished').waitFor()
    await page.waitForTimeout(1500)
    expect(page.url()).toBe(mobile)
    await page.reload()
    await page.getByTestId('proceed').click()
    await page.waitForURL(`${shop.url}/approve?pg_token=${paid}`)
    await page.goto(pc)
    expect(await page.getByTestId('finished').getAttribute('data-outcome')).toBe('AUTH_PASSWORD')
    expect(await token(tid)).toBe(paid)
  })

  test('pressed again while the merchant takes its time, it is one submission and one visit', async () => {
    const { mobile } = await shop.ready()
    const page = await open(mobile)
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    shop.visits.length = 0
    shop.delay.ms = 1200
    await page.evaluate(`
      const button = document.querySelector('[data-testid=pay]')
      button.click()
      setTimeout(() => button.click(), 300)
    `)
    await page.waitForURL(at('/approve'))
    shop.delay.ms = 0
    expect(posts).toEqual([mobile])
    expect(shop.visits).toHaveLength(1)
  })

  test('an app’s scheme opens the app; the page stays and shows what became of it', async () => {
    const { mobile } = await shop.ready({ approval_url: 'myapp://paid' })
    const page = await open(mobile)
    await page.getByTestId('pay').click()
    await page.getByTestId('finished').waitFor()
    expect(await page.getByTestId('proceed').getAttribute('href')).toMatch(/^myapp:\/\/paid\?pg_token=[0-9a-f]{20}$/)
  })

  test('a hostile item_name is a text, and turns nothing else around', async () => {
    const names = [
      '<script>document.title = "taken"</script>',
      `"'><img src=x onerror="document.title='taken'">`,
      '\u202eekat\u202c \u2067hello\u2069 \u200f',
      '🍫'.repeat(100),
      'a'.repeat(100),
    ]
    const page = await open(shop.url, { width: 'phone' })
    for (const [i, item_name] of names.entries()) {
      const { pc, mobile } = await shop.ready({ item_name })
      await page.goto(mobile)
      expect(await page.getByTestId('item-name').textContent()).toBe(item_name)
      expect(await page.getByTestId('merchant').textContent()).toBe(new URL(shop.url).host)
      await page.goto(pc)
      expect(await page.getByTestId('window-item-name').textContent()).toBe(item_name)
      expect(await page.title()).toBe('[모의] 카카오페이 결제')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(widths.phone.width)
      await screenshot(page, `hostile-${i + 1}`)
    }
  })

  test('the largest total leaves a long item_name its room in the window', async () => {
    const { pc } = await shop.ready({ item_name: '아메리카노'.repeat(20), total_amount: 2_147_483_647, vat_amount: 0 })
    const page = await open(pc, { width: 'phone' })
    await screenshot(page, 'phone-light-largest-total')
    const name = await page.getByTestId('window-item-name').boundingBox()
    expect(name?.width).toBeGreaterThan(150)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(widths.phone.width)
  })

  test('forced colours keep what is a button and what is chosen', async () => {
    const { pc, mobile } = await shop.ready({ payment_method_type: 'CARD', available_cards: ['KB', 'BC'] })
    const page = await open(pc, { width: 'phone', forcedColors: 'active' })
    const border = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).borderTopWidth`)
    expect(await border('[data-testid=tab-qr]')).toBe('3px')
    expect(await border('[data-testid=tab-talk]')).toBe('0px')
    await page.goto(mobile)
    await screenshot(page, 'phone-forced-colours')
    expect(await border('[data-testid=pay]')).toBe('1px')
    expect(await border('.card:has(:checked)')).toBe('3px')
    expect(await border('.card:not(:has(:checked))')).toBe('1px')
  })

  test('the policy refuses a script that is not the page’s own', async () => {
    const { mobile } = await shop.ready()
    const page = await open(mobile)
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken"'
      document.body.append(script)
    `)
    expect(await page.title()).toBe('[모의] 카카오페이 결제')
    expect(browser.violations.splice(0)).toEqual([expect.stringContaining('Content Security Policy')])
  })
})

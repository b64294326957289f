import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { authenticated, cancelation, paid, payer, readied } from '../flow.ts'
import { call, order, send } from '../merchant.ts'
import { needs } from '../needs.ts'
import {
  closeDashboard,
  type Dashboard,
  type DashboardOptions,
  faults,
  openLiveDashboard,
  pick,
  picture,
} from './dashboard.ts'

/** Not the synchronous one: the server that the command calls is in this process. */
const shell = promisify(execFile)

const hostile = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>‮gnp.exe'

describe.skipIf(!needs('chromium'))('the dashboard in Chromium', () => {
  let dashboard: Dashboard
  afterEach(() => closeDashboard(dashboard))
  const open = async (options: DashboardOptions = {}) => {
    dashboard = await openLiveDashboard(options)
    return dashboard.page
  }

  test.each([
    ['phone', 'ko-KR'],
    ['phone', 'en-US'],
    ['pc', 'ko-KR'],
    ['pc', 'en-US'],
  ] as const)(
    'every view on a %s, %s, light and dark: a picture each, axe finds nothing serious, nothing is wider than the screen',
    async (width, locale) => {
      const page = await open({ width, locale })
      const { mock } = dashboard
      await readied(mock, { item_name: '유기농 우유 900ml', tax_free_amout: 100 })
      const { tid } = await paid(mock, {
        item_name: '아이스 아메리카노 세트',
        total_amount: 45_300,
        tax_free_amount: 300,
        vat_amount: null,
      })
      await call(mock, 'cancel', cancelation(tid, 10_000))
      await call(mock, 'cancel', cancelation(tid, 99_000))
      await mock.request('/_mock/faults', {
        method: 'POST',
        body: JSON.stringify({ match: { call: 'approve' }, do: { fault: 'commit-then-500' } }),
      })
      const { tid: lost } = await authenticated(mock, { item_name: '책 3권' })
      await call(mock, 'approve', { ...order, tid: lost, pg_token: (await mock.store.find(lost))?.pg_token })
      await paid(mock, { cid: 'TCSUBSCRIP', item_name: '월 구독 이용권' })
      await mock.request('/_mock/applications', { method: 'POST', body: JSON.stringify({ name: '초코 상점' }) })
      const journal = (await (await mock.request('/_mock/journal')).json()) as { entries: { id: string }[] }
      const [a, b] = journal.entries.map(({ id }) => id)

      // What was done before the page was there is seen by a look of its own.
      await page.reload()
      await page.getByTestId('payments').getByRole('link').first().waitFor()
      const found: string[] = []
      const views = {
        payments: 'payments',
        payment: `payments/${tid}`,
        journal: 'journal',
        call: `journal/${a}`,
        diff: `journal/${a}/${b}`,
        faults: 'faults',
        clock: 'clock',
        namespaces: 'namespaces',
        applications: 'applications',
        audit: 'audit',
        refusals: 'refusals',
        deviations: 'deviations',
        settings: 'settings',
        subscriptions: 'subscriptions',
        new: 'new',
      }
      for (const [name, hash] of Object.entries(views)) {
        await page.goto(`${dashboard.url}/_mock/#/${hash}`)
        await page.locator(`main[data-view=${hash.split('/')[0]}] h1`).waitFor({ state: 'attached' })
        if (hash.includes('/')) await page.locator('main [data-focus]').waitFor()
        for (const reveal of await page.locator('.reveal:visible').all()) await reveal.click()
        await page.evaluate("document.querySelector('main').scrollTo(0, 0); scrollTo(0, 0)")
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await picture(page, `${width}-${locale.slice(0, 2)}-${colorScheme}-${name}`)
          found.push(...(await faults(page)).map((fault) => `${name}, ${colorScheme}: ${fault}`))
        }
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        if (over > 0) found.push(`${name}: ${over} px wider than the screen`)
      }
      expect(found).toEqual([])
    },
    180_000,
  )

  test('a payment appears in the list by itself, and its state follows', async () => {
    const page = await open()
    await page.getByText('No payment yet').waitFor()
    const tid = await readied(dashboard.mock, { item_name: '초코파이' })
    const row = page.getByTestId('payments').getByRole('link', { name: '초코파이' })
    await expect.poll(() => row.innerText()).toContain('Prepared')
    await payer(dashboard.mock, tid, 'approve')
    await expect.poll(() => row.innerText()).toContain('Authenticated')
  })

  test('nothing is asked for while nothing happens, and a burst of payments costs a few requests', async () => {
    const page = await open()
    await page.waitForTimeout(500)
    const quiet = dashboard.asked.length
    await page.waitForTimeout(1500)
    expect(dashboard.asked.slice(quiet)).toEqual([])
    await Promise.all(
      Array.from({ length: 150 }, (_, i) => readied(dashboard.mock, { partner_order_id: `order-${i}` })),
    )
    await expect.poll(() => page.locator('main .count').first().innerText()).toBe('150')
    expect(dashboard.asked.slice(quiet).filter((request) => request === 'GET /_mock/payments').length).toBeLessThan(10)
  })

  test('searching and filtering narrow the list, and the address keeps them', async () => {
    const page = await open()
    await readied(dashboard.mock, { item_name: '사과', partner_order_id: 'order-a' })
    await payer(
      dashboard.mock,
      await readied(dashboard.mock, { item_name: '배', partner_order_id: 'order-b' }),
      'cancel',
    )
    const rows = page.getByTestId('payments').getByRole('link')
    await expect.poll(() => rows.count()).toBe(2)
    await page.getByTestId('search-text').fill('order-a')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('사과')])
    await page.reload()
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('사과')])
    await page.getByTestId('search-text').fill('')
    await pick(page, 'State').selectOption('QUIT_PAYMENT')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('배')])
  })

  test('a button acts, says what came of it, and shows the curl that does the same', async () => {
    const page = await open()
    const tid = await readied(dashboard.mock)
    await page.goto(`${dashboard.url}/_mock/#/payments/${tid}`)
    await page.getByTestId('curl-pay').click()
    await expect
      .poll(() => page.getByTestId('command-pay').innerText())
      .toBe(
        `curl -X POST '${dashboard.url}/_mock/payments/${tid}/payer' \\\n  -H 'content-type: application/json' \\\n  -d '{"action":"approve"}'`,
      )
    await pick(page, 'Method').selectOption('CARD')
    await pick(page, 'Instalments').selectOption('3')
    await expect.poll(() => page.getByTestId('command-pay').innerText()).toContain('"install_month":3')
    await page.getByTestId('act-pay').click()
    await expect.poll(() => page.getByTestId('status').innerText()).toBe('AUTH_PASSWORD')
    await expect.poll(() => page.getByTestId('last').innerText()).toContain(`POST /_mock/payments/${tid}/payer`)
    expect((await dashboard.mock.store.find(tid))?.choice).toMatchObject({
      payment_method_type: 'CARD',
      install_month: 3,
    })
    // The payer's cancel would be refused now, so it is not offered.
    expect(await page.getByTestId('act-quit').count()).toBe(0)
  })

  test('what an act answered is shown where it happened, and no longer on the next page', async () => {
    const page = await open({ hash: '#/clock' })
    await page.getByLabel('By', { exact: true }).fill('soon')
    await page.getByTestId('act-advance').click()
    await expect.poll(() => page.getByTestId('last').innerText()).toContain('400')
    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByTestId('last').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Clock' }).click()
    await page.getByTestId('act-minute').click()
    await expect.poll(() => page.getByTestId('last').innerText()).toContain('200')
    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByTestId('last').waitFor({ state: 'detached' })
  })

  test.skipIf(!needs('curl'))('the curl works as it stands, pasted into a shell', async () => {
    const page = await open({ hash: '#/faults' })
    await page.getByLabel('partner_order_id').fill("it's")
    await page.getByTestId('curl-arm').click()
    await shell('sh', ['-c', await page.getByTestId('command-arm').innerText()], { timeout: 10_000 })
    const { faults } = (await (await dashboard.mock.request('/_mock/faults')).json()) as { faults: unknown[] }
    expect(faults).toMatchObject([
      { match: { order_id: "it's" }, when: 'next', do: { fault: 'refuse', refusal: 'approval-failure' } },
    ])
    await expect.poll(() => page.getByTestId('faults').innerText()).toContain("it's")
  })

  test('whatever a client sent shows as the text it is', async () => {
    const page = await open()
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      return dialog.dismiss()
    })
    const named = { item_name: hostile, partner_order_id: hostile, partner_user_id: hostile }
    const tid = await readied(dashboard.mock, named)
    await send(dashboard.mock, 'ready', JSON.stringify({ [hostile]: hostile }), { 'user-agent': '<b>agent</b>' })
    await page.goto(`${dashboard.url}/_mock/#/payments/${tid}`)
    expect(await page.getByTestId('item-name').innerText()).toBe(hostile)
    await page.locator('.calls summary').first().click()
    expect(await page.getByTestId('request-body').first().innerText()).toContain('<script>alert(2)</script>')
    for (const view of ['journal', 'audit', 'namespaces']) {
      await page.goto(`${dashboard.url}/_mock/#/${view}`)
      await page.locator(`main[data-view=${view}] h1`).waitFor()
    }
    await page.goto(`${dashboard.url}/_mock/#/payments/${encodeURIComponent(hostile)}`)
    await page.getByText('There is no such payment').waitFor()
    expect(await page.locator('main img, main script, main b b').count()).toBe(0)
    expect(dialogs).toEqual([])
  })

  test('by keyboard alone: skip to the content, walk the list, open a payment, let it fail', async () => {
    const page = await open()
    await readied(dashboard.mock, { item_name: '첫째' })
    const tid = await readied(dashboard.mock, { item_name: '둘째' })
    await expect.poll(() => page.getByTestId('payments').getByRole('link').count()).toBe(2)
    const focused = () => page.evaluate<string>('document.activeElement.textContent')
    const { keyboard } = page
    await keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    await keyboard.press('Enter')
    expect(await focused()).toContain('Payments')
    for (let i = 0; i < 4; i++) await keyboard.press('Tab')
    expect(await focused()).toContain('둘째')
    await keyboard.press('ArrowDown')
    expect(await focused()).toContain('첫째')
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    await expect.poll(focused).toBe('둘째')
    for (let i = 0; i < 20 && (await focused()) !== 'Fail'; i++) await keyboard.press('Tab')
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await keyboard.press('Enter')
    await expect.poll(async () => (await dashboard.mock.store.find(tid))?.status).toBe('FAIL_AUTH_PASSWORD')
  })
})

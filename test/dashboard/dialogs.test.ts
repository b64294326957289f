import { afterEach, describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/mock.ts'
import { authenticated } from '../flow.ts'
import { KEY } from '../merchant.ts'
import { needs } from '../needs.ts'
import {
  closeDashboard,
  type Dashboard,
  type DashboardOptions,
  faults,
  openDashboard,
  openLiveDashboard,
  type Page,
  picture,
} from './dashboard.ts'

/** Payments of another mock, whose secret keys this one has never seen: as after a restart. */
const restarted = async () => {
  const before = createMock()
  const { tid } = await authenticated(before, { item_name: '초코파이' })
  const body = await (await before.request('/_mock/state')).text()
  const prepare = async (mock: Mock) =>
    expect((await mock.request('/_mock/state', { method: 'PUT', body })).status).toBe(200)
  return { prepare, tid }
}

describe.skipIf(!needs('chromium'))('what the dashboard shows before there is anything, and what it asks', () => {
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
    'on a %s, %s, light and dark: a picture each, axe finds nothing serious, nothing is wider than the screen',
    async (width, locale) => {
      const { prepare, tid } = await restarted()
      const page = await open({ width, locale })
      const found: string[] = []
      const look = async (view: Page, name: string) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await view.emulateMedia({ colorScheme })
          await picture(view, `${width}-${locale.slice(0, 2)}-${colorScheme}-${name}`)
          found.push(...(await faults(view)).map((fault) => `${name}, ${colorScheme}: ${fault}`))
        }
        const over = await view.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        if (over > 0) found.push(`${name}: ${over} px wider than the screen`)
      }
      await page.getByTestId('first-steps').waitFor()
      await look(page, 'empty')
      for (const view of ['subscriptions', 'journal', 'faults', 'namespaces', 'applications', 'audit']) {
        await page.goto(`${dashboard.url}/_mock/#/${view}`)
        await page.locator(`main[data-view=${view}] h1`).waitFor()
        await look(page, `empty-${view}`)
      }
      await page.goto(`${dashboard.url}/_mock/#/nope`)
      await page.locator('main[data-view=nope] h1').waitFor()
      await look(page, 'no-page')
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await look(page, 'dialog-shortcuts')
      await page.keyboard.press('Escape')
      await page.goto(`${dashboard.url}/_mock/#/namespaces`)
      await page.getByTestId('act-reset-all').click()
      await page.getByRole('dialog').waitFor()
      await look(page, 'dialog-confirm')
      await page.keyboard.press('Escape')
      await page.goto(`${dashboard.url}/_mock/#/new`)
      await page.getByTestId('form-new').locator('summary').click()
      await look(page, 'new-options')
      await closeDashboard(dashboard)

      const other = await open({ width, locale, prepare, hash: `#/payments/${tid}` })
      await other.getByTestId('act-approve').click()
      await other.getByTestId('key').fill('DEV_ANOTHER_KEY')
      await other.keyboard.press('Enter')
      await other.getByRole('alert').locator('bdi').waitFor()
      await look(other, 'dialog-key')
      await other.keyboard.press('Escape')
      await other.getByTestId('last').waitFor()
      await look(other, 'failed')
      await closeDashboard(dashboard)

      const guarded = await openDashboard({ width, locale, config: { controlToken: 'let-me-in' } })
      dashboard = guarded
      await guarded.page.getByTestId('token').waitFor()
      await look(guarded.page, 'dialog-token')
      expect(found).toEqual([])
    },
    120_000,
  )

  test('a question that is answered by Enter alone changes nothing', async () => {
    const { prepare } = await restarted()
    const page = await open({ prepare, hash: '#/namespaces' })
    await page.getByTestId('act-reset-all').click()
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Leave it')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await dashboard.mock.store.list()).length).toBe(1)
  })

  test('a secret key that the mock has not seen since its start is asked for once, and is shown nowhere', async () => {
    const { prepare, tid } = await restarted()
    const page = await open({ prepare, hash: `#/payments/${tid}` })
    await page.getByTestId('act-approve').click()
    await page.getByTestId('key').fill('DEV_ANOTHER_KEY')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('it is not the secret key of ns_').waitFor()
    await page.getByTestId('key').fill(KEY)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByTestId('status').innerText()).toBe('SUCCESS_PAYMENT')
    await page.locator('#last summary').click()
    expect(await page.locator('body').innerText()).not.toContain(KEY)
    await page.getByLabel('Amount to cancel').fill('1100')
    await page.getByTestId('act-cancel').click()
    await expect.poll(() => page.getByTestId('status').innerText()).toBe('PART_CANCEL_PAYMENT')
    expect(await page.getByTestId('key').count()).toBe(0)
  })

  test('a key that is not given sends nothing, and says why', async () => {
    const { prepare, tid } = await restarted()
    const page = await open({ prepare, hash: `#/payments/${tid}` })
    await page.getByTestId('act-approve').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave it' }).click()
    await expect.poll(() => page.getByTestId('last').innerText()).toContain('409')
    expect((await dashboard.mock.store.find(tid))?.status).toBe('AUTH_PASSWORD')
  })

  test('rules, errors and previews are in Korean on the Korean page', async () => {
    const page = await open({ locale: 'ko-KR', hash: '#/refusals?text=quantity.min' })
    await page.getByTestId('rules').getByText('quantity: 1 이상이어야 합니다.').first().waitFor()
    await page.getByTestId('search-text').fill('한 번만 승인')
    await expect.poll(() => page.getByTestId('rules').locator('h3').allInnerTexts()).toEqual(['approve.state.once'])
    await page.goto(`${dashboard.url}/_mock/#/clock`)
    await page.getByTestId('form-advance').getByRole('textbox').fill('곧')
    await page.getByTestId('act-advance').click()
    await expect.poll(() => page.getByTestId('last').innerText()).toContain('by: 밀리초 수 또는 500ms')
    await page.goto(`${dashboard.url}/_mock/#/payments/T0`)
    await page.getByText('T0 결제가 없습니다.').waitFor()
    await page.setViewportSize({ width: 390, height: 760 })
    await page.getByRole('link', { name: '← 모든 결제' }).click()
    await page.getByTestId('first-steps').waitFor()
  })
})

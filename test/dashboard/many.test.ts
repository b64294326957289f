import { afterEach, describe, expect, test } from 'vitest'
import { as } from '../control/control.ts'
import { authenticated, paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { closeDashboard, type Dashboard, type DashboardOptions, openLiveDashboard, picture } from './dashboard.ts'

describe.skipIf(!needs('chromium'))('the dashboard, where there is too much or too little', () => {
  let dashboard: Dashboard
  afterEach(() => closeDashboard(dashboard))
  const open = async (options: DashboardOptions = {}) => {
    dashboard = await openLiveDashboard(options)
    return dashboard.page
  }
  const go = async (view: string) => {
    await dashboard.page.goto(`${dashboard.url}/_mock/#/${view}`)
    await dashboard.page.locator(`main[data-view=${view.split('/')[0]}] h1`).waitFor({ state: 'attached' })
  }

  test('of many namespaces, clocks and payments it draws a hundred, and says how many there are', async () => {
    const page = await open()
    for (let i = 0; i < 150; i++) await call(dashboard.mock, 'ready', order, as(`DEV_PLENTY_${i}`))
    await go('namespaces')
    const main = page.locator('main')
    await expect.poll(() => main.innerText()).toContain('The 100 used last of 150 are shown.')
    expect(await main.innerText()).toContain('At most 10,000 are kept.')
    expect(await page.getByTestId('namespaces').locator('> li').count()).toBe(100)
    await go('audit')
    await expect.poll(() => main.innerText()).toContain('Showing 50 of 150 payments')
    expect(await main.locator('.card').count()).toBe(50)
    await go('clock')
    await expect.poll(() => main.innerText()).toContain('The 100 used last of 151 are shown.')
    expect(await page.getByTestId('clocks').locator('tbody tr').count()).toBe(100)
  })

  test('what the journal has forgotten is said before any verdict', async () => {
    const page = await open({ config: { journalLength: 3 } })
    await authenticated(dashboard.mock)
    await paid(dashboard.mock)
    await readied(dashboard.mock)
    await go('audit')
    await expect
      .poll(() => page.getByTestId('verdict').innerText())
      .toBe('1 of 3 payments cannot be judged: the journal no longer holds its calls.')
    expect(await page.locator('main .note.warning').innerText()).toContain('has dropped 3 calls for newer ones')
    await picture(page, 'pc-light-audit-forgotten')
  })

  test('on a phone two calls stand side by side, whole', async () => {
    const page = await open({ width: 'phone' })
    await readied(dashboard.mock, { partner_order_id: 'one' })
    await readied(dashboard.mock, { partner_order_id: 'two', install_mont: 3 })
    const journal = (await (await dashboard.mock.request('/_mock/journal')).json()) as { entries: { id: string }[] }
    const [a, b] = journal.entries.map(({ id }) => id)
    await go(`journal/${a}/${b}`)
    const cells = page.getByTestId('diff').locator('tr.changed td')
    await cells.first().waitFor()
    const edges = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()])
    expect(edges[0]?.y).toBe(edges[1]?.y)
    expect((edges[1]?.x ?? 0) + (edges[1]?.width ?? 999)).toBeLessThanOrEqual(375)
    await go(`journal/${a}`)
    await expect.poll(() => page.locator('main').innerText()).toContain('Did you mean install_month?')
  })
})

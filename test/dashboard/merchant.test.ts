import { afterEach, describe, expect, test } from 'vitest'
import { serve } from '../checkout/browser.ts'
import { authenticated, paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { closeDashboard, type Dashboard, type DashboardOptions, openDashboard, pick } from './dashboard.ts'

describe.skipIf(!needs('chromium'))('the merchant’s side on the dashboard', () => {
  let dashboard: Dashboard
  afterEach(() => closeDashboard(dashboard))
  const open = async (hash: string, options: DashboardOptions = {}) => {
    dashboard = await openDashboard({ locale: 'en-US', hash, ...options })
    return dashboard.page
  }

  test('a payment from nothing: made, paid as the payer, approved, cancelled in part', async () => {
    const page = await open('')
    await page.getByTestId('first-steps').getByRole('link', { name: 'New test payment' }).click()
    await page.getByLabel('Item').fill('초코파이')
    await page.getByLabel('Amount in won').fill('5500')
    await page.getByTestId('act-new').click()
    await expect.poll(() => page.getByTestId('item-name').innerText()).toBe('초코파이')
    const href = await page.getByRole('link', { name: 'Open as the payer' }).getAttribute('href')
    await page.goto(href ?? '')
    const url = page.url()
    await page.locator('#phone, body').first().waitFor()
    const hash = /([0-9a-f]{64})/.exec(url)?.[1] ?? url.split('/').pop()
    const [payment] = await dashboard.mock.store.list()
    expect(payment?.hash).toBe(hash)
    await dashboard.mock.request(`/_mock/payments/${payment?.tid}/payer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'approve' }),
    })
    // The payer's browser comes back to approval_url, which is the dashboard.
    await page.goto(payment?.approval_url ?? '')
    await page.getByTestId('payments').getByRole('link', { name: '초코파이' }).click()
    await page.getByText('Approving charges ₩5,500.').waitFor()
    await page.getByTestId('act-approve').click()
    await expect.poll(() => page.getByTestId('status').innerText()).toBe('SUCCESS_PAYMENT')

    await page.getByLabel('Amount to cancel').fill('1100')
    await expect
      .poll(() => page.getByTestId('cancel-effect').innerText())
      .toBe(
        'Gives back ₩1,100, ₩100 of it VAT.\n' +
          'Left: Total 5,500 − 1,100 = 4,400 · Tax-free 0 − 0 = 0 · VAT 500 − 100 = 400',
      )
    expect((await dashboard.mock.store.find(payment?.tid ?? ''))?.canceled.total).toBe(0)
    await page.getByTestId('act-cancel').click()
    await expect.poll(() => page.getByTestId('status').innerText()).toBe('PART_CANCEL_PAYMENT')
    await page.getByLabel('Amount to cancel').fill('')
    await expect.poll(() => page.getByTestId('act-cancel').innerText()).toBe('Cancel')
    expect(await page.getByTestId('cancel-effect').count()).toBe(0)
    await page.getByLabel('Amount to cancel').fill('9900')
    await expect.poll(() => page.getByTestId('cancel-effect').innerText()).toContain('Would be refused')
  })

  test('a subscription is charged, its payments listed, and inactivated', async () => {
    const page = await open('#/subscriptions')
    await paid(dashboard.mock, { cid: 'TCSUBSCRIP', item_name: '월 구독' })
    const card = page.getByTestId('subscriptions').locator('li')
    await card.getByText('월 구독').waitFor()
    await card.getByLabel('Amount in won').fill('3300')
    await card.getByTestId('act-charge').click()
    await expect.poll(() => card.innerText()).toContain('last charged')
    await card.getByRole('link', { name: 'Its payments' }).click()
    const rows = page.getByTestId('payments').getByRole('link')
    await expect.poll(() => rows.count()).toBe(2)
    await page.goBack()
    await card.getByTestId('act-inactivate').click()
    await page.getByTestId('confirm').click()
    await card.getByText('inactive', { exact: true }).waitFor()
    expect((await dashboard.mock.store.subscriptions.list())[0]?.status).toBe('INACTIVE')
  })

  test('after authentication the payer’s cancel is not offered; commit-then-500 is not called a cut answer', async () => {
    const page = await open('')
    const { tid, pg_token } = await authenticated(dashboard.mock)
    await dashboard.mock.request('/_mock/faults', {
      method: 'POST',
      body: JSON.stringify({ do: { fault: 'commit-then-500' } }),
    })
    const { cid, partner_order_id, partner_user_id } = order
    await call(dashboard.mock, 'approve', { cid, tid, partner_order_id, partner_user_id, pg_token })
    await page.goto(`${dashboard.url}/_mock/#/payments/${tid}`)
    await page.getByTestId('timeline').locator('summary', { hasText: 'commit-then-500' }).click()
    await page.getByText('The client got HTTP 500 in place of the answer that the call had.').waitFor()
    expect(await page.getByText('did not get the whole answer').count()).toBe(0)
  })

  test('settings in force say where each came from', async () => {
    const page = await open('#/settings', { config: { payer: 'approve', keys: [] } })
    const row = page.getByTestId('settings').getByRole('row', { name: /^payer / })
    await expect.poll(() => row.innerText()).toMatch(/approve\s+createMock\s+--payer\s+KAKAOPAY_MOCK_PAYER/)
    await page.getByLabel('Only what differs from the default').check()
    await expect.poll(() => page.getByTestId('settings').locator('tbody tr').count()).toBe(3)
  })

  test('where the server behind --relay deviates is listed, with the rule and its grade', async () => {
    const real = await serve((request, response) => {
      request.resume()
      response.writeHead(400, { 'content-type': 'application/json;charset=UTF-8' })
      response.end(JSON.stringify({ error_code: -9999, error_message: 'no' }))
    })
    const page = await open('#/deviations', { config: { relay: real.url } })
    await page.getByText('Nothing differs so far').waitFor()
    await call(dashboard.mock, 'ready', order)
    const row = page.getByTestId('deviations').locator('tbody tr')
    await expect
      .poll(() => row.innerText())
      .toMatch(/ready\s+refusals inferred\s+body\.error_code\s+a code of the table\s+-9999\s+1 time/)
    await real.close()
  })

  test('a namespace is labelled, and the picker shows label and the key’s last four characters', async () => {
    const page = await open('#/namespaces')
    await readied(dashboard.mock)
    const card = page.getByTestId('namespaces').locator('li')
    await card.getByText('Settings, lease, seed').click()
    await card.getByLabel('Label').fill('Cart tests')
    await card.getByTestId('act-save').click()
    await expect.poll(() => card.locator('h3').innerText()).toContain('Cart tests')
    await page.reload()
    const option = page.locator('#namespace option', { hasText: 'Cart tests' })
    await expect.poll(() => option.innerText()).toMatch(/^Cart tests · .{1,3}….{4} · ns_/)
  })

  test('the chosen namespace stands in the address, so a reload shows what the picker says', async () => {
    const page = await open('')
    await readied(dashboard.mock, { item_name: '하나' })
    await call(
      dashboard.mock,
      'ready',
      { ...order, item_name: '둘' },
      { authorization: 'SECRET_KEY DEV_OTHER_KEY_OF_A_TEST' },
    )
    await page.reload()
    const option = page.locator('#namespace option', { hasText: 'TEST' })
    await option.waitFor({ state: 'attached' })
    const name = (await option.getAttribute('value')) ?? ''
    await pick(page, 'Namespace').selectOption(name)
    expect(new URL(page.url()).searchParams.get('namespace')).toBe(name)
    await page.reload()
    const rows = page.getByTestId('payments').getByRole('link')
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('둘')])
    expect(await page.locator('#namespace').inputValue()).toBe(name)
    await page.getByRole('link', { name: 'Journal' }).click()
    await expect.poll(() => page.locator('main[data-view=journal] .count').innerText()).toBe('1')
  })
})

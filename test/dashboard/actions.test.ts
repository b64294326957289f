import { afterEach, describe, expect, test } from 'vitest'
import { approval, authenticated, cancelation, paid, readied } from '../flow.ts'
import { call, order } from '../merchant.ts'
import { needs } from '../needs.ts'
import { closeDashboard, type Dashboard, type DashboardOptions, openDashboard, pick } from './dashboard.ts'

const OTHER_KEY = 'DEVFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'

describe.skipIf(!needs('chromium'))('what the API can do, done on the dashboard', () => {
  let dashboard: Dashboard
  afterEach(() => closeDashboard(dashboard))
  const open = async (hash: string, options: DashboardOptions = {}) => {
    dashboard = await openDashboard({ locale: 'en-US', hash, ...options })
    return dashboard.page
  }
  const control = async (path: string) => (await (await dashboard.mock.request(path)).json()) as Record<string, never>

  test('the sum is worked out line by line, with what is left after each cancel', async () => {
    const page = await open('')
    const { tid } = await paid(dashboard.mock, { total_amount: 45_300, tax_free_amount: 300, vat_amount: null })
    await call(dashboard.mock, 'cancel', cancelation(tid, 10_000))
    await call(
      dashboard.mock,
      'cancel',
      cancelation(tid, 5300, { cancel_tax_free_amount: 300, cancel_vat_amount: 400 }),
    )
    await page.goto(`${dashboard.url}/_mock/#/payments/${tid}`)
    const sums = page.getByTestId('ledger').locator('tr.sum')
    await expect
      .poll(() => sums.allInnerTexts())
      .toEqual([
        'VAT ₩4,091 (45,300 − 300) ÷ 11 = 4,090.91 → 4,091',
        'VAT ₩4,091 (45,300 − 300) ÷ 11 = 4,090.91 → 4,091',
        'VAT ₩909 (10,000 − 0) ÷ 11 = 909.09 → 909\n' +
          'Left: Total 45,300 − 10,000 = 35,300 · Tax-free 300 − 0 = 300 · VAT 4,091 − 909 = 3,182',
        'VAT ₩400 (5,300 − 300) ÷ 11 = 454.55 → 455 as the merchant sent it, not by the division\n' +
          'Left: Total 35,300 − 5,300 = 30,000 · Tax-free 300 − 300 = 0 · VAT 3,182 − 400 = 2,782',
      ])
    await expect
      .poll(() => page.getByTestId('timeline').locator('.call-name').allInnerTexts())
      .toEqual(['ready', 'payer approve', 'approve', 'cancel', 'cancel'])
  })

  test('two calls are compared field by field', async () => {
    const page = await open('#/journal')
    await readied(dashboard.mock, { partner_order_id: 'one', quantity: 1 })
    await readied(dashboard.mock, { partner_order_id: 'two', quantity: 1 })
    await page.getByTestId('journal').getByRole('link', { name: 'one' }).click()
    await page.getByTestId('compare').click()
    const rows = page.getByTestId('diff').locator('tr.changed')
    await expect.poll(() => rows.first().innerText()).toBe('partner_order_id\t"one"\t"two"')
    const equal = page.getByTestId('diff').getByRole('rowheader', { name: 'quantity' })
    expect(await equal.count()).toBe(0)
    await page.getByLabel('Show what is equal too').check()
    await equal.waitFor()
  })

  test('a refusal is armed with its evidence in sight, fires, and is counted', async () => {
    const page = await open('#/faults')
    await pick(page, 'Refusal').selectOption('quota-exceeded')
    await expect
      .poll(() => page.getByTestId('refusal-preview').innerText())
      .toMatch(/^429 -429 .*daily quota exceeded!.* documented wording: ours$/)
    await pick(page, 'Call').selectOption('approve')
    await page.getByTestId('act-arm').click()
    await expect.poll(() => page.getByTestId('faults').innerText()).toContain('matched 0, fired 0')
    const { tid, pg_token } = await authenticated(dashboard.mock)
    expect((await call(dashboard.mock, 'approve', approval(tid, pg_token))).body['error_code']).toBe(-429)
    await expect.poll(() => page.getByTestId('faults').innerText()).toContain('matched 1, fired 1')
    await page.getByTestId('act-disarm').click()
    await page.getByText('Nothing is armed').waitFor()
  })

  test.each([
    [
      'Delay',
      'latency',
      { 'Uniform, from': '5ms', 'Uniform, to': '9ms' },
      { fault: 'latency', uniform: ['5ms', '9ms'] },
    ],
    ['Lose the answer', 'commit-then-hang', { 'For how long': '2s' }, { fault: 'commit-then-hang', ms: '2s' }],
    ['Delay', 'slow-drip', { bytes: '8' }, { fault: 'slow-drip', bytes: 8 }],
  ])('%s: %s is armed with its parameters', async (mode, fault, fields, expected) => {
    const page = await open('#/faults')
    await page.getByRole('radio', { name: mode }).check()
    await pick(page, 'Fault').selectOption(fault)
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
    await pick(page, 'How often').selectOption('every')
    await page.getByTestId('act-arm').click()
    await page.getByTestId('faults').getByText('one in 3').waitFor()
    expect(await control('/_mock/faults')).toMatchObject({ faults: [{ when: { every: 3 }, do: expected }] })
  })

  test('the clock moves on, and what became due is named', async () => {
    const page = await open('#/clock')
    const tid = await readied(dashboard.mock)
    await page.getByTestId('act-quarter').click()
    await page.getByTestId('due').getByRole('link').click()
    await expect.poll(() => page.locator('.payment-state').innerText()).toContain('Expired')
    expect(new URL(page.url()).hash).toBe(`#/payments/${tid}`)
  })

  test('an application is registered, its key shown once, issued anew, and its API switched off', async () => {
    const page = await open('#/applications')
    await page.getByLabel('Name', { exact: true }).fill('초코 상점')
    await pick(page, 'Redirect URLs').selectOption('listed')
    await page
      .getByRole('textbox', { name: 'Web domains' })
      .fill('https://developers.kakao.com\nhttps://*.shop.example')
    await page.getByTestId('act-register').click()
    const key = page.getByTestId('secret-key')
    await expect.poll(() => key.innerText()).toMatch(/^DEV[0-9A-F]{37}$/)
    const first = await key.innerText()
    const ready = async (secret: string, fields = {}) =>
      (await call(dashboard.mock, 'ready', { ...order, ...fields }, { authorization: `SECRET_KEY ${secret}` })).body[
        'error_code'
      ]
    expect(await ready(first)).toBeUndefined()
    expect(await ready(first, { approval_url: 'https://other.example/' })).toBe(-799)
    await page.getByTestId('act-reissue').click()
    await page.getByTestId('confirm').click()
    await expect.poll(() => key.innerText()).not.toBe(first)
    expect(await ready(first)).toBe(-401)
    await page.getByTestId('act-switch-api').click()
    await page.getByText('API off', { exact: true }).waitFor()
    expect(await ready(await key.innerText())).toBe(-403)
  })

  test('a namespace is chosen, changed and reset, and the other one stays as it is', async () => {
    const page = await open('')
    await readied(dashboard.mock, { item_name: '하나' })
    await call(dashboard.mock, 'ready', { ...order, item_name: '둘' }, { authorization: `SECRET_KEY ${OTHER_KEY}` })
    const rows = page.getByTestId('payments').getByRole('link')
    await expect.poll(() => rows.count()).toBe(2)
    await page.reload()
    const option = page.locator('#namespace option', { hasText: 'FFFF' })
    await option.waitFor({ state: 'attached' })
    const name = (await option.getAttribute('value')) ?? ''
    await pick(page, 'Namespace').selectOption(name)
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('둘')])

    await page.getByRole('link', { name: 'Namespaces' }).click()
    const card = page.locator(`[data-key="${name}"].card`)
    await card.getByText('Settings, lease, seed').click()
    await pick(card, 'Who acts at a redirect URL').selectOption('approve')
    await card.getByTestId('act-save').click()
    await card.getByText('payer=approve').waitFor()
    await card.getByTestId('act-reset').click()
    await page.getByTestId('confirm').click()
    await card.getByText('0 payments').waitFor()
    expect(await control('/_mock/payments')).toMatchObject({ total: 1, payments: [{ item_name: '하나' }] })
  })

  test('what is lost is said first, and leaving it leaves it', async () => {
    const page = await open('#/namespaces')
    await readied(dashboard.mock)
    await page.getByTestId('act-reset-all').click()
    await page.getByRole('dialog').getByText('Applications stay.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await control('/_mock/payments')).toMatchObject({ total: 1 })
    await page.getByTestId('act-reset-all').click()
    await page.getByTestId('confirm').click()
    await page.getByTestId('last').waitFor()
    expect(await control('/_mock/payments')).toMatchObject({ total: 0 })
  })

  test('with a control token the page asks for it, once', async () => {
    const page = await open('', { config: { controlToken: 'let-me-in' } })
    await readied(dashboard.mock, { item_name: '초코파이' })
    await page.getByTestId('token').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('the control token is wrong.').waitFor()
    await page.getByTestId('token').fill('let-me-in')
    await page.keyboard.press('Enter')
    await page.getByTestId('payments').getByRole('link', { name: '초코파이' }).click()
    await page.getByTestId('curl-pay').click()
    await expect.poll(() => page.getByTestId('command-pay').innerText()).toContain('$KAKAOPAY_MOCK_CONTROL_TOKEN')
    await page.reload()
    await page.getByTestId('item-name').waitFor()
    expect(await page.getByTestId('token').count()).toBe(0)
  })

  test('language and theme are switched, and stay', async () => {
    const page = await open('#/clock')
    await page.locator('#language').click()
    await page.getByRole('heading', { name: '시계', level: 1 }).waitFor()
    await pick(page, '테마').selectOption('dark')
    await page.reload()
    await page.getByRole('heading', { name: '시계', level: 1 }).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(18, 17, 15)')
  })
})

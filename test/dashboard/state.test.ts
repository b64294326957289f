import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { control } from '../control/control.ts'
import { needs } from '../needs.ts'
import { closeDashboard, type Dashboard, openDashboard } from './dashboard.ts'

const example = resolve(import.meta.dirname, '../../examples/state/yesterday.json')

describe.skipIf(!needs('chromium'))('the state on the dashboard', () => {
  let dashboard: Dashboard
  afterEach(() => closeDashboard(dashboard))

  test('is imported from a file, refused with its line, and exported as one', async () => {
    dashboard = await openDashboard({ locale: 'en-US', hash: '#/settings' })
    const { page, mock } = dashboard
    const said = page.getByTestId('state-said')
    await page.getByTestId('state-import').setInputFiles(example)
    await expect.poll(() => said.innerText()).toBe('Imported: 1 payments, 1 subscriptions.')
    const wrong = Buffer.from(readFileSync(example, 'utf8').replace('2200', '"much"'))
    const file = { name: 'wrong.json', mimeType: 'application/json', buffer: wrong }
    await page.getByTestId('state-import').setInputFiles(file)
    await expect.poll(() => said.innerText()).toContain('line 11: payments.0.amount.total: must be a number')
    const downloading = page.waitForEvent('download')
    await page.getByTestId('state-export').click()
    const saved = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'))
    expect(saved).toEqual((await control(mock).get('state')).body)
  })
})

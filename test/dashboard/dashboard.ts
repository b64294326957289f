import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import type { Mock } from '../../src/mock.ts'
import { startServer } from '../../src/server.ts'
import { type Browser, type BrowserOptions, openBrowser, type Page } from '../checkout/browser.ts'

const ARTEFACTS = resolve(import.meta.dirname, '../../artefacts/dashboard')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const picture = async (page: Page, name: string): Promise<void> => {
  mkdirSync(ARTEFACTS, { recursive: true })
  // The page at rest: a row that has just arrived is still fading.
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), animations: 'disabled' })
}

/** A list to choose from, by the name that a screen reader says: a label's text alone would have the options in it. */
export const pick = (within: Page | ReturnType<Page['locator']>, name: string) =>
  within.getByRole('combobox', { name, exact: true })

/** What axe-core calls serious or critical, as lines that name the place. The code is text, since tests are not compiled for a browser. */
export const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  return page.evaluate<
    string[]
  >(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ').slice(0, 600)))`)
}

export type DashboardOptions = BrowserOptions & {
  hash?: string
  config?: Partial<Config>
  /** Fills the mock before the page is opened. */
  prepare?: (mock: Mock) => Promise<unknown>
}

export type { Page } from '../checkout/browser.ts'

/** A mock behind a port, and a browser at its dashboard. */
export const openDashboard = async (options: DashboardOptions = {}) => {
  const server = await startServer({ port: 0, ...options.config })
  const { mock } = server
  await options.prepare?.(mock)
  const browser: Browser = await openBrowser(options)
  const { page } = browser
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  const strangers: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) strangers.push(request.url())
  })
  await page.goto(`${server.url}/_mock/${options.hash ?? ''}`)
  return {
    mock,
    page,
    url: server.url,
    /** Every request of the page, in its order. */
    asked,
    /** What the policy refused, what a script threw, and what left for another host: nothing may. */
    troubles: () => [...browser.violations, ...strangers],
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

export type Dashboard = Awaited<ReturnType<typeof openDashboard>>

/** In English, once the stream of events is there: what is done to the mock from now on is seen. */
export const openLiveDashboard = async (options: DashboardOptions = {}): Promise<Dashboard> => {
  const dashboard = await openDashboard({ locale: 'en-US', ...options })
  await dashboard.page.locator('#live[data-state=on]').waitFor()
  return dashboard
}

/** The end of every test: nothing may have troubled the page. */
export const closeDashboard = async (dashboard: Dashboard): Promise<void> => {
  const troubles = dashboard.troubles()
  await dashboard.close()
  expect(troubles).toEqual([])
}

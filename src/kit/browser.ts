import type { Browser, Page } from 'playwright-core'
import { HarnessError } from './errors.ts'
import type { PayerAct, PayerStep } from './fixture.ts'
import { ALL_ACTS, type Payer, type PreparedPayment } from './payer.ts'

/** The controls of this project's own page. The real page needs a phone: there a person is the payer. */
const buttons: Readonly<Record<PayerAct, string>> = { approve: 'pay', cancel: 'cancel', fail: 'fail', expire: 'expire' }

/** Time for the page to show a control, and to send the browser on, in ms. */
const PAGE_TIMEOUT_MS = 10_000

/** Without a sandbox, since it runs as root in containers; it opens nothing but the page under test. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real browser that opens the redirect URL. Throws HarnessError where playwright-core or the browser is missing. */
export const browserPayer = async (executablePath: string): Promise<Payer> => {
  const browser = await launch(executablePath)
  return {
    name: 'browser',
    acts: ALL_ACTS,
    async act(step, prepared) {
      const page = await browser.newPage()
      page.setDefaultTimeout(PAGE_TIMEOUT_MS)
      try {
        return await press(page, step, prepared)
      } catch (error) {
        throw new HarnessError(
          `the page did not let the payer ${step.payer}: ${(error as Error).message.split('\n')[0]}`,
        )
      } finally {
        await page.close()
      }
    },
    close: () => browser.close(),
  }
}

const launch = async (executablePath: string): Promise<Browser> => {
  let chromium: typeof import('playwright-core').chromium
  try {
    ;({ chromium } = await import('playwright-core'))
  } catch {
    throw new HarnessError('--payer browser needs the package playwright-core: npm install --save-dev playwright-core')
  }
  try {
    return await chromium.launch({ executablePath, args: ARGUMENTS })
  } catch (error) {
    throw new HarnessError(`cannot start the browser ${executablePath}: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** Acts on the mobile page. The merchant's pages need not exist: the navigation to them is intercepted, and its address returned. */
const press = async (page: Page, step: PayerStep, prepared: PreparedPayment): Promise<string> => {
  const leaves = new Promise<string>((resolve) => {
    const origins = [prepared.approval_url, prepared.cancel_url, prepared.fail_url].map((u) => new URL(u).origin)
    page.route(
      (url) => origins.includes(url.origin) && url.origin !== new URL(prepared.next_redirect_mobile_url).origin,
      async (route) => {
        resolve(route.request().url())
        await route.fulfill({ status: 200, contentType: 'text/plain', body: '' })
      },
    )
  })
  await page.goto(prepared.next_redirect_mobile_url)
  if (step.payer === 'approve') await choose(page, step)
  await page.getByTestId(buttons[step.payer]).first().click()
  return withTimeout(leaves)
}

const choose = async (page: Page, step: PayerStep) => {
  const { method, card, card_type, install_month, interest_free_install } = step
  if (method) await page.getByTestId(`method-${method}`).check({ force: true })
  if (card) await page.getByTestId(`card-${card}`).check({ force: true })
  if (card_type) await page.getByTestId(`card-type-${card_type}`).check({ force: true })
  if (install_month) await page.getByTestId('install-month').selectOption(String(install_month))
  if (interest_free_install === 'Y') await page.getByTestId('interest-free').check()
  if (step.point === undefined && step.discount === undefined) return
  await page.locator('.benefits summary').click()
  for (const name of ['point', 'discount'] as const)
    if (step[name] !== undefined) await page.getByTestId(name).fill(String(step[name]))
}

const withTimeout = (leaves: Promise<string>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the browser was not redirected')), PAGE_TIMEOUT_MS)
  })
  return Promise.race([leaves, late]).finally(() => clearTimeout(timer))
}

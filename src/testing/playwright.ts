import type { Page } from 'playwright-core'

/** A page object for the payer's page, for Playwright and for `@playwright/test`: `await new PayerPage(page).pay({ card: 'KB' })`. */
export class PayerPage {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  /** Chooses a card by its code, such as `SHINHAN`, and the months of instalments. */
  async chooseCard(code: string, installMonth?: number): Promise<void> {
    await this.#onPhone()
    await this.#page.getByTestId('method-CARD').click()
    await this.#page.getByTestId(`card-${code}`).click()
    if (installMonth !== undefined) await this.#page.getByTestId('install-month').selectOption(String(installMonth))
  }

  /** Pays; the browser ends at approval_url. Without a card, by KakaoPay money. */
  async pay({ card, installMonth }: { readonly card?: string; readonly installMonth?: number } = {}): Promise<void> {
    await this.#onPhone()
    if (card !== undefined) await this.chooseCard(card, installMonth)
    await this.#leaveBy('pay')
  }

  /** Cancels; the browser ends at cancel_url. */
  async cancel(): Promise<void> {
    await this.#onPhone()
    await this.#leaveBy('cancel')
  }

  /** Fails; the browser ends at fail_url. */
  async fail(): Promise<void> {
    await this.#onPhone()
    await this.#leaveBy('fail')
  }

  async #leaveBy(button: string): Promise<void> {
    const isGone = (url: URL) => !url.pathname.includes('/bridge/')
    await Promise.all([this.#page.waitForURL(isGone), this.#page.getByTestId(button).click()])
  }

  /** The desk's page shows a code for the phone: its scan opens the payment beside it. */
  async #onPhone(): Promise<void> {
    const scan = this.#page.getByTestId('scan')
    if (await scan.isVisible()) await scan.click()
    await this.#page.getByTestId('pay').waitFor()
  }
}

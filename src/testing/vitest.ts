/** A fixture for Vitest: one mock for each worker, one namespace for each test. A fault that was armed and never fired fails its test. */
import { randomUUID } from 'node:crypto'
import { test as base } from 'vitest'
import { type Config, type MockClient, startMock } from '../index.ts'

/** The mock as one test sees it. */
export interface KakaoPay extends MockClient {
  /** Where the mock is reached: your client's base URL. */
  readonly url: string
  /** The secret key of this test alone. */
  readonly secretKey: string
}

/** `const test = withKakaoPay({ payer: 'approve' })`, then `test('…', async ({ kakaopay }) => …)`. */
export const withKakaoPay = (config: Partial<Config> = {}) =>
  base.extend<{ kakaopay: KakaoPay; kakaopayServer: Awaited<ReturnType<typeof startMock>> }>({
    kakaopayServer: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it which fixtures this one needs.
      async ({}, use) => {
        await using server = await startMock(config)
        await use(server)
      },
      { scope: 'file' },
    ],
    kakaopay: async ({ kakaopayServer }, use) => {
      const secretKey = `DEV_TEST_${randomUUID().replaceAll('-', '').toUpperCase()}`
      const client = kakaopayServer.as(secretKey)
      await use({ ...client, url: kakaopayServer.url, secretKey })
      const unfired = await client.faults.list({ unfired: 'true' })
      if (unfired.length > 0)
        throw new Error(
          `faults that never fired: ${JSON.stringify(unfired.map(({ match, do: fault }) => ({ match, do: fault })))}`,
        )
    },
  })

/** The same with default settings. */
export const test = withKakaoPay()

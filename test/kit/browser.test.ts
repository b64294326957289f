import { describe, expect, test } from 'vitest'
import { browserPayer } from '../../src/kit/browser.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { personPayer } from '../../src/kit/person-payer.ts'
import { checkServer } from '../../src/kit/server.ts'
import { overHttp } from '../../src/kit/target.ts'
import { startServer } from '../../src/server.ts'
import { needs } from '../needs.ts'

const fixtures = (...ids: string[]) => loadFixtures().filter(({ id }) => ids.includes(id))

describe.skipIf(!needs('chromium'))('a browser as the payer', { timeout: 60_000 }, () => {
  test('pays by money and by card, and cancels, on the page itself', async () => {
    const { url, close } = await startServer({ port: 0 })
    const payer = await browserPayer('/usr/bin/chromium')
    try {
      const target = overHttp({ url, key: undefined, payer, controlled: false, run: 'browser', parallel: 2 })
      const some = fixtures('approve/answer.money', 'approve/answer.card', 'payer/cancel.nothing-added', 'cancel/full')
      const results = await checkServer(some, target)
      expect(results.map(({ id, outcome, reason }) => ({ id, outcome, reason }))).toEqual(
        some.map(({ id }) => ({ id, outcome: 'passed', reason: undefined })),
      )
    } finally {
      await payer.close?.()
      await close()
    }
  })

  test('that does not exist is reported in one sentence', async () => {
    await expect(browserPayer('/nowhere/chromium')).rejects.toThrow(/^cannot start the browser \/nowhere\/chromium: /)
  })
})

describe('a person as the payer', () => {
  test('is shown the link and gives back the address; what they cannot do is not evaluated', async () => {
    const { url, close } = await startServer({ port: 0 })
    const asked: string[] = []
    const payer = personPayer(async (question) => {
      asked.push(question)
      const page = /Open +(\S+)/.exec(question)?.[1] ?? ''
      const tid = await tidOf(url, page)
      const act = /Then +cancel/.test(question) ? 'cancel' : 'approve'
      const response = await fetch(`${url}/_mock/payments/${tid}/payer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action: act }),
      })
      return `${((await response.json()) as { redirect_url: string }).redirect_url}\n`
    })
    const target = overHttp({ url, key: undefined, payer, controlled: false, run: 'person', parallel: 1 })
    const some = fixtures('payer/approve.appends-token', 'payer/cancel.nothing-added', 'payer/fail.nothing-added')
    const results = await checkServer(some, target)
    close()
    expect(results.map(({ id, outcome, reason }) => ({ id, outcome, reason }))).toEqual([
      { id: 'payer/approve.appends-token', outcome: 'passed', reason: undefined },
      { id: 'payer/cancel.nothing-added', outcome: 'passed', reason: undefined },
      {
        id: 'payer/fail.nothing-added',
        outcome: 'not evaluated',
        reason: 'needs a payer who can fail (person cannot)',
      },
    ])
    expect(asked).toHaveLength(2)
    expect(asked[0]).toContain('Then    pay with MONEY, and paste the address that the browser was sent to')
  })

  test('who gives up makes the kit fail, not the server', async () => {
    const { url, close } = await startServer({ port: 0 })
    const payer = personPayer(async () => '')
    const target = overHttp({ url, key: undefined, payer, controlled: false, run: 'person', parallel: 1 })
    const [result] = await checkServer(fixtures('payer/approve.appends-token'), target)
    close()
    expect({ outcome: result?.outcome, reason: result?.reason }).toEqual({
      outcome: 'harness error',
      reason: 'nobody acted as the payer',
    })
  })
})

/** The person's phone knows which payment the page is about; here the mock is asked. */
const tidOf = async (url: string, page: string): Promise<string> => {
  const { payments } = (await (await fetch(`${url}/_mock/payments`)).json()) as { payments: { tid: string }[] }
  for (const { tid } of payments) {
    const { redirect_url } = (await (await fetch(`${url}/_mock/payments/${tid}`)).json()) as { redirect_url: string }
    if (redirect_url.split('/').at(-1) === page.split('/').at(-1)) return tid
  }
  throw new Error(`no payment has the page ${page}`)
}

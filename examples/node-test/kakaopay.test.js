/** Holds a server to KakaoPay's contract in node:test: `node --test`. Put your own server's fetch, or its URL, in the mock's place. */
import { test } from 'node:test'
import { createMock } from 'kakaopay-mock'
import { checks } from 'kakaopay-mock/kit'

const url = process.env.KAKAOPAY_URL
const subject = url ? { url } : { serve: (config) => createMock(config).fetch }

for (const { title, run } of checks({ ...subject, only: ['ready', 'approve', 'order', 'cancel'] })) {
  test(title, async (t) => {
    const notEvaluated = await run()
    if (notEvaluated) t.skip(notEvaluated)
  })
}

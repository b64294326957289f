/** Holds a server to KakaoPay's contract in vitest: `npx vitest run`. Put your own server's fetch, or its URL, in the mock's place. */
import { createMock } from 'kakaopay-mock'
import { checks } from 'kakaopay-mock/kit'
import { describe, test } from 'vitest'

const url = process.env.KAKAOPAY_URL
const subject = url ? { url } : { serve: (config) => createMock(config).fetch }

describe('KakaoPay', () => {
  for (const { title, run } of checks({ ...subject, only: ['ready', 'approve', 'order', 'cancel'] })) {
    test(title, async ({ skip }) => {
      const notEvaluated = await run()
      if (notEvaluated) skip(notEvaluated)
    })
  }
})

import { expect, test } from 'vitest'
import { needs } from '../../needs.ts'
import { checkProgram, fixturesCalled, found } from './client-under-test.ts'

const flows = fixturesCalled('client/ordinary.paid', 'client/lost.approve-drop', 'client/lost.cancel-drop')
const sentTwice = { 'client/lost.approve-drop': ['client.once'], 'client/lost.cancel-drop': ['client.once'] }
const folder = 'test/kit/client/resending'

// Neither program has a line that tries again: their HTTP libraries do, and the README says so.

test.skipIf(!needs('java'))(
  'Java’s HttpURLConnection sends a lost POST again, unless a property forbids it',
  { timeout: 60_000 },
  async () => {
    expect(found(await checkProgram(['java', `${folder}/Resending.java`], flows))).toEqual(sentTwice)
    const once = ['java', '-Dsun.net.http.retryPost=false', `${folder}/Resending.java`]
    expect(found(await checkProgram(once, flows))).toEqual({})
  },
)

test.skipIf(!needs('php'))('a curl handle that is used again sends a lost POST again', async () => {
  expect(found(await checkProgram(['php', `${folder}/resending.php`], flows))).toEqual(sentTwice)
})

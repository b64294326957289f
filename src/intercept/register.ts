/**
 * `node --import kakaopay-mock/register app.js`: the program's calls to KakaoPay go to the mock named by KAKAOPAY_MOCK_URL. In a test's
 * set-up the function does the same and can be undone: `const undo = divert(url)`.
 */
import { ANSWER_RETIRED, ASK_PROXY, askProxyFirst } from './outside.ts'
import { divert } from './preload.ts'

export { divert }

const url = process.env['KAKAOPAY_MOCK_URL']
const preloaded = /register/.test([...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' '))

if (url) divert(url, { retiredHost: process.env[ANSWER_RETIRED] !== undefined })
else if (preloaded)
  // Without the mock's address the calls would go to the real KakaoPay.
  throw new Error(
    'kakaopay-mock/register was preloaded, but KAKAOPAY_MOCK_URL is not set: set it to the mock, such as http://127.0.0.1:8585',
  )

const proxyUrl = process.env[ASK_PROXY]
if (url && proxyUrl) askProxyFirst(proxyUrl)

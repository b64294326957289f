/** Whole payments by `mock.request`, without a socket. The parent sends ms; the answer is calls per second. */
import { createMock } from '../dist/index.js'
import { nextCall } from './payment.js'

const mock = createMock()
const state = {}
let answer = null

const oneCall = async () => {
  const [path, body] = nextCall(state, answer)
  const response = await mock.request(path, {
    method: 'POST',
    headers: { authorization: 'SECRET_KEY DEV_BENCH', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  answer = await response.text()
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${answer}`)
}

process.on('message', async (ms) => {
  const began = performance.now()
  let calls = 0
  while (performance.now() - began < ms) {
    for (let i = 0; i < 50; i++) await oneCall()
    calls += 50
  }
  process.send((calls / (performance.now() - began)) * 1000)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { optional } from '../config/option.ts'
import { durationMs } from '../namespaces/duration.ts'
import { defineCommand, UsageError } from './command.ts'
import { FAILED } from './exit-codes.ts'
import { askMock, MockUnreachable, mockFlags, mockSettings, mockUrl } from './running-mock.ts'

/** Time for the answer, in ms. */
const TIMEOUT_MS = 2000
/** Time between two questions of `wait`, in ms. */
const EVERY_MS = 100
const WAIT_MS = 30_000

export const health = defineCommand({
  name: 'health',
  usage: ['[URL] [flags]'],
  about: 'Asks GET /_mock/health of a running mock and prints the answer.',
  flags: mockFlags,
  settings: mockSettings,
  exits: { 1: 'it answers, but does not serve', 3: 'it does not answer' },
  examples: `
  kakaopay-mock health
  kakaopay-mock health --host ::1 --port 9000
  kakaopay-mock health http://127.0.0.1:9000`,
  async act(input, io) {
    const [url, ...more] = input.rest
    if (more.length > 0) throw new UsageError('health takes one URL at the most; see kakaopay-mock health --help')
    const base = mockUrl(input, io, url)
    const response = await askMock(base, '/_mock/health', input.config, { timeoutMs: TIMEOUT_MS })
    const text = await response.text()
    if (response.ok) io.stdout.write(`${text}\n`)
    else io.stderr.write(`kakaopay-mock: ${base} does not serve: HTTP ${response.status}\n`)
    return response.ok ? 0 : FAILED
  },
})

const duration = optional({
  default: WAIT_MS,
  help: 'How long to wait, such as 30s or 1m30s. Default: 30s.',
  placeholder: 'TIME',
  read: (text: string) => {
    const ms = durationMs(text)
    if (ms === undefined || ms < 0) throw new Error('must be a duration, such as 500ms, 30s or 1m30s')
    return ms
  },
  check: (value: unknown) => value as number,
})

export const wait = defineCommand({
  name: 'wait',
  usage: ['[URL] [flags]'],
  about: 'Waits until a mock serves and prints its address. For scripts, instead of sleep.',
  flags: { ...mockFlags, timeout: duration },
  settings: mockSettings,
  exits: { 3: 'it did not serve in time' },
  examples: `
  kakaopay-mock serve & kakaopay-mock wait && npm test
  kakaopay-mock wait http://127.0.0.1:9000 --timeout 1m`,
  async act(input, io) {
    const [url, ...more] = input.rest
    if (more.length > 0) throw new UsageError('wait takes one URL at the most; see kakaopay-mock wait --help')
    const base = mockUrl(input, io, url)
    const timeoutMs = input.flags.timeout ?? WAIT_MS
    const end = performance.now() + timeoutMs
    let reason = ''
    do {
      try {
        const left = Math.min(TIMEOUT_MS, Math.max(1, Math.ceil(end - performance.now())))
        const response = await askMock(base, '/_mock/health', input.config, { timeoutMs: left })
        await response.body?.cancel()
        if (response.ok) {
          io.stdout.write(`${base}\n`)
          return 0
        }
        reason = `${base} does not serve: HTTP ${response.status}`
      } catch (error) {
        if (!(error instanceof MockUnreachable)) throw error
        reason = error.message
      }
      await sleep(Math.min(EVERY_MS, Math.max(0, end - performance.now())))
    } while (performance.now() < end)
    throw new MockUnreachable(`${reason} (waited ${Math.round(timeoutMs / 100) / 10} s)`)
  },
})

import { describe, expect, test } from 'vitest'
import { createLog, type LogStream, MAX_WAITING_LOG } from '../src/log.ts'

/** A reader that takes a write only when the test lets it. */
const reader = (isTTY = false) => {
  const written: string[] = []
  const waiting: ((error?: Error | null) => void)[] = []
  const stream: LogStream = {
    isTTY,
    write: (text, done) => {
      written.push(text)
      waiting.push(done)
    },
  }
  const read = (error?: Error) => waiting.shift()?.(error)
  return { stream, written, read, lines: () => written.join('').split('\n').filter(Boolean) }
}
const AT = Date.parse('2026-07-01T00:00:00.000Z')
const now = () => AT

describe('the log', () => {
  test('gathers lines into one write, as JSON where there is no terminal', async () => {
    const { stream, written, read } = reader()
    const log = createLog('auto', stream, false, now)
    log.write('ready', { status: 200, ms: 0.3 })
    log.write('approve', { status: 400 })
    expect(written).toEqual([])
    const flushed = log.flush(1000)
    read()
    await flushed
    expect(written).toEqual([
      '{"time":"2026-07-01T00:00:00.000Z","event":"ready","status":200,"ms":0.3}\n' +
        '{"time":"2026-07-01T00:00:00.000Z","event":"approve","status":400}\n',
    ])
  })

  test('writes by itself a moment later', async () => {
    const { stream, written, read } = reader()
    createLog('json', stream, false, now).write('ready')
    await expect.poll(() => written).toHaveLength(1)
    read()
  })

  test('is readable text on a terminal; what a client sent moves no cursor', async () => {
    const { stream, written } = reader(true)
    const log = createLog('auto', stream, true, now)
    log.write('ready', { order_id: '\u001b[2Jorder\r' })
    await log.flush(0)
    const time = new Date(AT).toTimeString().slice(0, 8)
    expect(written).toEqual([`\u001b[2m${time}\u001b[0m ready \u001b[2morder_id=\ufffd[2Jorder\ufffd\u001b[0m\n`])
  })

  test('drops and counts lines beyond the bound while nobody reads, and says so when somebody does', async () => {
    const { stream, written, read, lines } = reader()
    const log = createLog('json', stream, false, now)
    const message = 'x'.repeat(1000)
    log.write('first')
    await log.flush(0)
    const many = 3 * Math.ceil(MAX_WAITING_LOG / 1000)
    for (let i = 0; i < many; i++) log.write('call', { message })
    expect(log.dropped()).toBeGreaterThan(many / 2)
    expect(written).toHaveLength(1)
    const flushed = log.flush(1000)
    read()
    read()
    await flushed
    expect(written.join('').length).toBeLessThan(MAX_WAITING_LOG + 1000)
    expect(JSON.parse(lines().at(-1) ?? '')).toEqual({
      time: '2026-07-01T00:00:00.000Z',
      event: 'log lines dropped',
      count: log.dropped(),
    })
    expect(lines()).toHaveLength(1 + many - log.dropped() + 1)
  })

  test('goes on without a reader that is gone', async () => {
    const { stream, written, read } = reader()
    const log = createLog('json', stream, false, now)
    log.write('first')
    const flushed = log.flush(1000)
    read(new Error('EPIPE'))
    await flushed
    log.write('second')
    await log.flush(1000)
    expect([written.length, log.dropped()]).toEqual([1, 1])
  })

  test('waits no longer than it is given for a reader that does not read', async () => {
    const { stream } = reader()
    const log = createLog('json', stream, false, now)
    log.write('first')
    await log.flush(10)
  })

  test('silent writes nothing', async () => {
    const { stream, written } = reader()
    const log = createLog('silent', stream, false, now)
    log.write('first')
    await log.flush(10)
    expect(written).toEqual([])
  })
})

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { processDriver } from '../../../src/kit/client/driver.ts'
import { readLine } from '../../../src/kit/client/protocol.ts'
import { Unreachable } from '../../../src/kit/errors.ts'
import type { Result } from '../../../src/kit/result.ts'
import { isAlive } from '../../cli/alive.ts'
import { needs } from '../../needs.ts'
import { checkProgram, fixturesCalled, found } from './client-under-test.ts'

const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-driver-'))
let written = 0

/** A driver in Node that does with each line what `body` says. */
const driver = (body: string): readonly string[] => {
  const file = join(folder, `${++written}.mjs`)
  const loop = `for await (const line of createInterface({ input: process.stdin })) { const asked = JSON.parse(line); ${body} }`
  writeFileSync(file, `import { createInterface } from 'node:readline'\n${loop}\n`)
  return [process.execPath, file]
}

const [paid] = fixturesCalled('client/ordinary.paid')
const play = async (body: string, more = {}): Promise<Result> => {
  const [result] = await checkProgram(driver(body), paid ? [paid] : [], { graceMs: 500, startMs: 5000, ...more })
  return result as Result
}

/** What came instead of a report. */
const said = ({ failures }: Result) =>
  failures
    ?.flatMap(({ requirements }) => requirements.flatMap(({ differences }) => differences))
    .map(({ at, actual }) => `${at}: ${actual}`)

test('a driver that ends breaks a rule of the client, with its exit code and what it wrote', async () => {
  const result = await play("console.error('out of coffee'); process.exit(7)")
  expect(found([result])).toEqual({ 'client/ordinary.paid': ['client.alive'] })
  expect(said(result)).toEqual([
    'driver: it ended with exit code 7',
    'the client’s own output, for the cause: out of coffee',
  ])
})

test.each([
  ['no JSON', 'hello', 'no JSON: hello'],
  ['a list', '[]', 'no JSON object: []'],
  ['another id', '{"id":0,"result":{}}', 'a report for id 0, where 2 was asked'],
  [
    'two answers in one',
    '{"id":2,"result":{},"refusal":{}}',
    'needs exactly one of result, refusal, unknown, unsupported, and has result, refusal',
  ],
  ['no answer', '{"id":2}', 'needs exactly one of result, refusal, unknown, unsupported, and has none'],
  ['a text as result', '{"id":2,"result":"ok"}', 'result must be an object'],
])('a line that is %s is no report', (_, line, words) => {
  expect(readLine(line, 2)).toBe(words)
})

test('a driver whose line is no report is quoted', async () => {
  const result = await play("console.log('hello')")
  expect(result.outcome).toBe('failed')
  expect(said(result)).toEqual(['driver: its line is not a report: no JSON: hello'])
})

test.skipIf(!needs('time'))('a driver that says nothing is given up, and ended with all that it started', async () => {
  const pid = join(folder, 'pid')
  const start = "const child = spawn('sleep', ['60']); writeFileSync(process.env.PID_FILE, String(child.pid))"
  process.env['PID_FILE'] = pid
  const imports =
    "const { spawn } = await import('node:child_process'); const { writeFileSync } = await import('node:fs')"
  const result = await play(`${imports}; ${start}`, { timeoutMs: 300, startMs: 6000 })
  delete process.env['PID_FILE']
  expect(said(result)).toEqual([
    'driver: it reported nothing within 6300 ms; it wrote no line at all: is its stdout flushed?',
  ])
  const child = Number(readFileSync(pid, 'utf8'))
  await expect.poll(() => isAlive(child)).toBe(false)
})

test.skipIf(!needs('time'))('a driver that never ends its line is cut off', async () => {
  const result = await play("process.stdout.write('x'.repeat(3_000_000))")
  expect(result.outcome).toBe('failed')
  expect(said(result)?.[0]).toMatch(/^driver: its line is not a report: no JSON: x{200}$/)
})

test('a driver that reports without a call is found out', async () => {
  const result = await play("console.log(JSON.stringify({ id: asked.id, result: { tid: 'T0000000000000000000' } }))")
  expect(said(result)?.[0]).toMatch(/^requests: none, and it reported /)
})

test('a call that a client does not have is not evaluated, never passed', async () => {
  const result = await play('console.log(JSON.stringify({ id: asked.id, unsupported: true }))')
  expect(result).toMatchObject({ outcome: 'not evaluated', reason: 'the client has no ready' })
})

test('the key is nowhere in a report, though the client wrote it', async () => {
  const result = await play('console.error(process.env.KAKAOPAY_SECRET_KEY); process.exit(1)')
  expect(found([result])).toEqual({ 'client/ordinary.paid': ['client.secret'] })
  expect(JSON.stringify(result)).toContain('<secret key>')
  expect(JSON.stringify(result)).not.toMatch(/DEV[0-9A-F]{37}/)
})

test.skipIf(!needs('time'))('a key that a driver writes as it ends is found, too', async () => {
  const unsupported = 'console.log(JSON.stringify({ id: asked.id, unsupported: true }))'
  const late =
    "process.once('exit', () => console.error(Buffer.from(process.env.KAKAOPAY_SECRET_KEY).toString('base64')))"
  const results = await checkProgram(driver([unsupported, late].join('; ')), paid ? [paid] : [], { startMs: 5000 })
  expect(found(results)).toEqual({ 'client/output': ['client.secret'] })
  expect(JSON.stringify(results)).toContain('<secret key>')
  expect(JSON.stringify(results)).not.toMatch(/RE[VW]/)
})

test.skipIf(!needs('time'))(
  'after a flow that it failed the client is started anew, and its failure does not spread',
  async () => {
    const crash = "if (asked.call === 'approve') process.exit(1)"
    const headers =
      "{ authorization: 'SECRET_KEY ' + process.env.KAKAOPAY_SECRET_KEY, 'content-type': 'application/json' }"
    const url = "process.env.KAKAOPAY_BASE_URL + '/online/v1/payment/' + asked.call"
    const call = `const response = await fetch(${url}, { method: 'POST', headers: ${headers}, body: JSON.stringify(asked.params) })`
    const tell = 'console.log(JSON.stringify({ id: asked.id, result: await response.json() }))'
    const flows = fixturesCalled('client/ordinary.paid', 'client/request.urls', 'client/ordinary.order-unpaid')
    const results = await checkProgram(driver([crash, call, tell].join('; ')), flows, { parallel: 1 })
    expect(results.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'client/ordinary.paid failed',
      'client/ordinary.order-unpaid passed',
      'client/request.urls passed',
    ])
  },
)

test('a command that does not exist is unreachable, not broken', async () => {
  await expect(checkProgram([join(folder, 'nobody')], paid ? [paid] : [])).rejects.toThrow(Unreachable)
})

test.skipIf(!needs('time'))(
  'a driver that writes no line is reported at once with its stderr, and is waited for all the same',
  async () => {
    const file = join(folder, 'late.mjs')
    writeFileSync(
      file,
      `console.error('compiling'); process.stdin.once('data', (line) => setTimeout(() => {
      console.log(JSON.stringify({ id: JSON.parse(line).id, unsupported: true })); process.exit() }, 4000))`,
    )
    const notes: string[] = []
    const start = processDriver([process.execPath, file], (output) => notes.push(output), 2500)
    const silent = await start({ baseUrl: 'http://127.0.0.1:1', key: 'DEV', timeoutMs: 100 })
    expect(await silent.ask({ id: 1, call: 'ready', params: {} }, 10_000)).toEqual({ kind: 'unsupported' })
    await silent.close()
    expect(notes).toEqual(['compiling\n'])
  },
)

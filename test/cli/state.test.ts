import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { run, type Served, serve } from './kakaopay-mock.ts'

const example = resolve(import.meta.dirname, '../../examples/state/yesterday.json')

describe.skipIf(!needs('time'))('kakaopay-mock state', () => {
  let served: Served
  const file = (name: string) => join(mkdtempSync(join(tmpdir(), 'kakaopay-mock-state-')), name)
  beforeAll(async () => {
    served = await serve(['--log', 'silent'])
  })
  afterAll(() => served.stop())
  const on = (...args: string[]) => run([...args, '--url', served.url])

  test('imports a file, and exports what it has become; serve begins with that', async () => {
    expect(await on('state', 'import', example)).toEqual({
      code: 0,
      stdout: 'imported 1 payments, 1 subscriptions, 0 applications, 0 namespaces, 0 faults\n',
      stderr: '',
    })
    const written = file('state.json')
    expect(await on('state', 'export', written)).toEqual({ code: 0, stdout: '', stderr: '' })
    const text = readFileSync(written, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ version: 1, payments: [{ tid: 'T0000000000000000001' }] })
    expect((await on('state', 'export')).stdout).toBe(text)
    const second = await serve(['--log', 'silent', '--state', written])
    expect((await run(['state', 'export', '--url', second.url])).stdout).toBe(text)
    await second.stop()
  })

  test('names the file and the line that is wrong, and changes nothing', async () => {
    const before = (await on('state', 'export')).stdout
    const wrong = file('wrong.json')
    writeFileSync(wrong, readFileSync(example, 'utf8').replace('2200', '"much"'))
    expect(await on('state', 'import', wrong)).toEqual({
      code: 1,
      stdout: '',
      stderr: `kakaopay-mock: ${wrong}: line 11: payments.0.amount.total: must be a number\n`,
    })
    expect((await on('state', 'export')).stdout).toBe(before)
    const start = await run(['serve', '--port', '0', '--state', wrong])
    expect(start).toEqual({
      code: 2,
      stdout: '',
      stderr: `kakaopay-mock: --state: ${wrong}, line 11: payments.0.amount.total: must be a number\n`,
    })
  })

  test('asks for its file, and says where nothing answers', async () => {
    expect((await on('state', 'import')).code).toBe(2)
    expect(await on('state', 'import', '/nowhere.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot use /nowhere.json: ENOENT'),
    })
    expect((await run(['state', 'export', '--url', 'http://127.0.0.1:1'])).code).toBe(3)
  })
})

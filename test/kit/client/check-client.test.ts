import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../../src/cli/command.ts'
import { needs } from '../../needs.ts'
import { run } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-check-client-'))
const good = ['--', process.execPath, 'examples/node/client.mjs']
const careless = ['--', process.execPath, 'examples/careless/client.mjs']
const file = (name: string, content: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('check client', () => {
  test('ends with 0 where all pass, and says so', async () => {
    const { code, stdout } = await run(['client', '--only', 'client/ordinary.paid,client/refusal.extras', ...good])
    expect(code).toBe(0)
    expect(stdout).toContain(`Checked ${good.slice(1).join(' ')}`)
    expect(stdout).toMatch(/2 flows in .*: 2 passed/)
  })

  test('ends with 1 where a rule is broken: rule, source, difference, answer and a script without the key', async () => {
    const { code, stdout } = await run(['client', '--only', 'client/refusal.extras', ...careless])
    expect(code).toBe(1)
    expect(stdout).toContain(
      '✗ client/refusal.extras  approve refused by the payment method (−780) is reported with extras.',
    )
    expect(stdout).toContain('step 4: approve by the client, with the fault refuse')
    expect(stdout).toContain('rule client.extras (must): extras of a refusal are reported too')
    expect(stdout).toContain('documented: Official page "single payment"')
    expect(stdout).toContain(
      'report.refusal.extras.method_result_code\n        - expected "USER_LOCKED"\n        + came     absent',
    )
    expect(stdout).toContain('answer: HTTP 400 {"error_code":-780')
    expect(stdout).toMatch(/again:\n *URL=.*\n *KEY='DEV_CHECK_CLIENT'\n/)
    expect(stdout).toContain('# With the client: kakaopay-mock check client --only client/refusal.extras -- COMMAND')
    expect(stdout).toMatch(/curl .*approve' -H "authorization: SECRET_KEY \$KEY"/)
    expect(stdout).not.toMatch(/DEV[0-9A-F]{37}/)
  })

  test.skipIf(!needs('time'))('writes each form of report', async () => {
    const names = ['junit', 'ctrf', 'markdown', 'html']
    const path = (name: string) => join(folder, `report.${name}`)
    const report = names.map((name) => `${name}=${path(name)}`).join(',')
    await run(['client', '--only', 'client/refusal.extras,client/ordinary.paid', '--report', report, ...careless])
    for (const name of names) {
      const text = readFileSync(path(name), 'utf8')
      expect(text).toContain('client/refusal.extras')
      expect(text).not.toMatch(/DEV[0-9A-F]{37}/)
    }
    expect(readFileSync(path('junit'), 'utf8')).toMatch(/tests="2" failures="1"/)
  })

  test.skipIf(!needs('time'))(
    'excuses a known failure, and fails for one that holds, one that is over and one that nothing is called by',
    async () => {
      const entry = { reason: 'the SDK drops extras', date: '2026-01-01', expires: '2999-01-01' }
      const flags = (known: unknown, only = 'client/refusal.extras') => [
        ...['client', '--only', only, '--known-failures', file('known.json', known)],
        ...careless,
      ]
      expect((await run(flags([{ id: 'client/refusal.extras', ...entry }]))).code).toBe(0)
      expect((await run(flags([{ id: 'client/ordinary.paid', ...entry }], 'client/ordinary.paid'))).code).toBe(1)
      expect((await run(flags([{ id: 'client/refusal.extras', ...entry, expires: '2026-01-02' }]))).code).toBe(1)
      const stray = await run(flags([{ id: 'client/nothing', ...entry }], 'client/ordinary.paid'))
      expect(stray.code).toBe(1)
      expect(stray.stdout).toContain('client/nothing is listed as a known failure, but nothing is called so')
    },
  )

  test.skipIf(!needs('time'))('--bail leaves the rest out, and says so', async () => {
    const only = 'client/refusal.extras,client/refusal.extras-cancel,client/refusal.then-well'
    const { code, stdout } = await run(['client', '--only', only, '--bail', '--parallel', '1', ...careless])
    expect(code).toBe(1)
    expect(stdout).toContain('1 failed, 2 not evaluated')
  })

  test('--dry-run starts nothing', async () => {
    const { code, stdout } = await run(['client', '--only', 'client/lost.*', '--dry-run', '--', 'nobody'])
    expect(code).toBe(0)
    expect(stdout).toContain('run  client/lost.approve-drop')
    expect(stdout).toContain('nothing was started')
  })

  test('ends with 3 where the command cannot be started', async () => {
    const { code, stderr } = await run(['client', '--only', 'client/ordinary.paid', '--', join(folder, 'nobody')])
    expect(code).toBe(3)
    expect(stderr).toMatch(/^kakaopay-mock: cannot start .*nobody: spawn .* ENOENT\n$/)
  })

  test.skipIf(!needs('time'))('ends with 4 where it could evaluate nothing', async () => {
    const script = `process.stdin.on('data', (line) => console.log(JSON.stringify({ id: JSON.parse(line).id, unsupported: true })))`
    const { code } = await run(['client', '--only', 'client/ordinary.paid', '--', process.execPath, '-e', script])
    expect(code).toBe(4)
  })

  test.each([
    [['client'], 'check client needs a command behind --, such as: check client -- python3 driver.py'],
    [['client', 'driver.py'], 'put the command behind --, not "driver.py"'],
    [['client', '--timeout-ms', '5', ...good], '--timeout-ms must be an integer from 100 to 60000, not "5"'],
    [['client', '--parallel', 'many', ...good], '--parallel must be an integer from 1 to 16, not "many"'],
    [
      ['client', '--only', 'client/nothing', ...good],
      'no fixture is chosen by these flags; see kakaopay-mock check list',
    ],
    [['client', '--onyl', 'x', ...good], 'unknown flag --onyl (did you mean --only?); see --help'],
    [
      ['client', '--report', 'pdf=x', ...good],
      '--report takes FORM=FILE with junit, ctrf, markdown, html, not "pdf=x"',
    ],
  ])('%j is wrong usage', async (args, words) => {
    const wrong = await run(args as string[]).catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(UsageError)
    expect((wrong as Error).message).toBe(words)
  })

  test('show names the rules of a client’s flow', async () => {
    const { stdout } = await run(['show', 'client/lost.cancel-drop'])
    expect(stdout).toContain('rule client.once: approve, cancel and subscription are sent once')
  })
})

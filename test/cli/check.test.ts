import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { showProgress } from '../../src/cli/check/progress.ts'
import type { Result } from '../../src/kit/result.ts'
import { needs } from '../needs.ts'
import { isAlive } from './alive.ts'
import { clean, program, run } from './kakaopay-mock.ts'

const folder = mkdtempSync(join(tmpdir(), 'check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!needs('time'))('check client', { timeout: 60_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the drivers with their children', async (signal) => {
    const file = join(folder, `${signal}.pid`)
    const driver = join(folder, 'driver.sh')
    writeFileSync(driver, `sleep 60 & echo "$!" >"$1"; wait`)
    const args = [program, 'check', 'client', '--parallel', '1', '--', 'sh', driver, file]
    const child = spawn(process.execPath, args, { env: clean, stdio: 'ignore' })
    const pid = () => Number(spawnSync('cat', [file], { encoding: 'utf8' }).stdout)
    await expect.poll(pid, { timeout: 10_000 }).toBeGreaterThan(0)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([signal === 'SIGINT' ? 130 : 143, null])
    await expect.poll(() => isAlive(pid())).toBe(false)
  })

  test('a driver that writes no line is reported after 5 s, with its stderr', { timeout: 60_000 }, async () => {
    const driver = 'echo compiling >&2; exec sleep 60'
    const args = [program, 'check', 'client', '--only', 'ready', '--parallel', '1', '--', 'sh', '-c', driver]
    const child = spawn(process.execPath, args, { env: clean, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr?.on('data', (chunk) => (stderr += chunk))
    await expect.poll(() => stderr, { timeout: 40_000 }).not.toBe('')
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(stderr).toContain(
      'kakaopay-mock: the driver wrote no line in 5 s; is stdout flushed? Its stderr:\ncompiling\n',
    )
  })

  test('--bail stops at one, with several drivers too', async () => {
    const careless = ['--', process.execPath, 'examples/careless/client.mjs']
    const { code, stdout } = await run([
      'check',
      'client',
      '--bail',
      '--fail-on',
      'should',
      '--parallel',
      '4',
      ...careless,
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/\b1 failed\b/)
  })
})

describe('progress', () => {
  const failed = { id: 'a', level: 'must', outcome: 'failed' } as Result
  const passed = { ...failed, outcome: 'passed' } as Result
  const shown = (isTTY: boolean) => {
    let stderr = ''
    const write = (text: string) => (stderr += text)
    const progress = showProgress(2, { stdout: { write }, stderr: { write, isTTY }, env: {} })
    progress.add(failed)
    progress.note('a note')
    progress.add(passed)
    progress.end()
    return stderr
  }

  test('is one line that is drawn again, and is gone at the end', () => {
    const clear = '\r\u001b[2K'
    expect(shown(true)).toBe(
      `${clear}0 of 2 flows${clear}1 of 2 flows, 1 failed${clear}kakaopay-mock: a note\n${clear}1 of 2 flows, 1 failed${clear}2 of 2 flows, 1 failed${clear}`,
    )
  })

  test('is not drawn where there is no terminal; notes are', () => {
    expect(shown(false)).toBe('kakaopay-mock: a note\n')
  })
})

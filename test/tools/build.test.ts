import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')
/** A folder of its own to build in: dist/ is read by other tests. */
const folder = mkdtempSync(join(tmpdir(), 'kakaopay-mock-build-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const DAYS = 24 * 60 * 60

test.skipIf(!needs('time'))(
  'a build keeps the chunks that a running server may still read, for a day',
  { timeout: 60_000 },
  () => {
    for (const name of ['src', 'contracts', 'package.json']) symlinkSync(join(root, name), join(folder, name))
    const chunk = (name: string, ageInDays: number) => {
      const file = join(folder, 'dist/chunks', name)
      mkdirSync(resolve(file, '..'), { recursive: true })
      writeFileSync(file, '')
      const seconds = Date.now() / 1000 - ageInDays * DAYS
      utimesSync(file, seconds, seconds)
      return file
    }
    const [ofToday, ofLastWeek] = [chunk('of-today.js', 0), chunk('of-last-week.js', 7)]
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'build.js')], { cwd: folder, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect([ofToday, ofLastWeek, join(folder, 'dist/cli.js')].map((file) => existsSync(file))).toEqual([
      true,
      false,
      true,
    ])
  },
)

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { needs } from '../needs.ts'
import { isAlive } from './alive.ts'

const program = resolve(import.meta.dirname, '../../dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'output-'))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = {
  PATH: process.env['PATH'],
  HOME: folder,
  KAKAOPAY_MOCK_CA_DIR: folder,
}

/** What becomes of stderr and stdout: a shell's words behind the command. `read` never ends and takes nothing. */
const readers: Record<string, string> = {
  'a pipe that nobody reads': '2>&1 >"$ADDRESS" | sleep 30',
  'a closed pipe': '2>&1 >"$ADDRESS" | true',
  'a full disk': '2>/dev/full >"$ADDRESS"',
  'a closed descriptor': '2>&- >"$ADDRESS"',
}
const hasFull = existsSync('/dev/full')
/** Most start several processes. */
const isQuick = !needs('time')

/** Starts `serve` with such a stderr, and resolves to its address and process id. */
const serveInto = async (redirection: string) => {
  const address = join(folder, `address-${children.length}-${Math.random()}`)
  const script = `(echo $BASHPID >"$ADDRESS.pid"; exec "${process.execPath}" "${program}" serve --port 0 --log json) ${redirection}`
  children.push(spawn('bash', ['-c', script], { env: { ...env, ADDRESS: address }, stdio: 'ignore', detached: true }))
  const read = (file: string) => spawnSync('cat', [file], { encoding: 'utf8' }).stdout
  await expect.poll(() => read(address), { timeout: 10_000 }).toMatch(/http:\/\/127[.\d]+:\d+\n/)
  const url = /http:\/\/127[.\d]+:\d+/.exec(read(address))?.[0] ?? ''
  return { url, pid: Number(read(`${address}.pid`)) }
}

/** Calls whose log lines are more than a pipe holds. */
const callOften = async (url: string, count: number) => {
  const path = `/${'x'.repeat(100)}`
  for (let i = 0; i < count; i += 50)
    await Promise.all(Array.from({ length: 50 }, () => fetch(url + path, { method: 'POST' }).then((r) => r.text())))
}

describe.skipIf(!hasFull || isQuick)('serve whose log goes to', () => {
  test.each(Object.entries(readers))(
    '%s serves on and ends within a second',
    { timeout: 60_000 },
    async (_, redirection) => {
      const { url, pid } = await serveInto(redirection)
      await callOften(url, 1500)
      expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
      const begun = performance.now()
      process.kill(pid, 'SIGTERM')
      await expect.poll(() => isAlive(pid), { interval: 10, timeout: 5000 }).toBe(false)
      expect(performance.now() - begun).toBeLessThan(4000)
    },
  )
})

test.skipIf(isQuick)('serve whose stdout is closed serves on', async () => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--log', 'json'], { env })
  children.push(child)
  child.stdout.destroy()
  const [line] = (await once(child.stderr, 'data')) as [Buffer]
  const { url } = JSON.parse(String(line)) as { url: string }
  expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
  child.kill()
  expect((await once(child, 'exit'))[0]).toBe(0)
})

test.skipIf(isQuick)('serve writes what was waiting in the log before it ends', async () => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--log', 'json'], { env })
  children.push(child)
  let log = ''
  child.stderr.on('data', (chunk) => (log += chunk))
  await expect.poll(() => log).toContain('listening')
  const { url } = JSON.parse(log) as { url: string }
  for (let i = 0; i < 5; i++) await (await fetch(`${url}/nothing`)).text()
  child.kill()
  await once(child, 'close')
  const events = log
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events).toEqual(['listening', ...Array(5).fill('GET /nothing'), 'stopping'])
})

const shell = (script: string) => {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], {
    env: { ...env, CLI: `${process.execPath} ${program}` },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

describe('a reader that leaves early', { timeout: 60_000 }, () => {
  test
    .skipIf(isQuick)
    .each(['check list --json', 'config print', 'serve --help', 'check server --verbose --only cancel'])(
    'ends `%s` quietly with the shell’s code for a broken pipe, or with its own where all was written',
    (command) => {
      const { status, stdout, stderr } = shell(`$CLI ${command} | head -1`)
      expect([141, 0]).toContain(status)
      expect(stdout.split('\n')).toHaveLength(2)
      expect(stderr).toBe('')
    },
  )

  test('before the first byte is code 141', () => {
    expect(shell('(sleep 0.3; $CLI check list --json) | exec true')).toEqual({ status: 141, stdout: '', stderr: '' })
  })

  test.skipIf(!hasFull || isQuick).each(['config print', 'check list --json', 'check server --only cancel'])(
    'and a full disk is one line: %s',
    (command) => {
      expect(shell(`$CLI ${command} >/dev/full`)).toEqual({
        status: 4,
        stdout: '',
        stderr: expect.stringMatching(/^kakaopay-mock: cannot write the output: ENOSPC.*\n$/),
      })
    },
  )
})

describe.skipIf(isQuick)('a reader that comes late', { timeout: 60_000 }, () => {
  test('gets the whole output of check', () => {
    const { stdout: whole } = shell('$CLI check list --json')
    expect(shell('$CLI check list --json | (sleep 0.5; cat)')).toEqual({ status: 0, stdout: whole, stderr: '' })
  })

  test('or never: check waits for it, and SIGTERM ends it', async () => {
    const file = join(folder, 'check.pid')
    const script = `(echo $BASHPID >'${file}'; exec '${process.execPath}' '${program}' check list --json) | sleep 30`
    children.push(spawn('bash', ['-c', script], { env, stdio: 'ignore', detached: true }))
    const pid = () => Number(spawnSync('cat', [file], { encoding: 'utf8' }).stdout)
    await expect.poll(pid).toBeGreaterThan(0)
    process.kill(pid(), 'SIGTERM')
    await expect.poll(() => isAlive(pid()), { interval: 10 }).toBe(false)
  })
})

describe.skipIf(isQuick)('exec', { timeout: 60_000 }, () => {
  test.each(['2>/dev/full', '2>&-', '2> >(true)', '2> >(sleep 1)'])(
    'passes its command’s exit code on with stderr %s',
    (redirection) => {
      const begun = performance.now()
      expect(shell(`$CLI exec -- sh -c 'exit 7' ${redirection}`).status).toBe(7)
      expect(performance.now() - begun).toBeLessThan(8000)
    },
  )

  test.skipIf(!hasFull).each(['2>/dev/full', '2>&-', '2> >(exec sleep 20 >/dev/null 2>&1)'])(
    'does so with stderr %s also where its log is more than a pipe holds',
    { timeout: 60_000 },
    (redirection) => {
      const file = join(folder, 'many-calls.mjs')
      writeFileSync(
        file,
        `for (let i = 0; i < 1500; i += 50)
          await Promise.all(Array.from({ length: 50 }, () =>
            fetch(process.env.KAKAOPAY_MOCK_URL + '/' + 'x'.repeat(100), { method: 'POST' }).then((r) => r.text())))
        process.exitCode = 7`,
      )
      const begun = performance.now()
      expect(shell(`$CLI exec --log json -- ${process.execPath} ${file} ${redirection}`).status).toBe(7)
      expect(performance.now() - begun).toBeLessThan(15_000)
    },
  )
})

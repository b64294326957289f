import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hostsLine } from '../../src/intercept/environment.ts'

export const root = resolve(import.meta.dirname, '../..')
export const program = resolve(root, 'dist/cli.js')

/** The environment of whoever runs the tests must neither bring a client to the mock nor keep it away. */
export const bare = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !/proxy|^KAKAOPAY_MOCK|^NODE_|_CA_BUNDLE$|^SSL_CERT|^JAVA_TOOL|^PHP_INI|^VITEST/i.test(entry[0]),
    ),
  )

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end, for at most 60 s. */
export const finish = (command: readonly string[], env: Record<string, string> = bare()): Promise<Ended> =>
  new Promise((done, failed) => {
    const [name = '', ...args] = command
    const child = spawn(name, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', failed)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })

export interface Namespace {
  /** Words before a command that bring it into the namespace. */
  readonly enter: readonly string[]
  close(): void
}

/**
 * A network with loopback and nothing else, in which `serve` runs with these flags. Nothing in it can leave the machine, so a client that misses the mock
 * fails instead of reaching the real KakaoPay. With `hosts`, KakaoPay's names mean loopback there, and there alone.
 */
export const openNamespace = async (flags: readonly string[], { hosts = false } = {}): Promise<Namespace> => {
  const dir = mkdtempSync(join(tmpdir(), 'namespace-'))
  const file = join(dir, 'hosts')
  writeFileSync(file, `127.0.0.1 localhost\n${hosts ? `${hostsLine()}\n` : ''}`)
  const script = `ip link set lo up && mount --bind '${file}' /etc/hosts && exec "$@"`
  const serve = [process.execPath, program, 'serve', '--log', 'silent', ...flags]
  const child = spawn('unshare', ['--net', '--mount', '--', 'sh', '-c', script, 'sh', ...serve], { env: bare() })
  await listening(child)
  return {
    enter: ['nsenter', '--net', '--mount', '--target', String(child.pid), `--wd=${root}`, '--'],
    close() {
      child.kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const listening = (child: ChildProcess): Promise<void> =>
  new Promise((done, failed) => {
    let stderr = ''
    child.stderr?.on('data', (chunk) => (stderr += chunk))
    child.stdout?.once('data', () => done())
    child.once('close', (code) => failed(new Error(`the server ended with ${code}: ${stderr}`)))
  })

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { runCommandLine } from '../../src/cli/dispatch.ts'

export const program = resolve(import.meta.dirname, '../../dist/cli.js')
/** The tests' own environment must not set anything. */
export const clean = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('KAKAOPAY_MOCK_')),
)

/** Runs a command line in this process: for what needs no process of its own. */
export const runHere = async (args: readonly string[], env: Record<string, string> = {}) => {
  const out = { stdout: '', stderr: '' }
  const code = await runCommandLine(args, {
    stdout: { write: (text) => (out.stdout += text) },
    stderr: { write: (text) => (out.stderr += text) },
    env: { ...clean, ...env },
  })
  return { code, ...out }
}

/** Runs the built program to its end. */
export const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [program, ...args], { env: { ...clean, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

export interface Served {
  readonly url: string
  readonly child: ChildProcessWithoutNullStreams
  readonly output: { stdout: string; stderr: string }
  /** Sends a signal and resolves to exit code and how many ms it took. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>
}

/** Starts the built program's server on a free port and resolves once it has printed its address. */
export const serve = async (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Served> => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...args], { env: { ...clean, ...env } })
  const output = { stdout: '', stderr: '' }
  const url = await new Promise<string>((done, failed) => {
    child.stderr.on('data', (chunk) => (output.stderr += chunk))
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk
      const found = /http:\/\/[\d.:[\]]+/.exec(output.stdout)?.[0]
      if (found) done(found)
    })
    child.once('close', (code) => failed(new Error(`exit ${code}: ${output.stderr}`)))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const started = performance.now()
    const closed = once(child, 'close') as Promise<[number | null]>
    child.kill(signal)
    const [code] = await closed
    return { code, ms: performance.now() - started }
  }
  return { url, child, output, stop }
}

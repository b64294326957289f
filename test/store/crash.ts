import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../dist/cli.js')

/** A server in a process of its own, which a test can kill. */
export interface Killable {
  readonly url: string
  kill(): Promise<void>
}

/** Starts dist/cli.js with the Node that runs the test. */
export const startKillable = async (flags: readonly string[]): Promise<Killable> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cli, 'serve', '--port', '0', '--log', 'silent', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let errors = ''
  child.stderr?.on('data', (text) => {
    errors += text
  })
  const url = await new Promise<string>((found, failed) => {
    child.stdout?.once('data', (text) => found((JSON.parse(String(text)) as { url: string }).url))
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${errors}`)))
  })
  return {
    url,
    async kill() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

export const json = async (url: string, path: string, body: object, key = 'DEV_KEY') => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `SECRET_KEY ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

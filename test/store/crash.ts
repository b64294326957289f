import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../dist/cli.js')

/** A server in a process of its own, which a test can kill. */
export interface Killable {
  readonly url: string
  readonly pid: number
  kill(): Promise<void>
}

/** Starts dist/cli.js with the Node that runs the test. `env` is added to that of the test. */
export const startKillable = async (
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Killable> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cli, 'serve', '--port', '0', '--log', 'silent', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
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
    pid: child.pid ?? 0,
    async kill() {
      // Of a process that was killed only the signal is set.
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** One connection for each call that is open at once. `fetch` would cost as much as the server. */
const agent = new Agent({ keepAlive: true })

export const json = (url: string, path: string, body: object, key = 'DEV_KEY') =>
  new Promise<{ readonly status: number; readonly body: Record<string, unknown> }>((answered, failed) => {
    const text = JSON.stringify(body)
    const headers = {
      authorization: `SECRET_KEY ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }
    const sent = request(new URL(path, url), { method: 'POST', agent, headers }, (response) => {
      let received = ''
      response.setEncoding('utf8').on('data', (piece) => {
        received += piece
      })
      response.on('end', () => {
        try {
          answered({ status: response.statusCode ?? 0, body: JSON.parse(received) as Record<string, unknown> })
        } catch (error) {
          failed(error)
        }
      })
      response.on('error', failed)
    })
    sent.on('error', failed)
    sent.end(text)
  })

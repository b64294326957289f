import { type ChildProcess, spawn } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { HarnessError } from '../template.ts'
import { asLine, type Report, type Request, readLine } from './protocol.ts'

/** A client that can be asked. `Mute` is what a driver says that does not answer: it died, printed something else, or hangs. */
export interface Driver {
  ask(request: Request, timeoutMs: number): Promise<Report | Mute>
  /** What it wrote beside its answers, for reports and for the search for secrets. At most the last 64 KiB. */
  readonly output: () => string
  close(): Promise<void>
}

export interface Mute {
  readonly kind: 'mute'
  readonly why: string
}

/** What a client is told about its surroundings. */
export interface Surroundings {
  readonly baseUrl: string
  readonly key: string
  /** The time-out that the client is to use, in ms. */
  readonly timeoutMs: number
}

/** Starts a client's driver. Rejects with Unreachable where there is none to start. */
export type StartDriver = (surroundings: Surroundings) => Promise<Driver>

/** The subject cannot be started at all: not its promise that is broken, but its name. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

const MAX_OUTPUT = 65_536
/** The longest line that a driver may answer with, in characters. */
export const MAX_LINE = 1_048_576
/** Time to end by itself after its stdin closed, in ms. */
const GRACE_MS = 500

export const surroundings = ({ baseUrl, key, timeoutMs }: Surroundings): Record<string, string> => ({
  KAKAOPAY_BASE_URL: baseUrl,
  KAKAOPAY_SECRET_KEY: key,
  KAKAOPAY_CID: 'TC0ONETIME',
  KAKAOPAY_TIMEOUT_MS: String(timeoutMs),
})

/** A driver that is a program: `command` with its arguments, without a shell. */
export const processDriver =
  (command: readonly string[]): StartDriver =>
  async (told) => {
    const [program, ...args] = command
    if (program === undefined) throw new HarnessError('there is no command to run')
    // A group of its own: `go run` and `npm run` start the real program as a child, which must end with them.
    const child = spawn(program, args, { env: { ...process.env, ...surroundings(told) }, detached: true })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) => reject(new Unreachable(`cannot start ${program}: ${error.message}`)))
    })
    return conversation(child)
  }

type Heard = { readonly line: string } | 'ended' | 'timeout'

const conversation = (child: ChildProcess): Driver => {
  let output = ''
  let ended = ''
  let hear: ((heard: Heard) => void) | undefined
  const lines: string[] = []
  const exited = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      ended = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`
      hear?.('ended')
      resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-MAX_OUTPUT)
  })
  readLines(child, (line) => {
    if (hear) hear({ line })
    else lines.push(line)
  })
  // A driver that ended leaves a broken pipe behind; that it ended is told by `close`.
  child.stdin?.on('error', () => {})
  const next = (timeoutMs: number): Promise<Heard> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => settle('timeout'), timeoutMs)
      const settle = (heard: Heard) => {
        clearTimeout(timer)
        hear = undefined
        resolve(heard)
      }
      if (ended === '') hear = settle
      else settle('ended')
    })
  const mute = (why: string): Mute => ({ kind: 'mute', why })
  return {
    output: () => output,
    async ask(request, timeoutMs) {
      if (lines[0] !== undefined) return mute(`it said something unasked: ${lines[0].slice(0, 200)}`)
      child.stdin?.write(asLine(request))
      const heard = await next(timeoutMs)
      // What it wrote to stderr before its answer is there by now, but perhaps not read yet.
      await setImmediate()
      if (heard === 'ended') return mute(ended)
      if (heard === 'timeout') return mute(`it said nothing within ${timeoutMs} ms`)
      const report = readLine(heard.line, request.id)
      return typeof report === 'string' ? mute(`its line is not an answer: ${report}`) : report
    },
    async close() {
      child.stdin?.end()
      const timer = setTimeout(() => endGroup(child), GRACE_MS)
      await exited
      clearTimeout(timer)
      endGroup(child)
    },
  }
}

/** Whole lines of stdout, and a line that never ends as far as it is kept. */
const readLines = (child: ChildProcess, onLine: (line: string) => void) => {
  let pending = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (pending + text).split('\n')
    pending = parts.pop() ?? ''
    if (pending.length > MAX_LINE) parts.push(pending.slice(0, MAX_LINE))
    if (pending.length > MAX_LINE) pending = ''
    for (const line of parts) if (line.trim() !== '') onLine(line)
  })
}

const endGroup = ({ pid }: ChildProcess) => {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of the group is left.
  }
}

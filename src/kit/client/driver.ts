import { type ChildProcess, spawn } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { HarnessError, Unreachable } from '../errors.ts'
import { asLine, type DriverRequest, idOf, type Report, readLine } from './protocol.ts'

/** A program that makes calls by the client under test. */
export interface Driver {
  /** Several requests may wait for their reports at once. */
  ask(request: DriverRequest, timeoutMs: number): Promise<Report | NoReport>
  /** What it wrote to stderr, for reports and for the search for secrets. At most the last 64 KiB. */
  readonly output: () => string
  /** What it wrote to stdout, reports and all. At most the last 64 KiB. */
  readonly printed: () => string
  close(): Promise<void>
}

/** The driver ended, printed something else, or did not report in time. */
export interface NoReport {
  readonly kind: 'no report'
  readonly reason: string
}

/** What a driver gets in its environment. */
export interface DriverSettings {
  readonly baseUrl: string
  readonly key: string
  /** The time-out that the client is to use, in ms. */
  readonly timeoutMs: number
}

/** Starts a client's driver. Rejects with Unreachable where it cannot be started. */
export type StartDriver = (settings: DriverSettings) => Promise<Driver>

const MAX_OUTPUT = 65_536
/** The longest line that a driver may report with, in characters. */
export const MAX_LINE = 1_048_576
/** Time for a driver to end after its stdin was closed, in ms. */
const GRACE_MS = 500

export const driverEnvironment = ({ baseUrl, key, timeoutMs }: DriverSettings): Record<string, string> => ({
  KAKAOPAY_BASE_URL: baseUrl,
  KAKAOPAY_SECRET_KEY: key,
  KAKAOPAY_CID: 'TC0ONETIME',
  KAKAOPAY_TIMEOUT_MS: String(timeoutMs),
})

/** A driver that has written no line for this long is reported at once, in ms; it is waited for all the same, since a compiler may run first. */
export const SILENT_MS = 5000

/** Drivers that run. They are in process groups of their own, so the end of this process must end them. */
const running = new Set<ChildProcess>()
const endRunning = () => {
  for (const child of running) endGroup(child)
}

/** Called with what a driver wrote on stderr, when it has written no line on stdout for SILENT_MS after its first request. */
export type OnSilent = (output: string) => void

/** A driver that is a program: `command` with its arguments, without a shell. Its children end with it, and with this process. */
export const processDriver =
  (command: readonly string[], onSilent: OnSilent = () => {}, silentMs = SILENT_MS): StartDriver =>
  async (settings) => {
    const [program, ...args] = command
    if (program === undefined) throw new HarnessError('there is no command to run')
    // A process group of its own: `go run` and `npm run` start the program as a child, which must end with them.
    const child = spawn(program, args, { env: { ...process.env, ...driverEnvironment(settings) }, detached: true })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) => reject(new Unreachable(`cannot start ${program}: ${error.message}`)))
    })
    if (running.size === 0) process.on('exit', endRunning)
    running.add(child)
    child.once('close', () => {
      running.delete(child)
      if (running.size === 0) process.off('exit', endRunning)
    })
    return conversation(child, onSilent, silentMs)
  }

type DriverEvent = { readonly line: string } | 'ended' | 'timeout'

const noReport = (reason: string): NoReport => ({ kind: 'no report', reason })

const conversation = (child: ChildProcess, onSilent: OnSilent, silentMs: number): Driver => {
  let output = ''
  let printed = ''
  let hasWritten = false
  let silence: NodeJS.Timeout | undefined
  let ended = ''
  /** Requests without a report yet, oldest first. */
  const waiting = new Map<number, (event: DriverEvent) => void>()
  const unasked: string[] = []
  const exited = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(silence)
      ended = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`
      for (const settle of [...waiting.values()]) settle('ended')
      resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-MAX_OUTPUT)
  })
  readLines(child, (line) => {
    hasWritten = true
    printed = `${printed}${line}\n`.slice(-MAX_OUTPUT)
    clearTimeout(silence)
    // A line that names no request is about the oldest one.
    const settle = waiting.get(idOf(line) ?? -1) ?? [...waiting.values()][0]
    if (settle) settle({ line })
    else unasked.push(line)
  })
  // Writing to a driver that ended fails; `close` reports that it ended.
  child.stdin?.on('error', () => {})
  const next = (id: number, timeoutMs: number): Promise<DriverEvent> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => settle('timeout'), timeoutMs)
      const settle = (event: DriverEvent) => {
        clearTimeout(timer)
        waiting.delete(id)
        resolve(event)
      }
      if (ended === '') waiting.set(id, settle)
      else settle('ended')
    })
  return {
    output: () => output,
    printed: () => printed,
    async ask(request, timeoutMs) {
      if (unasked[0] !== undefined)
        return noReport(`it printed a line that is no report of a request: ${unasked[0].slice(0, 200)}`)
      if (!hasWritten) silence ??= setTimeout(() => onSilent(output), silentMs)
      child.stdin?.write(asLine(request))
      const event = await next(request.id, timeoutMs)
      // stderr that was written before the report may not have been read yet.
      await setImmediate()
      if (event === 'ended') return noReport(ended)
      if (event === 'timeout')
        return noReport(
          `it reported nothing within ${timeoutMs} ms${hasWritten ? '' : '; it wrote no line at all: is its stdout flushed?'}`,
        )
      const report = readLine(event.line, request.id)
      return typeof report === 'string' ? noReport(`its line is not a report: ${report}`) : report
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

/** Calls back for each line of stdout, and for the beginning of a line that is longer than the limit. */
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
    // The group has ended.
  }
}

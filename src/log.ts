import type { Config } from './config/config.ts'

/** Text that waits while the reader is slow, in characters. Further lines are dropped and counted. */
export const MAX_WAITING_LOG = 1_048_576
/** How long lines are gathered into one write, in ms. */
const GATHER_MS = 10

/** Where the log goes: `process.stderr`, as far as it is needed. A pipe is written without blocking; the callback says when it was read. */
export interface LogStream {
  write(text: string, done: (error?: Error | null) => void): unknown
  readonly isTTY?: boolean
}

export type Details = Readonly<Record<string, string | number | boolean>>

/** A log whose reader may be slow, absent or gone: writing never waits and never fails. */
export interface Log {
  /** One line: an event and what belongs to it. Secret keys never get here whole. */
  write(event: string, details?: Details): void
  /** Writes what waits. Resolves when it was read, or after `ms`. */
  flush(ms: number): Promise<void>
  /** Lines dropped because nobody read them. */
  dropped(): number
}

/**
 * Readable on a terminal, JSON lines otherwise. Lines are gathered, since one write for each call costs more than the call. Node's own stream is
 * the destination, not a logger that writes by `fs`: such a write blocks a thread where nobody reads the pipe, and with it the end of the process.
 */
export const createLog = (form: Config['log'], stream: LogStream, color: boolean, now = Date.now): Log => {
  if (form === 'silent') return { write: () => {}, flush: async () => {}, dropped: () => 0 }
  const isText = form === 'text' || (form === 'auto' && stream.isTTY === true)
  const lineOf = isText ? textLine(color, now) : jsonLine(now)
  const lines = createLines(stream, (count) => lineOf('log lines dropped', { count }))
  return { write: (event, details) => lines.add(lineOf(event, details)), flush: lines.flush, dropped: lines.dropped }
}

/** Gathers lines, with one write under way at a time. */
const createLines = (stream: LogStream, droppedLine: (count: number) => string) => {
  let waiting = ''
  let isWriting = false
  let isGone = false
  let timer: NodeJS.Timeout | undefined
  let dropped = 0
  let reported = 0
  let onRead = () => {}
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (isWriting || isGone || waiting === '') return
    const text = dropped > reported ? waiting + droppedLine(dropped - reported) : waiting
    reported = dropped
    waiting = ''
    isWriting = true
    stream.write(text, (error) => {
      isWriting = false
      isGone ||= error !== null && error !== undefined
      if (waiting === '' || isGone) onRead()
      else write()
    })
  }
  return {
    add(line: string) {
      if (isGone || waiting.length + line.length > MAX_WAITING_LOG) {
        dropped++
        return
      }
      waiting += line
      if (!isWriting && timer === undefined) timer = setTimeout(write, GATHER_MS)
    },
    flush: (ms: number) =>
      new Promise<void>((resolve) => {
        write()
        if (isGone || (!isWriting && waiting === '')) return resolve()
        const late = setTimeout(resolve, ms)
        onRead = () => {
          clearTimeout(late)
          resolve()
        }
      }),
    dropped: () => dropped,
  }
}

const jsonLine = (now: () => number) => {
  let at = Number.NaN
  let time = ''
  return (event: string, details?: Details): string => {
    const ms = now()
    if (ms !== at) {
      at = ms
      time = new Date(ms).toISOString()
    }
    return `${JSON.stringify({ time, event, ...details })}\n`
  }
}

const DIM = '\u001b[2m'
const PLAIN = '\u001b[0m'

const textLine = (color: boolean, now: () => number) => {
  const [dim, plain] = color ? [DIM, PLAIN] : ['', '']
  return (event: string, details: Details = {}): string => {
    const time = new Date(now()).toTimeString().slice(0, 8)
    const rest = Object.entries(details).map(([name, value]) => `${name}=${printable(String(value))}`)
    return `${dim}${time}${plain} ${printable(event)}${rest.length > 0 ? ` ${dim}${rest.join(' ')}${plain}` : ''}\n`
  }
}

/** What a client sent must not move a terminal's cursor or colour it. A stack trace keeps its lines. */
const printable = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, '\ufffd')

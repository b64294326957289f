import type { Config } from '../config/config.ts'
import type { Io } from './command.ts'

/** One line of the log: an event and what belongs to it. Secret keys never get here whole. */
export type Log = (event: string, details?: Readonly<Record<string, string | number | boolean>>) => void

const DIM = '\u001b[2m'
const PLAIN = '\u001b[0m'

/** Readable on a terminal, JSON lines otherwise; `NO_COLOR` is honoured. Logs go to stderr, so that stdout stays for answers. */
export const createLog = (form: Config['log'], io: Io, now: () => number = Date.now): Log => {
  if (form === 'silent') return () => {}
  const text = form === 'text' || (form === 'auto' && io.stderr.isTTY === true)
  if (!text)
    return (event, details = {}) =>
      io.stderr.write(`${JSON.stringify({ time: new Date(now()).toISOString(), event, ...details })}\n`)
  const [dim, plain] = io.stderr.isTTY && !io.env['NO_COLOR'] ? [DIM, PLAIN] : ['', '']
  return (event, details = {}) => {
    const time = new Date(now()).toTimeString().slice(0, 8)
    const rest = Object.entries(details).map(([name, value]) => `${name}=${shown(String(value))}`)
    io.stderr.write(
      `${dim}${time}${plain} ${shown(event)}${rest.length > 0 ? ` ${dim}${rest.join(' ')}${plain}` : ''}\n`,
    )
  }
}

/** What a client sent must not move a terminal's cursor or colour it. A stack trace keeps its lines. */
const shown = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, '\ufffd')

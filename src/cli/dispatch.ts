import { ConfigError } from '../config/config.ts'
import { didYouMean } from '../nearest.ts'
import { version } from '../version.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { builtins, commands, type Entry } from './commands.ts'
import { UNREACHABLE, WRONG_USAGE } from './exit-codes.ts'
import { commandHelp, groupHelp, mainHelp, widthOf } from './help.ts'
import { MockUnreachable } from './running-mock.ts'

/** Called with the command before it runs. */
export type OnCommand = (command: Command) => void

/** Runs a command line. Resolves to the exit code. A wrong flag, and a mock that does not answer, are one line on stderr. */
export const runCommandLine = async (args: readonly string[], io: Io, onCommand?: OnCommand): Promise<number> => {
  try {
    return await dispatch(args, io, onCommand)
  } catch (error) {
    const usage = error instanceof ConfigError || error instanceof UsageError
    if (!usage && !(error instanceof MockUnreachable)) throw error
    io.stderr.write(`kakaopay-mock: ${error.message}\n`)
    return usage ? WRONG_USAGE : UNREACHABLE
  }
}

/** Runs a command line. Resolves to the exit code. Throws UsageError, ConfigError or MockUnreachable with one line. */
export const dispatch = async (args: readonly string[], io: Io, onCommand: OnCommand = () => {}): Promise<number> => {
  const [name, ...rest] = args
  const width = widthOf(io.stdout)
  if (name === 'help' && rest.length > 0) return dispatch([...rest, '--help'], io, onCommand)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(mainHelp(width))
    return name === undefined ? WRONG_USAGE : 0
  }
  if (name === 'completion') return (await import('./completion.ts')).complete(rest, io)
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${version}\n`)
    return 0
  }
  const entry = find({ ...commands, ...builtins }, name, `unknown command ${name}`, 'kakaopay-mock --help')
  if (!entry.parts) return runCommand(entry, rest, io, onCommand)
  const [part, ...others] = rest
  if (part === undefined || part === '--help' || part === '-h') {
    io.stdout.write(groupHelp(name, width))
    return part === undefined ? WRONG_USAGE : 0
  }
  const found = find(entry.parts, part, `unknown ${name} ${part}`, `kakaopay-mock ${name} --help`)
  return runCommand(found, others, io, onCommand)
}

const find = (entries: Readonly<Record<string, Entry>>, name: string, what: string, help: string): Entry => {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
  if (!entry) throw new UsageError(`${what}${didYouMean(name, Object.keys(entries))}; see ${help}`)
  return entry
}

const runCommand = async (entry: Entry, args: readonly string[], io: Io, onCommand: OnCommand): Promise<number> => {
  const command = (await entry.load?.()) as Command
  onCommand(command)
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  if (!own.includes('--help') && !own.includes('-h')) return command.run(args, io)
  io.stdout.write(commandHelp(command, widthOf(io.stdout)))
  return 0
}

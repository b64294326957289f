#!/usr/bin/env node
import { ConfigError } from '../config/config.ts'
import { version } from '../version.ts'
import { type Io, UsageError } from './command.ts'
import { commands } from './commands.ts'

const help = () => `kakaopay-mock ${version}: a local KakaoPay that behaves like the real one

Usage: kakaopay-mock <command> [flags]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  .join('\n')}

Examples:
  kakaopay-mock serve                      on http://127.0.0.1:8585
  kakaopay-mock serve --port 0             on any free port, which is printed
  kakaopay-mock <command> --help           what a command takes
`

/** Runs a command line. Resolves to the exit code: 0 well, 1 a check failed, 2 wrong usage. */
export const main = async (args: readonly string[], io: Io): Promise<number> => {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(help())
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${version}\n`)
    return 0
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  try {
    if (!entry) throw new UsageError(`unknown command ${name}; see kakaopay-mock --help`)
    const command = await entry.load()
    const ownHelp =
      rest[0] === '--help' || rest[0] === '-h' || (!command.hasParts && !rest.includes('--') && rest.includes('--help'))
    if (ownHelp) {
      io.stdout.write(command.help)
      return 0
    }
    return await command.run(rest, io)
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof UsageError)) throw error
    io.stderr.write(`kakaopay-mock: ${error.message}\n`)
    return 2
  }
}

const exit = await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env })
process.exitCode = exit

import { type Config, ConfigError, type Loaded, loadConfig } from '../config/config.ts'
import type { Options } from '../config/option.ts'
import type { SettingName } from '../config/settings.ts'

/** One subcommand of `kakaopay-mock`. A file in this folder exports one, and `commands.ts` lists it. Its help comes from this table. */
export interface CommandTable {
  /** `check server`: what is written behind `kakaopay-mock`. */
  readonly name: string
  /** What may stand behind the name, each form on a line of its own. */
  readonly usage: readonly string[]
  /** What it does, in paragraphs. */
  readonly about: string
  /** Its own flags. */
  readonly flags: Options
  /** The settings that have a flag here. */
  readonly settings: readonly SettingName[]
  /** What its exit codes mean, beyond 0 and 2. */
  readonly exits: Readonly<Record<number, string>>
  readonly examples: string
  /** Keeps running when its output is closed, and does not wait for a reader at the end. */
  readonly outlivesReaders?: true
}

export interface Command extends CommandTable {
  /** Resolves to the exit code. Throws `UsageError` for a wrong flag or value. */
  run(args: readonly string[], io: Io): Promise<number>
}

/** What the command line gave. */
export type Input<F extends Options> = Omit<Loaded<F>, 'config'> & { readonly config: Config }

/** A command whose arguments are read by its own table. */
export const defineCommand = <const F extends Options>(
  table: CommandTable & { readonly flags: F; act(input: Input<F>, io: Io): Promise<number> },
): Command => ({
  ...table,
  run: async (args, io) => {
    const { flags, settings } = table
    return table.act(
      asUsage(() => loadConfig({ args, env: io.env, flags, settings })),
      io,
    )
  },
})

const asUsage = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error
  }
}

interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Width of the terminal. */
  readonly columns?: number
}

/** What a command may touch of its process, so that tests can stand in for it. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A wrong flag or value: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

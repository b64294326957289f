/** One subcommand of `kakaopay-mock`. A file in this folder exports one, and `commands.ts` lists it. */
export interface Command {
  readonly name: string
  /** One line for the list in `--help`. */
  readonly summary: string
  /** What `kakaopay-mock NAME --help` prints: usage, flags, examples. */
  readonly help: string
  /** True where it has subcommands, which print their own help. */
  readonly hasParts?: boolean
  /** Resolves to the exit code: 0 well, 1 a check failed, 2 wrong usage. Throw `UsageError` for the latter. */
  run(args: readonly string[], io: Io): Promise<number>
}

/** What a command may touch of its process, so that tests can stand in for it. */
export interface Io {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean }
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A wrong flag or value: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

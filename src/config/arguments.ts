import { parseArgs } from 'node:util'
import { didYouMean } from '../nearest.ts'
import { ConfigError } from './error.ts'
import { flagOf, type Options } from './option.ts'

export interface Arguments {
  /** What the flags set, by their names in the table. */
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
  /** The words behind `--`; undefined without it. */
  readonly command: readonly string[] | undefined
}

/**
 * Reads the arguments of any command by a table: `--name value`, `--name=value`, `--no-name` and `--name=false` for switches. Of a flag that is
 * repeated the last value counts, and a list's values add up. Throws ConfigError with one line. `secret`: flags whose values no message shows.
 */
export const parseArguments = (
  args: readonly string[],
  options: Options,
  secret: ReadonlySet<string> = new Set(),
): Arguments => {
  const byFlag = new Map(Object.keys(options).map((name) => [flagOf(name), name]))
  const { tokens } = parseArgs({
    args: [...args],
    options: parseArgsOptions(options),
    strict: false,
    tokens: true,
    allowPositionals: true,
    allowNegative: true,
  })
  const values: Record<string, unknown> = {}
  const positionals: string[] = []
  const end = tokens.find((token) => token.kind === 'option-terminator')?.index
  const own = tokens.filter(({ index }) => end === undefined || index < end)
  for (const token of own) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, value } = readFlag(token, options, byFlag, secret)
    const before = options[name]?.many ? values[name] : undefined
    values[name] = before === undefined ? value : [...(before as unknown[]), ...(value as unknown[])]
  }
  return { values, positionals, command: end === undefined ? undefined : args.slice(end + 1) }
}

const parseArgsOptions = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { placeholder }]) => [
      flagOf(name).slice(2),
      { type: placeholder === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )

interface Token {
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

const readFlag = (
  { rawName, value, inlineValue }: Token,
  options: Options,
  byFlag: ReadonlyMap<string, string>,
  secret: ReadonlySet<string>,
): { name: string; value: unknown } => {
  const negated = byFlag.has(rawName) ? undefined : byFlag.get(rawName.replace(/^--no-/, '--'))
  const name = byFlag.get(rawName) ?? negated
  const option = name === undefined ? undefined : options[name]
  const isSwitch = option?.placeholder === undefined
  if (name === undefined || option === undefined || (negated !== undefined && !isSwitch))
    throw new ConfigError(`unknown flag ${rawName}${didYouMean(rawName, [...byFlag.keys(), '--help'])}; see --help`)
  if (negated !== undefined) {
    if (inlineValue) throw new ConfigError(`${rawName} takes no value; see --help`)
    return { name, value: false }
  }
  if (isSwitch && !inlineValue) return { name, value: true }
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    throw new ConfigError(`${rawName} needs a value; see --help`)
  try {
    return { name, value: option.read(value) }
  } catch (error) {
    throw new ConfigError(
      `${rawName} ${(error as Error).message}, not "${secret.has(name) ? '…' : value.slice(0, 80)}"`,
    )
  }
}

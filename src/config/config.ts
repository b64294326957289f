import { readFileSync } from 'node:fs'
import { parseArguments } from './arguments.ts'
import { ConfigError } from './error.ts'
import { type Option, type Options, parsedJson, string, type Values, variableOf } from './option.ts'
import { type Config, type SettingName, settingNames, settings } from './settings.ts'

export { ConfigError } from './error.ts'
export type { Config } from './settings.ts'

export const fileVariable = 'KAKAOPAY_MOCK_CONFIG'

/** Settings whose values are secrets, or hold some: no message and no listing shows them. */
export const secretSettings: ReadonlySet<string> = new Set<SettingName>([
  'keys',
  'cids',
  'applications',
  'seed',
  'controlToken',
  'store',
])

/** A setting's value as it may be shown: of the store's URL all but the password. */
export const shownValue = (name: SettingName, value: unknown): unknown => {
  if (name === 'store') return String(value).replace(/\/\/[^/]*@/, '//…@')
  const isSet = Array.isArray(value) ? value.length > 0 : value !== ''
  return secretSettings.has(name) && isSet ? '(masked)' : value
}

/** The flag that names the config file, for every command that takes settings. */
export const configFlag = { config: string('', 'FILE', 'JSON file with settings ({"port": 8585}).') }

const optionOf = (name: SettingName): Option<unknown> => settings[name] as Option<unknown>

type Given = Partial<Record<SettingName, unknown>>

export const defaults = (): Config =>
  Object.freeze(Object.fromEntries(settingNames.map((n) => [n, optionOf(n).default]))) as Config

/** Settings for a mock inside a program: what is given, checked, over the defaults. Throws ConfigError. */
export const configure = (given: Partial<Config> = {}): Config =>
  Object.freeze({ ...defaults(), ...(checked(given, 'the options') as Partial<Config>) })

export interface Sources<F extends Options> {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Flags of the command itself, beside those of the settings. */
  readonly flags?: F
  /** The settings that have a flag here. Default: all. The environment and the file may give every one, unless the list is empty. */
  readonly settings?: readonly SettingName[]
  /** Reads the config file; a test gives its own. */
  readonly readFile?: (path: string) => string
}

/** Where a value came from. */
export type Origin = 'flag' | 'environment' | 'file' | 'default'

export interface Loaded<F> {
  readonly config: Config
  readonly origin: Readonly<Record<SettingName, Origin>>
  readonly flags: Values<F>
  /** Arguments that are no flags. */
  readonly rest: readonly string[]
  /** The words behind `--`; undefined without it. */
  readonly command: readonly string[] | undefined
}

/** One precedence for every setting: flag, then environment, then config file, then default. Throws ConfigError. */
export const loadConfig = <const F extends Options = Record<never, never>>({
  args = [],
  env = {},
  flags = {} as F,
  settings: named = settingNames,
  readFile = (p) => readFileSync(p, 'utf8'),
}: Sources<F>): Loaded<F> => {
  const { values, positionals, command } = parseArguments(args, commandOptions(flags, named), secretSettings)
  const isOwn = ([name]: readonly [string, unknown]) => Object.hasOwn(flags, name)
  const given = Object.entries(values)
  const byFlag: Given = Object.fromEntries(given.filter((entry) => !isOwn(entry) && entry[0] !== 'config'))
  const environment = named.length > 0 ? fromEnvironment(env) : {}
  const path = named.length > 0 ? (values['config'] as string | undefined) || env[fileVariable] : undefined
  const file = path ? fromFile(path, readFile) : {}
  const origin = Object.fromEntries(
    settingNames.map((n) => [
      n,
      n in byFlag ? 'flag' : n in environment ? 'environment' : n in file ? 'file' : 'default',
    ]),
  ) as Record<SettingName, Origin>
  const config = { ...defaults(), ...({ ...file, ...environment, ...byFlag } as Partial<Config>) }
  const own = Object.fromEntries(Object.entries(flags).map(([name, option]) => [name, option.default]))
  return {
    config: Object.freeze(config),
    origin,
    flags: { ...own, ...Object.fromEntries(given.filter(isOwn)) } as Values<F>,
    rest: positionals,
    command,
  }
}

/** Every flag that a command takes: its own and those of the settings. A flag of its own wins over a setting of the same name. */
export const commandOptions = (flags: Options, named: readonly SettingName[] = settingNames): Options => ({
  ...Object.fromEntries(named.map((name) => [name, optionOf(name)])),
  ...(named.length > 0 ? configFlag : {}),
  ...flags,
})

const fromEnvironment = (env: Readonly<Record<string, string | undefined>>): Given => {
  const values: Given = {}
  for (const name of settingNames) {
    const text = env[variableOf(name)]
    if (text === undefined || text === '') continue
    try {
      values[name] = optionOf(name).read(text)
    } catch (error) {
      const shown = secretSettings.has(name) ? '…' : text.slice(0, 80)
      throw new ConfigError(`${variableOf(name)} ${(error as Error).message}, not "${shown}"`)
    }
  }
  return values
}

const fromFile = (path: string, readFile: (path: string) => string): Given => {
  let json: unknown
  try {
    json = parsedJson(readFile(path), 'it must be JSON')
  } catch (error) {
    throw new ConfigError(`cannot read the config file ${path}: ${(error as Error).message}`)
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ConfigError(`the config file ${path} must be a JSON object`)
  return checked(json as Record<string, unknown>, `config file ${path}:`)
}

const checked = (given: Readonly<Record<string, unknown>>, where: string): Given => {
  const values: Given = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === '$schema') continue
    if (!Object.hasOwn(settings, name)) throw new ConfigError(`${where} unknown setting ${name}`)
    try {
      values[name as SettingName] = optionOf(name as SettingName).check(value)
    } catch (error) {
      throw new ConfigError(`${where} ${name} ${(error as Error).message}`)
    }
  }
  return values
}

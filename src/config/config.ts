import { readFileSync } from 'node:fs'
import { type Config, type Setting, type SettingName, settings } from './settings.ts'

export type { Config } from './settings.ts'

/** A setting that cannot be used: one line that names it, where it was set, and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const names = Object.keys(settings) as SettingName[]
const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

export const flagOf = (name: SettingName): string => `--${kebab(name)}`
export const variableOf = (name: SettingName): string =>
  `KAKAOPAY_MOCK_${kebab(name).replaceAll('-', '_').toUpperCase()}`
export const fileVariable = 'KAKAOPAY_MOCK_CONFIG'

const optionOf = (name: SettingName): Setting<unknown> => settings[name] as Setting<unknown>

type Values = Partial<Record<SettingName, unknown>>

export const defaults = (): Config =>
  Object.freeze(Object.fromEntries(names.map((n) => [n, optionOf(n).default]))) as Config

/** Settings for a mock inside a program: what is given, checked, over the defaults. Throws ConfigError. */
export const configure = (given: Partial<Config> = {}): Config =>
  Object.freeze({ ...defaults(), ...(checked(given, 'the options') as Partial<Config>) })

export interface Sources {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Reads the config file; a test gives its own. */
  readonly readFile?: (path: string) => string
}

export interface Loaded {
  readonly config: Config
  /** Where each value came from: `flag`, `environment`, `file` or `default`. */
  readonly origin: Readonly<Record<SettingName, 'flag' | 'environment' | 'file' | 'default'>>
  /** Arguments that are no flags. */
  readonly rest: readonly string[]
}

/** One precedence for every setting: flag, then environment, then config file, then default. Throws ConfigError. */
export const loadConfig = ({ args = [], env = {}, readFile = (p) => readFileSync(p, 'utf8') }: Sources): Loaded => {
  const { values: flags, file: flagFile, rest } = fromArguments(args)
  const environment = fromEnvironment(env)
  const path = flagFile ?? env[fileVariable]
  const file = path ? fromFile(path, readFile) : {}
  const origin = Object.fromEntries(
    names.map((n) => [n, n in flags ? 'flag' : n in environment ? 'environment' : n in file ? 'file' : 'default']),
  ) as Loaded['origin']
  const config = { ...defaults(), ...({ ...file, ...environment, ...flags } as Partial<Config>) }
  return { config: Object.freeze(config), origin, rest }
}

const read = (name: SettingName, text: string, where: string): unknown => {
  try {
    return optionOf(name).read(text)
  } catch (error) {
    throw new ConfigError(`${where} ${(error as Error).message}, not "${shown(name, text)}"`)
  }
}

/** A secret key never shows up in an error message. */
const shown = (name: SettingName, text: string) =>
  name === 'keys' || name === 'applications' || name === 'cids' || name === 'controlToken' ? '…' : text.slice(0, 80)

const fromArguments = (args: readonly string[]) => {
  const byFlag = new Map<string, SettingName>(names.map((n) => [flagOf(n), n]))
  const values: Values = {}
  const rest: string[] = []
  let file: string | undefined
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (!arg.startsWith('--')) {
      rest.push(arg)
      continue
    }
    const [flag = '', inline] = splitOnce(arg)
    const off = flag.startsWith('--no-') ? byFlag.get(`--${flag.slice(5)}`) : undefined
    const name = off ?? byFlag.get(flag)
    const isSwitch = name !== undefined && optionOf(name).placeholder === undefined
    if (off && !isSwitch) throw new ConfigError(`unknown flag ${flag}; see --help`)
    if (!name && flag !== '--config')
      throw new ConfigError(`unknown flag ${flag}${nearest(flag, [...byFlag.keys(), '--config'])}; see --help`)
    if (name && isSwitch) values[name] = inline === undefined ? !off : read(name, inline, flag)
    else {
      const text = inline ?? args[++i]
      if (text === undefined) throw new ConfigError(`${flag} needs a value; see --help`)
      if (name) values[name] = read(name, text, flag)
      else file = text
    }
  }
  return { values, file, rest }
}

const splitOnce = (arg: string): [string, string | undefined] => {
  const at = arg.indexOf('=')
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)]
}

/** Offers the flag that starts alike, so that `--redirect` finds `--redirects`. */
const nearest = (flag: string, known: readonly string[]) => {
  const match = known.find((k) => k.startsWith(flag.slice(0, 6)) && flag.length > 4)
  return match ? ` (did you mean ${match}?)` : ''
}

const fromEnvironment = (env: NonNullable<Sources['env']>): Values => {
  const values: Values = {}
  for (const name of names) {
    const text = env[variableOf(name)]
    if (text !== undefined && text !== '') values[name] = read(name, text, variableOf(name))
  }
  return values
}

const fromFile = (path: string, readFile: (path: string) => string): Values => {
  let json: unknown
  try {
    json = JSON.parse(readFile(path))
  } catch (error) {
    throw new ConfigError(`cannot read the config file ${path}: ${(error as Error).message}`)
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new ConfigError(`the config file ${path} must be a JSON object`)
  return checked(json as Record<string, unknown>, `config file ${path}:`)
}

const checked = (given: Readonly<Record<string, unknown>>, where: string): Values => {
  const values: Values = {}
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

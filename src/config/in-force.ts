import { defaults, type Origin as LoadedOrigin, shownValue } from './config.ts'
import { flagOf, type Option, variableOf } from './option.ts'
import { type Config, type SettingName, settingNames, settings } from './settings.ts'

/** Where a value came from; `options` are those given to createMock. */
export type Origin = LoadedOrigin | 'options'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A setting in force, as it may be shown. */
export interface SettingInForce {
  readonly name: string
  readonly flag: string
  readonly variable: string
  readonly value: Json
  readonly default: Json
  readonly origin: Origin
  readonly help: string
  /** The values it takes, where they are few. */
  readonly values: string[] | null
}

/** Every setting in the order of `--help`. Secrets are masked. */
export const settingsInForce = (config: Config, originOf: (name: SettingName) => Origin): readonly SettingInForce[] => {
  const initial = defaults()
  return settingNames.map((name) => {
    const { help, values } = settings[name] as Option<unknown>
    return {
      name,
      flag: flagOf(name),
      variable: variableOf(name),
      value: shownValue(name, config[name]) as Json,
      default: initial[name] as Json,
      origin: originOf(name),
      help,
      values: values ? [...values] : null,
    }
  })
}

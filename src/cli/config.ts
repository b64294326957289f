import { loadConfig } from '../config/config.ts'
import type { SettingName } from '../config/settings.ts'
import { type Command, UsageError } from './command.ts'
import { settingsHelp } from './settings.ts'

/** Settings whose values are secrets, or hold some. */
const secret: ReadonlySet<string> = new Set<SettingName>(['keys', 'cids', 'applications', 'seed', 'controlToken'])

export const config: Command = {
  name: 'config',
  summary: 'Show the settings in force and where each came from',
  get help() {
    return `Usage: kakaopay-mock config print [flags]

Prints every setting as it would be in force with these flags, this environment and this config file, and where each came from.
Secrets are masked.

${settingsHelp()}

Example:
  KAKAOPAY_MOCK_PORT=9000 kakaopay-mock config print --strict
`
  },
  async run(args, io) {
    const { config, origin, rest } = loadConfig({ args, env: io.env })
    if (rest.length !== 1 || rest[0] !== 'print') throw new UsageError('say `kakaopay-mock config print`')
    for (const [name, value] of Object.entries(config)) {
      const isSet = secret.has(name) && (Array.isArray(value) ? value.length > 0 : value !== '')
      io.stdout.write(
        `${name.padEnd(18)} ${origin[name as SettingName].padEnd(12)} ${isSet ? '(masked)' : JSON.stringify(value)}\n`,
      )
    }
    return 0
  },
}

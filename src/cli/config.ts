import { shownValue } from '../config/config.ts'
import { flag } from '../config/option.ts'
import { type SettingName, settingNames } from '../config/settings.ts'
import { defineCommand, UsageError } from './command.ts'

export const config = defineCommand({
  name: 'config',
  usage: ['print [flags]'],
  about: `Prints every setting as it would be in force with these flags, this environment and this config file, and where each came from.
Secrets are masked.`,
  flags: { json: flag(false, 'Print {"NAME": {"value", "origin"}} as JSON.') },
  settings: settingNames,
  exits: {},
  examples: `
  KAKAOPAY_MOCK_PORT=9000 kakaopay-mock config print --strict
  kakaopay-mock config print --json | jq .port.value`,
  async act({ config, origin, flags, rest }, io) {
    if (rest.length !== 1 || rest[0] !== 'print') throw new UsageError('say `kakaopay-mock config print`')
    const rows = Object.entries(config).map(([name, value]) => {
      return { name, origin: origin[name as SettingName], value: shownValue(name as SettingName, value) }
    })
    if (flags.json) {
      const all = Object.fromEntries(rows.map(({ name, ...row }) => [name, row]))
      io.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
    } else
      for (const { name, origin, value } of rows) {
        const text = value === '(masked)' ? value : JSON.stringify(value)
        io.stdout.write(`${name.padEnd(18)} ${origin.padEnd(12)} ${text}\n`)
      }
    return 0
  },
})

import { flagOf, variableOf } from '../config/config.ts'
import { type Setting, type SettingName, settings } from '../config/settings.ts'

/** Every setting as lines for `--help`. */
export const settingsHelp = (): string =>
  (Object.entries(settings) as [SettingName, Setting<unknown>][])
    .map(([name, option]) => {
      const flag = `${flagOf(name)}${option.placeholder ? ` ${option.placeholder}` : ''}`
      return `  ${flag.length > 30 ? `${flag}\n${' '.repeat(32)}` : flag.padEnd(30)}${option.help}${defaultOf(option)}`
    })
    .join('\n')

/** Every setting as a Markdown table, for the README. */
export const settingsTable = (): string =>
  [
    '| flag | environment | file | default | what it does |',
    '|---|---|---|---|---|',
    ...(Object.entries(settings) as [SettingName, Setting<unknown>][]).map(([name, option]) => {
      const value = option.placeholder ? ` ${option.placeholder.replaceAll('|', '\\|')}` : ''
      return `| \`${flagOf(name)}${value}\` | \`${variableOf(name)}\` | \`${name}\` | \`${JSON.stringify(option.default)}\` | ${option.help} |`
    }),
  ].join('\n')

const defaultOf = ({ default: value }: Setting<unknown>) =>
  value === '' || (Array.isArray(value) && value.length === 0) ? '' : ` [${String(value)}]`

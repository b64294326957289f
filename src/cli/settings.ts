import { flagOf, type Option, variableOf } from '../config/option.ts'
import { settings } from '../config/settings.ts'

/** Every setting as a Markdown table, for the docs. */
export const settingsTable = (): string =>
  [
    '| flag | environment | file | default | what it does |',
    '|---|---|---|---|---|',
    ...Object.entries(settings as Readonly<Record<string, Option<unknown>>>).map(([name, option]) => {
      const value = option.placeholder ? ` ${option.placeholder.replaceAll('|', '\\|')}` : ''
      return `| \`${flagOf(name)}${value}\` | \`${variableOf(name)}\` | \`${name}\` | \`${JSON.stringify(option.default)}\` | ${option.help} |`
    }),
  ].join('\n')

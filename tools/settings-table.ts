import { flagOf, type Option, variableOf } from '../src/config/option.ts'
import { type SettingName, settings } from '../src/config/settings.ts'
import type { Language } from './limits-table.ts'
import { settingsInKorean } from './settings-ko.ts'

const heads = {
  en: '| flag | environment | file | default | what it does |',
  ko: '| 플래그 | 환경 변수 | 파일 | 기본값 | 하는 일 |',
} as const

/** Every setting as a Markdown table, for the docs. */
export const settingsTable = (language: Language): string =>
  [
    heads[language],
    '|---|---|---|---|---|',
    ...(Object.entries(settings) as [SettingName, Option<unknown>][]).map(([name, option]) => {
      const value = option.placeholder ? ` ${option.placeholder.replaceAll('|', '\\|')}` : ''
      const help = language === 'ko' ? settingsInKorean[name] : option.help
      return `| \`${flagOf(name)}${value}\` | \`${variableOf(name)}\` | \`${name}\` | \`${JSON.stringify(option.default)}\` | ${help} |`
    }),
  ].join('\n')

import { ko } from '../src/dashboard/words/faults.ts'
import { type FaultName, faultTypes, type Money } from '../src/faults/fault-types.ts'
import type { Language } from './limits-table.ts'

const heads = { en: '| fault | what it does | charged |', ko: '| 장애 | 하는 일 | 실제 결제 |' } as const

/** What the column "charged" says. */
const charged: Readonly<Record<Language, Readonly<Record<Money, string>>>> = {
  en: { 'never moves': 'no', moves: 'yes', 'as without the fault': 'as without the fault' },
  ko: { 'never moves': '결제되지 않음', moves: '결제됨', 'as without the fault': '장애가 없을 때와 같음' },
}

/** Every fault by name as a Markdown table, in the dashboard's own words where it is Korean. */
export const faultsTable = (language: Language): string => {
  const rows = (Object.keys(faultTypes) as FaultName[]).map((name) => {
    const { summary, money } = faultTypes[name]
    return `| \`${name}\` | ${language === 'ko' ? ko[`fault.${name}`] : summary} | ${charged[language][money]} |`
  })
  return [heads[language], '|---|---|---|', ...rows].join('\n')
}

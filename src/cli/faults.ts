import { type FaultName, faults, type Money } from '../../contracts/control/faults.ts'
import { ko } from '../http/dashboard/words/scenarios.ts'
import type { Language } from './limits.ts'

const heads = { en: '| fault | what it does | money |', ko: '| 장애 | 하는 일 | 돈 |' } as const

const moneyInKorean: Readonly<Record<Money, string>> = {
  'never moves': '움직이지 않음',
  moves: '움직임',
  'as without the fault': '장애가 없을 때와 같음',
}

/** Every fault by name as a Markdown table, in the dashboard's own words where it is Korean. */
export const faultsTable = (language: Language): string => {
  const rows = (Object.keys(faults) as FaultName[]).map((name) => {
    const { summary, money } = faults[name]
    return language === 'ko'
      ? `| \`${name}\` | ${ko[`fault.${name}`]} | ${moneyInKorean[money]} |`
      : `| \`${name}\` | ${summary} | ${money} |`
  })
  return [heads[language], '|---|---|---|', ...rows].join('\n')
}

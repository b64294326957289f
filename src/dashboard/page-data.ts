import { statuses } from '../../contracts/answer.ts'
import type { Evidence } from '../../contracts/evidence.ts'
import { endpoints } from '../../contracts/index.ts'
import { issuers } from '../../contracts/issuers.ts'
import { koSaid, noneSaid, type Said } from './words/said.ts'
import { type Language, type Words, words } from './words.ts'

const grades: readonly Evidence[] = ['documented', 'observed', 'inferred']

/** Lists of the contracts that the page offers for selection. They are sent with the page, so the script holds no second copy. */
const lists = {
  statuses,
  calls: [...Object.keys(endpoints), 'payer'],
  cards: Object.entries(issuers).map(([code, { name }]) => ({ code, name })),
  grades,
}

export interface PageData {
  readonly words: Words
  readonly said: Said
  readonly lists: typeof lists
}

export const pageData = (language: Language): PageData => ({
  words: words[language],
  said: language === 'ko' ? koSaid : noneSaid,
  lists,
})

import * as deviations from './words/deviations.ts'
import * as evidence from './words/evidence.ts'
import * as faults from './words/faults.ts'
import * as frame from './words/frame.ts'
import * as journal from './words/journal.ts'
import * as merchant from './words/merchant.ts'
import * as namespaces from './words/namespaces.ts'
import * as payments from './words/payments.ts'
import * as refusals from './words/refusals.ts'
import * as settingHelp from './words/setting-help.ts'
import * as settings from './words/settings.ts'

export type Language = 'ko' | 'en'

const ko = {
  ...frame.ko,
  ...payments.ko,
  ...journal.ko,
  ...faults.ko,
  ...namespaces.ko,
  ...evidence.ko,
  ...merchant.ko,
  ...settings.ko,
  ...refusals.ko,
  ...deviations.ko,
  ...settingHelp.ko,
}
const en = {
  ...frame.en,
  ...payments.en,
  ...journal.en,
  ...faults.en,
  ...namespaces.en,
  ...evidence.en,
  ...merchant.en,
  ...settings.en,
  ...deviations.en,
}

export type Words = Readonly<Record<keyof typeof en, string>>

/** Every word of the page, in both languages; `{n}` is filled in by the browser. */
export const words: Readonly<Record<Language, Words>> = { ko, en }

/** The one that was chosen, else Korean unless Accept-Language ranks English above it. */
export const languageFor = (chosen: string | undefined, acceptLanguage: string | undefined): Language => {
  if (chosen === 'ko' || chosen === 'en') return chosen
  let best: { rank: number; language: Language } = { rank: 0, language: 'ko' }
  for (const part of (acceptLanguage ?? '').split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
    const rank = quality === undefined ? 1 : Number(quality.slice(2))
    const language = (['ko', 'en'] as const).find((one) => tag === one || tag.startsWith(`${one}-`))
    if (language && rank > best.rank) best = { rank, language }
  }
  return best.language
}

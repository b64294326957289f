import type { Context, MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import type { Env } from '../http/deps.ts'
import { type Language, wordsIn } from './words.ts'

/** The query names the language, then the cookie that the dashboard shares, then Accept-Language. */
const options = {
  order: ['querystring', 'cookie', 'header'],
  lookupCookie: 'kakaopay_mock_lang',
  supportedLanguages: Object.keys(wordsIn),
  fallbackLanguage: 'ko',
  caches: false,
} satisfies Parameters<typeof languageDetector>[0]

export const languageOf = (c: Context<Env>): Language => c.get('language') as Language

/** Keeps a language that was chosen by query: the forms and tabs of the page do not carry it. */
export const keepLanguage: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  if (c.req.query('lang') !== undefined)
    setCookie(c, options.lookupCookie, languageOf(c), { path: '/', sameSite: 'Lax', httpOnly: false })
}

export const detectLanguage = languageDetector(options)

/** Parameters of the page that a change of language keeps. */
const KEPT = ['via', 'tab']

/** This page in the other language. */
export const otherLanguage = (c: Context<Env>): { readonly language: Language; readonly url: string } => {
  const language = languageOf(c) === 'ko' ? 'en' : 'ko'
  const query = new URLSearchParams({ lang: language })
  for (const name of KEPT) {
    const value = c.req.query(name)
    if (value !== undefined) query.set(name, value)
  }
  return { language, url: `?${query}` }
}

import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import script from './page.js?raw'
import type { Html } from './screen.ts'
import checkout from './style/checkout.css?raw'
import choices from './style/choices.css?raw'
import contrast from './style/contrast.css?raw'
import controls from './style/controls.css?raw'
import desk from './style/desk.css?raw'
import finished from './style/finished.css?raw'
import ground from './style/ground.css?raw'
import phone from './style/phone.css?raw'
import tokens from './style/tokens.css?raw'
import waiting from './style/waiting.css?raw'
import type { Language, Words } from './words.ts'

const style = [tokens, ground, controls, checkout, choices, desk, waiting, phone, finished, contrast].join('\n')

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Allows only this page's own style and script, by their hashes, and no other host. `form-action` is left out on purpose: browsers apply it
 * to every redirect that follows a form, and the merchant's redirects may end at any host or in an app. `frame-ancestors` is left out
 * too: a PC page may be shown in a frame (documented).
 */
const policy = [
  "default-src 'none'",
  `style-src ${digest(style)}`,
  `script-src ${digest(script)}`,
  "connect-src 'self'",
  "base-uri 'none'",
].join('; ')

const HEADERS = {
  'content-type': 'text/html;charset=UTF-8',
  'content-security-policy': policy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** What the script needs to count down, to ask how the payment stands, and to move on. */
export interface Live {
  readonly statusPath: string
  readonly remaining: number
  /** Status of the payment when this page was made: the script reloads the page when the status changes. Null: it does not. */
  readonly watch: string | null
  /** False where another window follows the redirect. */
  readonly moves: boolean
  /** URL to load every few seconds without JavaScript; null where a reload would clear a form. */
  readonly refresh: string | null
}

export interface Page {
  readonly words: Words
  readonly main: Html
  readonly layout: 'pc' | 'phone'
  readonly live?: Live
  /** For the tester: state and ids as the API answers them. */
  readonly facts?: readonly (readonly [term: string, value: string, testid: string])[]
  readonly status?: number
  /** This page in the other language. */
  readonly other: { readonly language: Language; readonly url: string }
  /** The payment on the dashboard. */
  readonly dashboardUrl?: string
}

/** Seconds between two reloads without JavaScript. */
const REFRESH_S = 5

export const pageResponse = async (page: Page): Promise<Response> => {
  const { words, main, layout, live, status = 200, other } = page
  return new Response(
    await html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${words.title}</title>
${live?.refresh && html`<noscript><meta http-equiv="refresh" content="${REFRESH_S};url=${live.refresh}"></noscript>`}
<style>${raw(style)}</style></head>
<body class="${layout}"${live && html` data-status="${live.statusPath}" data-remaining="${live.remaining}" data-watch="${live.watch}" data-moves="${String(live.moves)}"`}>
<p class="banner" data-testid="mock-label"><b>${words.mock}</b><span>${words.mockLong}</span></p>
<main>${main}</main>
<footer>${testInformation(page)}<p class="language"><a href="${other.url}" lang="${other.language}" hreflang="${other.language}" data-testid="language">${languageNames[other.language]}</a></p></footer>
<script>${raw(script)}</script></body></html>`,
    { status, headers: HEADERS },
  )
}

const languageNames: Readonly<Record<Language, string>> = { ko: '한국어', en: 'English' }

const testInformation = ({ words, facts = [], dashboardUrl }: Page): Html | false =>
  facts.length > 0 &&
  html`<details><summary>${words.details}</summary><dl class="facts">${facts.map(([term, value, testid]) => html`<div><dt>${term}</dt><dd data-testid="${testid}">${value}</dd></div>`)}</dl>${dashboardUrl && html`<p><a href="${dashboardUrl}" target="_blank" rel="noopener" data-testid="dashboard">${words.dashboard}</a></p>`}</details>`

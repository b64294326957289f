import { randomBytes } from 'node:crypto'
import { pathOf } from './assets.ts'
import { pageData } from './page-data.ts'
import type { Language } from './words.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'

/**
 * The page as it stands before its script runs. Everything in it is this program's own text; what clients sent comes by the control API
 * and onto the page as text nodes.
 */
export const pageResponse = (language: Language, theme: Theme): Response => {
  const nonce = randomBytes(18).toString('base64')
  return new Response(markup(language, theme, nonce), {
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      'content-security-policy': policy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-language, cookie',
    },
  })
}

/** Only what bears this page's nonce runs. No frame around it: its buttons act. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

/** Data in a script element ends only at `</`, so that is what must not appear in it. */
const dataOf = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

const markup = (language: Language, theme: Theme, nonce: string): string => {
  const data = pageData(language)
  return `<!doctype html>
<html lang="${language}"${theme === 'system' ? '' : ` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>kakaopay-mock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${pathOf('style.css')}" nonce="${nonce}">
<script type="application/json" id="page-data" nonce="${nonce}">${dataOf(data)}</script>
<script type="module" src="${pathOf('main.js')}" nonce="${nonce}"></script>
</head>
<body>
<main id="main" tabindex="-1"><p class="empty">${data.words.loading}</p><noscript><p class="empty">${data.words.noScript}</p></noscript></main>
</body>
</html>
`
}

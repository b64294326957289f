import { randomBytes } from 'node:crypto'
import { pathOf, scripts } from './assets.ts'
import { type Language, type Words, words } from './words.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'

const views = ['payments', 'journal', 'faults', 'clock', 'namespaces', 'applications', 'audit', 'refusals'] as const

/**
 * The page's frame, drawn here so that it stands before any script runs. Everything in it is this program's own text; what clients sent
 * comes by the control API and onto the page as text nodes.
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

/** Only what bears this page's nonce runs; modules hand it on to what they import. No frame around it: its buttons act. */
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
  const w: Words = words[language]
  const other: Language = language === 'ko' ? 'en' : 'ko'
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
${scripts.map((name) => `<link rel="modulepreload" href="${pathOf(name)}" nonce="${nonce}">`).join('\n')}
<script type="application/json" id="words" nonce="${nonce}">${dataOf(w)}</script>
<script type="module" src="${pathOf('main.js')}" nonce="${nonce}"></script>
</head>
<body>
<a id="skip" class="skip" href="#main">${w['skip']}</a>
<header class="top">
<a class="brand" href="#/payments"><span aria-hidden="true"></span><b>kakaopay-mock</b><small>${w['mock']}</small></a>
<div class="tools">
<label class="tool"><span class="unseen">${w['namespace']}</span><select id="namespace"><option value="">${w['allNamespaces']}</option></select></label>
<button type="button" id="live" class="live" data-state="waiting">${w['live.waiting']}</button>
<label class="tool"><span class="unseen">${w['theme']}</span><select id="theme">${themes
    .map((name) => `<option value="${name}"${name === theme ? ' selected' : ''}>${w[`theme.${name}`]}</option>`)
    .join('')}</select></label>
<a id="language" href="?lang=${other}" lang="${other}" hreflang="${other}">${words[other]['language']}</a>
</div>
</header>
<nav id="nav" aria-label="${w['nav']}">${views.map((name) => `<a href="#/${name}">${w[`nav.${name}`]}</a>`).join('')}</nav>
<main id="main" tabindex="-1" aria-busy="true"><p class="empty">${w['loading']}</p><noscript><p class="empty">${w['noScript']}</p></noscript></main>
<footer id="last" hidden></footer>
</body>
</html>
`
}

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../contracts/rules.ts'
import { settingNames } from '../../src/config/settings.ts'
import { createTranslator } from '../../src/dashboard/browser/translated.ts'
import { koSaid } from '../../src/dashboard/words/said.ts'
import { words } from '../../src/dashboard/words.ts'
import { createMock } from '../../src/mock.ts'
import { call, order } from '../merchant.ts'

const open = (headers: Record<string, string> = {}, path = '/_mock/') => createMock().request(path, { headers })
const text = async (headers: Record<string, string> = {}, path?: string) => (await open(headers, path)).text()
const browser = resolve(import.meta.dirname, '../../src/dashboard/browser')
const modules = readdirSync(browser)
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, source: readFileSync(join(browser, name), 'utf8') }))

describe('GET /', () => {
  const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8'

  test('leads a browser to the dashboard', async () => {
    const response = await open({ accept }, '/')
    expect([response.status, response.headers.get('location')]).toEqual([302, '/_mock/'])
  })

  test.each([
    [{}, '/'],
    [{ accept: 'application/json' }, '/'],
    [{ accept }, 'https://open-api.kakaopay.com/'],
  ])(
    'is answered as KakaoPay answers where a program asks, or for a host of KakaoPay’s: %j %s',
    async (headers, path) => {
      const response = await createMock().fetch(new Request(new URL(path, 'http://127.0.0.1:8585'), { headers }))
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error_code: -404 })
    },
  )
})

describe('the page', () => {
  test('is HTML that nobody keeps, frames or mistakes, and whose policy lets only its own nonce run', async () => {
    const response = await open()
    const html = await response.text()
    const nonce = /<script type="module"[^>]* nonce="([^"]+)"/.exec(html)?.[1]
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/html;charset=UTF-8',
      'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      vary: 'accept-language, cookie',
    })
    expect(await text()).not.toContain(nonce)
  })

  test('asks no other host for anything', async () => {
    const html = await text()
    expect([...html.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, url]) => url)).toSatisfy((urls: string[]) =>
      urls.every((url) => /^(\/_mock\/assets\/|#|\?lang=|data:,)/.test(url)),
    )
    expect(html).not.toMatch(/ style="| on\w+="/)
  })

  test('holds nothing of any payment', async () => {
    const mock = createMock()
    await call(mock, 'ready', { ...order, item_name: 'a name to look for' })
    expect(await (await mock.request('/_mock/')).text()).not.toContain('a name to look for')
  })

  test.each([
    [{}, 'ko'],
    [{ 'accept-language': 'en-US,en;q=0.9' }, 'en'],
    [{ 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' }, 'ko'],
    [{ 'accept-language': 'de-DE,en;q=0.4,ko;q=0.3' }, 'en'],
    [{ 'accept-language': 'en', cookie: 'a=b; kakaopay_mock_lang=ko' }, 'ko'],
    [{ 'accept-language': 'ko', cookie: 'kakaopay_mock_lang=xx' }, 'ko'],
    [{ 'accept-language': ';;;q=,,q=x' }, 'ko'],
  ])('%j is answered in %s', async (headers, language) => {
    expect(await text(headers as Record<string, string>)).toContain(`<html lang="${language}">`)
  })

  test('?lang= is the switch where there is no script', async () => {
    expect(await text({ 'accept-language': 'ko' }, '/_mock/?lang=en')).toContain('<html lang="en">')
  })

  test('the theme that was chosen is there from the first byte, any other word is none', async () => {
    expect(await text({ cookie: 'kakaopay_mock_theme=dark' })).toContain('<html lang="ko" data-theme="dark">')
    expect(await text({ cookie: 'kakaopay_mock_theme="><script>' })).toContain('<html lang="ko">')
  })

  test('/_mock leads to /_mock/', async () => {
    const response = await open({}, '/_mock')
    expect([response.status, response.headers.get('location')]).toEqual([302, '/_mock/'])
  })

  test('another site’s name is refused, as everywhere in the control API', async () => {
    expect((await open({ host: 'evil.example' })).status).toBe(403)
  })

  test('with a control token the frame is open and the data is not', async () => {
    const mock = createMock({ controlToken: 'let-me-in' })
    const html = await (await mock.request('/_mock/', { headers: { accept: 'text/html' } })).text()
    expect(html).toContain('id="main"')
    const [asset = ''] = /\/_mock\/assets\/[0-9a-f]+\/main\.js/.exec(html) ?? []
    expect((await mock.request(asset)).status).toBe(200)
    expect((await mock.request('/_mock/payments')).status).toBe(401)
    expect((await mock.request('/_mock/events')).status).toBe(401)
  })
})

describe('its assets', () => {
  const assets = async () => [...new Set((await text()).match(/\/_mock\/assets\/[^"]+/g))]

  test('are kept for good, under a path that changes with any of them', async () => {
    const response = await open({}, (await assets()).find((path) => path.endsWith('/main.js')) ?? '')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/javascript;charset=UTF-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect((await response.text()).length).toBeGreaterThan(10_000)
  })

  test('are one script and one style sheet', async () => {
    const served = (await assets()).map((path) => path.split('/').pop())
    expect(served).toEqual(['style.css', 'main.js'])
    const style = (await assets()).find((path) => path.endsWith('.css')) ?? ''
    const response = await open({}, style)
    expect(response.headers.get('content-type')).toBe('text/css;charset=UTF-8')
    const css = await response.text()
    for (const part of ['--accent:', '#nav', '.pair', '.walk', '.ledger']) expect(css).toContain(part)
    expect(css).not.toMatch(/url\(|@import/)
  })

  test('of another version, or of no name, are not found', async () => {
    const [asset = ''] = await assets()
    expect((await open({}, asset.replace(/[0-9a-f]{16}/, '0'.repeat(16)))).status).toBe(404)
    expect((await open({}, asset.replace(/[^/]+$/, '__proto__'))).status).toBe(404)
    expect((await open({}, asset.replace(/[^/]+$/, '..%2fmain.js'))).status).toBe(404)
  })

  test('put nothing on the page but text', () => {
    const markup =
      /innerHTML|dangerously|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|\beval\b|new Function/
    expect(modules.filter(({ source }) => markup.test(source)).map(({ name }) => name)).toEqual([])
  })
})

describe('its words', () => {
  const source = modules.map((module) => module.source).join('\n')
  const page = readFileSync(resolve(browser, '../page.ts'), 'utf8')

  test('every word that a view asks for is there in both languages', () => {
    const asked = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '')
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !(key in words.ko) || !(key in words.en))).toEqual([])
  })

  test('every word is used', () => {
    const made =
      /^(state|evidence|fault|verdict|money|nav|live|theme|ledger|payer|clock|param|setting|next|when|order|preset|mode|new|origin|problem|subscriptions|keys|first|merchant|token|key)\./
    const used = source + page.replace(/words\.(\w+)/g, "'$1'")
    expect(Object.keys(words.en).filter((key) => !made.test(key) && !used.includes(`'${key}'`))).toEqual([])
  })

  test('Korean is formal here; the friendly form is the payer’s page’s alone', () => {
    const friendly = Object.entries(words.ko).filter(([, sentence]) =>
      /[가-힣]요([.,:?]|$)/.test(sentence.replaceAll('필요', '')),
    )
    expect(friendly).toEqual([])
  })

  test('every setting has its Korean help', () => {
    expect(settingNames.filter((name) => !(`help.${name}` in words.ko))).toEqual([])
  })

  test('every rule has its Korean sentence', () => {
    const korean = createTranslator(koSaid)
    const english = [...rules.values()].map(({ sentence }) => sentence).filter((text) => korean(text) === undefined)
    expect(english).toEqual([])
    expect(korean('ready.quantity must be 1 or more.')).toBe('ready.quantity: 1 이상이어야 합니다.')
    expect(korean('nobody has said this')).toBeUndefined()
  })

  test('both languages fill in the same values', () => {
    const places = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort()
    const uneven = Object.entries(words.en).filter(
      ([key, sentence]) =>
        places(sentence).join() !== places((words.ko as Readonly<Record<string, string>>)[key] ?? '').join(),
    )
    expect(uneven).toEqual([])
  })
})

test('CI keeps the pictures that the browser tests take', () => {
  const workflow = readFileSync(resolve(import.meta.dirname, '../../.github/workflows/ci.yml'), 'utf8')
  expect(workflow).toMatch(/upload-artifact@v4\n[^-]*path: artefacts\n/)
})

describe('its stream of events', () => {
  test('tells of a payment as soon as it is prepared', async () => {
    const mock = createMock()
    const leaving = new AbortController()
    const response = await mock.request('/_mock/events', { signal: leaving.signal })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { body } = await call(mock, 'ready', order)
    let heard = ''
    while (!/event: payment\n/.test(heard))
      heard += (await reader?.read())?.value ?? 'event: payment\n(the stream ended)'
    expect(heard).toContain(`"tid":"${body['tid']}"`)
    leaving.abort()
  })
})

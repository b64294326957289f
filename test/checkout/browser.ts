import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Kept by CI, not by git. */
const ARTEFACTS = resolve(import.meta.dirname, '../../artefacts/page')

/** Without these, Chromium calls its maker at every start. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const widths = {
  phone: { width: 390, height: 760 },
  pc: { width: 1280, height: 900 },
} as const

export interface BrowserOptions {
  readonly width?: keyof typeof widths
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly forcedColors?: 'active' | 'none'
  readonly javaScriptEnabled?: boolean
}

/** A browser with an empty profile of its own. What the page's policy refused is in `violations`. */
export const openBrowser = async (options: BrowserOptions = {}) => {
  const profile = mkdtempSync(join(tmpdir(), 'kakaopay-mock-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: QUIET,
    viewport: widths[options.width ?? 'pc'],
    locale: options.locale ?? 'ko-KR',
    colorScheme: options.colorScheme ?? 'light',
    forcedColors: options.forcedColors ?? 'none',
    javaScriptEnabled: options.javaScriptEnabled ?? true,
  })
  const violations: string[] = []
  context.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text())
  })
  context.on('weberror', (error) => violations.push(String(error.error())))
  return {
    context,
    violations,
    page: context.pages()[0] ?? (await context.newPage()),
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>

export const screenshot = async (page: Page, name: string): Promise<void> => {
  mkdirSync(ARTEFACTS, { recursive: true })
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage: true })
}

/** A server of the test's own on a free port of the loopback. */
export const serve = (listener: (request: IncomingMessage, response: ServerResponse) => unknown) =>
  listening(createServer(listener))

export const listening = async (server: Server) => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

export type { BrowserContext, Page }

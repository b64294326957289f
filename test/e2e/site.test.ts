import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, screenshot, serve } from '../checkout/browser.ts'
import { needs } from '../needs.ts'

const root = resolve(import.meta.dirname, '../..')
const site = join(root, 'artefacts/site')
const BUILD_MS = 300_000

/** The file that a static server gives for a path of the site, if any. */
const fileOf = (path: string) => {
  const file = decodeURIComponent(path).replace(/\/$/, '/index.html')
  return [file, `${file}.html`].map((name) => join(site, name)).find((name) => existsSync(name) && /\.\w+$/.test(name))
}

describe.skipIf(!needs('time'))('npm run docs', () => {
  beforeAll(() => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'docs'], { cwd: root, encoding: 'utf8' })
    expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
  }, BUILD_MS)

  const written = () =>
    readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.html') && name !== '404.html',
    )

  test('makes a page of every page in both languages', () => {
    const pages = (folder: string) =>
      readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.md') ? [name.replace('.md', '.html')] : []))
    expect(written()).toEqual(expect.arrayContaining(['index.html', ...pages('docs')]))
    expect(written()).toEqual(
      expect.arrayContaining(['ko/index.html', ...pages('docs/ko').map((name) => `ko/${name}`)]),
    )
  })

  test('has no link to a page or heading that is not there', () => {
    const dead = written().flatMap((page) => {
      const html = readFileSync(join(site, page), 'utf8')
      const links = [...html.matchAll(/<a\b[^>]*? href="(?!https?:)([^"#]*)(?:#([^"]+))?"/g)]
      return links.flatMap(([, path = '', anchor]) => {
        const file = path === '' ? join(site, page) : fileOf(path)
        const isThere =
          file && (anchor === undefined || readFileSync(file, 'utf8').includes(` id="${decodeURIComponent(anchor)}"`))
        return isThere ? [] : [`${page}: ${path}#${anchor ?? ''}`]
      })
    })
    expect(dead).toEqual([])
  })

  test.skipIf(!needs('chromium'))('finds a word in the language of the page', { timeout: 60_000 }, async () => {
    const server = await serve((request, response) => {
      const file = fileOf(new URL(request.url ?? '/', 'http://site').pathname)
      if (file === undefined) return response.writeHead(404).end()
      response.setHeader('content-type', typeOf(file))
      return createReadStream(file).pipe(response)
    })
    const { page, close } = await openBrowser()
    try {
      for (const [path, word, heading] of [
        ['/', 'commit-then-drop', 'Injecting failures'],
        ['/ko/', 'commit-then-drop', '장애 주입'],
      ] as const) {
        await page.goto(server.url + path)
        await screenshot(page, `site${path.replaceAll('/', '-')}index`)
        await page.locator('.VPNavBarSearch button').first().click()
        await page.locator('input[type=search]').fill(word)
        await page.locator('.result', { hasText: heading }).first().click()
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      }
    } finally {
      await close()
      await server.close()
    }
  })
})

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
const typeOf = (file: string) => types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

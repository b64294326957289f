import { Hono, type HonoRequest } from 'hono'
import type { Env } from '../http/deps.ts'

/**
 * The dashboard at `/_mock/`: one page and its assets, the same for everybody. It holds no data: the browser loads that from the control
 * API, so the control API's guard protects it. Its modules are loaded with the first request, to keep the start fast.
 */
export const createDashboard = () => {
  const app = new Hono<Env>()
  app.get('/', (c, next) => (isBrowserHere(c.req) ? Promise.resolve(c.redirect('/_mock/', 302)) : next()))
  app.get('/_mock', (c) => c.redirect('/_mock/', 302))
  app.get('/_mock/', async (c) => {
    const [{ pageResponse, themeOf }, { languageFor }] = await Promise.all([import('./page.ts'), import('./words.ts')])
    const cookies = c.req.header('cookie')
    const language = languageFor(
      c.req.query('lang') ?? cookieOf(cookies, 'kakaopay_mock_lang'),
      c.req.header('accept-language'),
    )
    return pageResponse(language, themeOf(cookieOf(cookies, 'kakaopay_mock_theme')))
  })
  app.get('/_mock/assets/:digest/:name', async (c) => {
    const { assetResponse } = await import('./assets.ts')
    return assetResponse(c.req.param('digest'), c.req.param('name')) ?? c.notFound()
  })
  return app
}

/** A browser at the mock's own address. A program, and whoever asks for a host of KakaoPay's, is answered as KakaoPay answers. */
const isBrowserHere = (request: HonoRequest): boolean =>
  (request.header('accept') ?? '').includes('text/html') &&
  !/(^|\.)kakao(pay)?\.com$/.test(new URL(request.url).hostname)

/** No cookie library: the page's two cookies hold one plain word each. */
const cookieOf = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1]

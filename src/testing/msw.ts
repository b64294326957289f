/** Handlers for Mock Service Worker that play KakaoPay's hosts in this process: `setupServer(...kakaopayHandlers(createMock()))`. */
import { type HttpHandler, http } from 'msw'
import type { Mock } from '../index.ts'
import { kakaoPayHosts } from '../intercept/hosts.ts'

export const kakaopayHandlers = (mock: Pick<Mock, 'fetch'>): HttpHandler[] =>
  kakaoPayHosts.map((host) => http.all(`https://${host}/*`, ({ request }) => mock.fetch(request)))

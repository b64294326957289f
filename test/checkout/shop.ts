import { startServer } from '../../src/server.ts'
import { call, order } from '../merchant.ts'
import { serve } from './browser.ts'

/** A mock behind a port and a merchant beside it, which remembers the GETs that browsers bring. */
export const openShop = async () => {
  const clock = { ahead: 0 }
  const delay = { ms: 0 }
  const server = await startServer({ port: 0 }, { now: () => Date.now() + clock.ahead })
  const { mock } = server
  const visits: string[] = []
  const merchant = await serve((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(404).end()
    visits.push(request.url ?? '')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const page = `<!doctype html><title>shop</title><h1>${request.url?.replace(/\?.*/, '')}</h1>`
    return setTimeout(() => response.end(page), delay.ms)
  })
  return {
    mock,
    /** How far the mock's clock is ahead, and how long the merchant takes, in ms. */
    clock,
    delay,
    visits,
    url: merchant.url,
    /** Prepares a payment whose redirects lead to this merchant. */
    ready: async (fields: Record<string, unknown> = {}) => {
      const { body } = await call(mock, 'ready', {
        ...order,
        approval_url: `${merchant.url}/approve`,
        cancel_url: `${merchant.url}/cancel`,
        fail_url: `${merchant.url}/fail`,
        ...fields,
      })
      const url = (name: string) => String(body[`next_redirect_${name}_url`])
      return { tid: String(body['tid']), pc: url('pc'), mobile: url('mobile'), app: url('app') }
    },
    close: async () => {
      await merchant.close()
      await server.close()
    },
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>

import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { generatedFixtures } from '../../src/kit/generate/index.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { failureLines } from '../../src/kit/report/text.ts'
import { exitCode } from '../../src/kit/result.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import type { Fetch } from '../../src/kit/target.ts'
import { parseJson } from '../../src/kit/template.ts'
import { createMock } from '../../src/mock.ts'
import { needs } from '../needs.ts'
import { mock } from './mock.ts'

/** All flows where there is time for it, else every twentieth. */
const flows = [...forServers(loadFixtures()), ...generatedFixtures()].filter((_, i) => needs('time') || i % 20 === 0)

/** Every one where there is time; each takes a whole run of the flows. */
const some = <T>(all: readonly T[]): readonly T[] => (needs('time') ? all : all.slice(-1))

/** The mock, with answers that say the same in another way. */
const rewritten = (change: (body: Record<string, unknown>, status: number) => unknown, headers = {}) => {
  return (config: Partial<Config>): Fetch => {
    const server = createMock(config)
    return async (request) => {
      const response = await server.fetch(request)
      if (!request.url.includes('/online/')) return response
      const text = await response.text()
      const parsed = parseJson(text)
      if (parsed === undefined) return new Response(text, response)
      const body = change(parsed as Record<string, unknown>, response.status)
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status: response.status,
        headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
      })
    }
  }
}

const reversed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      )
    : value

/** The mock, with another page for the payer: it shows the same item and amount. */
const repaged = (config: Partial<Config>): Fetch => {
  const server = createMock(config)
  return async (request) => {
    const response = await server.fetch(request)
    if (!response.headers.get('content-type')?.startsWith('text/html')) return response
    const text = await response.text()
    const page = text
      .replaceAll('카카오페이', 'Pay')
      .replace(/<title>[^<]*/, '<title>Checkout')
      .replaceAll('<h1', '<h2')
    return new Response(page, { status: response.status, headers: { 'content-type': 'text/html' } })
  }
}

const withFee = (body: Record<string, unknown>) =>
  typeof body['amount'] === 'object' ? { ...body, amount: { ...body['amount'], fee: 0 } } : body

const others = {
  'keys in another order': rewritten(reversed),
  'JSON with line breaks': rewritten((body) => JSON.stringify(body, null, 2)),
  'no charset in Content-Type': rewritten((body) => body, { 'content-type': 'application/json' }),
  'other words in its refusals': rewritten((body, status) =>
    status < 400 ? body : { ...body, error_message: '요청이 잘못되었습니다.' },
  ),
  'more keys in its answers': rewritten((body, status) =>
    status < 400 ? { ...withFee(body), payment_method_name: 'x', extra: { of: 1 } } : body,
  ),
  'other texts on its pages': repaged,
  'more headers': rewritten((body) => body, { server: 'nginx', 'x-request-id': '1', 'cache-control': 'no-store' }),
}

describe('a server that is faithful to the published text', { timeout: 300_000 }, () => {
  test.each(some(Object.entries(others)))('with %s ends with 0', async (_, serve) => {
    const results = await checkServer(flows, mock('faithful', serve))
    const troubles = results.filter(
      ({ outcome, level }) => outcome === 'harness error' || (outcome === 'failed' && level === 'must'),
    )
    expect(troubles.map((result) => [result.id, ...failureLines(result)].join('\n').split('again:')[0])).toEqual([])
    expect(exitCode(results)).toBe(0)
  })
})

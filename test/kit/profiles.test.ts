import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { generatedFixtures } from '../../src/kit/generate/index.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { type Profile, readProfile } from '../../src/kit/profile.ts'
import { failureLines } from '../../src/kit/report/text.ts'
import { exitCode, type Result } from '../../src/kit/result.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { type Fetch, inProcess } from '../../src/kit/target.ts'
import { parseJson } from '../../src/kit/template.ts'
import { createMock } from '../../src/mock.ts'
import { needs } from '../needs.ts'
import { mock } from './mock.ts'

/** All flows where there is time for it; else those of the files, and every eighth of the generated ones. */
const flows = [...forServers(loadFixtures()), ...generatedFixtures().filter((_, i) => needs('time') || i % 8 === 0)]

const checked = (profile: Profile, serve: () => Fetch): Promise<readonly Result[]> =>
  checkServer(flows, inProcess({ serve, payer: controlPayer, controlled: true, profile, run: JSON.stringify(profile) }))

/** What did not pass, and how many flows could be evaluated. */
const summary = (results: readonly Result[]) => ({
  troubles: results
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'harness error')
    .map((result) => [result.id, ...failureLines(result)].join('\n').split('again:')[0]),
  most: results.filter(({ outcome }) => outcome === 'passed').length > flows.length / 2,
})

const secret = '0123456789abcdefghijklmn'
const cids = [
  { cid: 'CA12345678', secret },
  { cid: 'CS12345678', secret, subscription: true },
]

const configurations: readonly (readonly [string, Partial<Config>, Profile])[] = [
  ['without settings', {}, {}],
  ['strict', { strict: true }, { strict: true }],
  ['no app schemes', { appSchemes: false }, { appSchemes: false }],
  ['empty keys left out', { emptyKeys: 'omit' }, { emptyKeys: 'omit' }],
  ['VAT clamped', { vatRemainder: 'clamp' }, { vatRemainder: 'clamp' }],
  ['redirects to the real hosts', { redirects: 'real' }, { redirects: 'real' }],
  ['an automatic payer', { payer: 'approve' }, { payer: 'approve' }],
  ['a payer who cancels', { payer: 'cancel' }, { payer: 'cancel' }],
  ['a payer who fails', { payer: 'fail' }, { payer: 'fail' }],
  ['a payer who comes too late', { payer: 'expire' }, { payer: 'expire' }],
  ['the longest instalment', { installMonth: 'max' }, { installMonth: 'max' }],
  ['a sid for its own cid alone', { sidCid: 'same' }, { sidCid: 'same' }],
  ['one charge a day', { sidChargesPerDay: 1 }, { sidChargesPerDay: 1 }],
  ['a failed approve that stays failed', { failedApprove: 'fail' }, { failedApprove: 'fail' }],
  ['401 for a missing API', { missingApi: '401' }, { missingApi: '401' }],
  ['a daily quota', { quota: 30 }, { quota: 30 }],
  ['maintenance', { maintenance: true }, { maintenance: true }],
  ['a large body', { maxBodyBytes: 1_000_000 }, { maxBodyBytes: 1_000_000 }],
  ['more cards', { cards: ['TOSS'] }, {}],
  ['a seed', { seed: 'x' }, {}],
  ['no journal', { journal: false }, {}],
  ['a small store', { maxPayments: 500, maxSubscriptions: 500 }, {}],
  [
    'its own merchant codes',
    { cids },
    { cid: { cid: 'CA12345678', secret }, subscriptionCid: { cid: 'CS12345678', secret }, onlyCids: true },
  ],
  [
    'registered domains',
    { domains: ['https://pay.shop.example'] },
    { domains: true, shop: 'https://pay.shop.example' },
  ],
  [
    'several at once',
    { strict: true, emptyKeys: 'omit', appSchemes: false, vatRemainder: 'clamp', redirects: 'real' },
    { strict: true, emptyKeys: 'omit', appSchemes: false, vatRemainder: 'clamp', redirects: 'real' },
  ],
]

/** Every one where there is time; each takes a whole run of the flows. */
const some = <T>(all: readonly T[]): readonly T[] => (needs('time') ? all : all.slice(-1))

describe('this mock in each of its configurations, with the matching profile', { timeout: 120_000 }, () => {
  test.each(some(configurations))('%s', async (_, settings, profile) => {
    const serve = () => createMock(settings).fetch
    expect(summary(await checked(profile, serve))).toEqual({ troubles: [], most: true })
  })
})

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

const others = {
  'keys in another order': rewritten(reversed),
  'JSON with line breaks': rewritten((body) => JSON.stringify(body, null, 2)),
  'no charset in Content-Type': rewritten((body) => body, { 'content-type': 'application/json' }),
  'other words in its refusals': rewritten((body, status) =>
    status < 400 ? body : { ...body, error_message: '요청이 잘못되었습니다.' },
  ),
  'more headers': rewritten((body) => body, { server: 'nginx', 'x-request-id': '1', 'cache-control': 'no-store' }),
}

describe('a server that is faithful to the published text', { timeout: 120_000 }, () => {
  test.each(some(Object.entries(others)))('with %s ends with 0', async (_, serve) => {
    const results = await checkServer(flows, mock('faithful', serve))
    const troubles = results.filter(
      ({ outcome, level }) => outcome === 'harness error' || (outcome === 'failed' && level === 'must'),
    )
    expect(troubles.map((result) => [result.id, ...failureLines(result)].join('\n').split('again:')[0])).toEqual([])
    expect(exitCode(results)).toBe(0)
  })
})

describe('a profile', () => {
  test('that is not one is refused in a sentence', () => {
    expect(() => readProfile('{')).toThrow(/^it is not JSON: /)
    expect(() => readProfile('{"strict":"yes"}')).toThrow(/^strict: .*A profile is an object with strict, appSchemes/)
    expect(() => readProfile('{"unknown":1}')).toThrow(/A profile is an object with/)
  })

  test('leaves out what does not apply to its server, with the reason', async () => {
    const [flow] = loadFixtures().filter(({ id }) => id === 'wire/unknown-field.ignored')
    const [result] = await checkServer(
      flow ? [flow] : [],
      inProcess({ serve: () => createMock({ strict: true }).fetch, profile: { strict: true } }),
    )
    expect(result).toMatchObject({ outcome: 'not evaluated', reason: 'sends what a strict server may refuse' })
  })
})

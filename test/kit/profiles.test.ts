import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { generatedFixtures } from '../../src/kit/generate/index.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import { controlPayer } from '../../src/kit/payer.ts'
import { type Profile, readProfile } from '../../src/kit/profile.ts'
import { failureLines } from '../../src/kit/report/text.ts'
import type { Result } from '../../src/kit/result.ts'
import { checkServer, forServers } from '../../src/kit/server.ts'
import { type Fetch, inProcess } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { needs } from '../needs.ts'

/** All flows where there is time for it, else every twentieth. */
const flows = [...forServers(loadFixtures()), ...generatedFixtures()].filter((_, i) => needs('time') || i % 20 === 0)

const checked = (profile: Profile, serve: () => Fetch, some = flows): Promise<readonly Result[]> =>
  checkServer(some, inProcess({ serve, payer: controlPayer, controlled: true, profile, run: JSON.stringify(profile) }))

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
  ['pages at another host', { publicUrl: 'https://pay.shop.example' }, { publicUrl: 'https://pay.shop.example' }],
  [
    'several at once',
    { strict: true, emptyKeys: 'omit', appSchemes: false, vatRemainder: 'clamp', redirects: 'real' },
    { strict: true, emptyKeys: 'omit', appSchemes: false, vatRemainder: 'clamp', redirects: 'real' },
  ],
]

/** Every one where there is time; each takes a whole run of the flows. */
const some = <T>(all: readonly T[]): readonly T[] => (needs('time') ? all : all.slice(-1))

describe('this mock in each of its configurations, with the matching profile', { timeout: 300_000 }, () => {
  test.each(some(configurations))('%s', async (_, settings, profile) => {
    const serve = () => createMock(settings).fetch
    // Under maintenance every call is refused before it is read: few flows are about that.
    const most = settings.maintenance !== true
    expect(summary(await checked(profile, serve))).toEqual({ troubles: [], most })
  })
})

/** Keys that a server knows, as `--key-env` and `--other-key-env` give them. One namespace for all flows: no clock, no faults. */
const known = ['merchant', 'other'].map((who) => ({ who, key: `DEV${who === 'other' ? '0' : '1'}${'A'.repeat(36)}` }))
const [own = '', other = ''] = known.map(({ key }) => key)

const keyed: readonly (readonly [string, Partial<Config>])[] = [
  ['keys', { keys: [own, other] }],
  [
    'registered applications',
    {
      applications: known.map(({ who, key }) => ({ name: who, secret_key: key, domains: ['https://shop.example'] })),
      requireApplication: true,
    },
  ],
]

describe('this mock that knows only some keys, with these keys', { timeout: 300_000 }, () => {
  const target = (settings: Partial<Config>, keys: { readonly key: string; readonly otherKey: string }) => {
    const serve = () => createMock(settings).fetch
    const base = inProcess({ serve, payer: controlPayer, profile: { domains: true }, run: JSON.stringify(settings) })
    const fetch = serve()
    return { ...base, keyName: 'KAKAOPAY_KEY', open: () => ({ fetch, ...keys }) }
  }

  test.skipIf(!needs('time')).each(keyed)('%s', async (_, settings) => {
    const results = await checkServer(flows, target(settings, { key: own, otherKey: other }))
    expect(summary(results)).toEqual({ troubles: [], most: true })
  })

  test.each(keyed)('%s: another key is refused, and the message names --key-env', async (_, settings) => {
    const unknown = `DEV${'9'.repeat(37)}`
    await expect(checkServer(flows, target(settings, { key: unknown, otherKey: unknown }))).rejects.toThrow(
      'in process refuses the key in KAKAOPAY_KEY with −401: name another by --key-env',
    )
  })
})

describe('a profile', () => {
  test('says on which host the pages are; without it they must be on the server’s', async () => {
    const pages = generatedFixtures().filter(({ id }) => id.startsWith('page/pc'))
    const serve = () => createMock({ publicUrl: 'https://pay.shop.example' }).fetch
    const said = await checked({ publicUrl: 'https://pay.shop.example' }, serve, pages)
    expect(said.map(({ outcome }) => outcome)).toEqual(['passed'])
    const [unsaid] = await checked({}, serve, pages)
    expect(unsaid?.failures?.[0]?.requirements[0]).toMatchObject({
      id: 'payer.page',
      differences: [{ at: 'next_redirect_pc_url', expected: 'a URL below http://127.0.0.1:8585' }],
    })
  })

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

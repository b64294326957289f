import { describe, expect, test } from 'vitest'
import type { Fixture } from '../../src/kit/fixture.ts'
import { loadFixtures } from '../../src/kit/load.ts'
import type { Result } from '../../src/kit/result.ts'
import { runFixture } from '../../src/kit/run.ts'
import { checkServer } from '../../src/kit/server.ts'
import { inProcess, overHttp } from '../../src/kit/target.ts'
import { createMock } from '../../src/mock.ts'
import { mock } from './mock.ts'
import { falsify } from './mutants/disguise.ts'

const fixtures = loadFixtures()
const named = (id: string): Fixture => {
  const found = fixtures.find((f) => f.id === id)
  if (!found) throw new Error(`no fixture ${id}`)
  return found
}
const about = ({ id, title, level, evidence, source, rules }: Fixture) => ({
  id,
  title,
  level,
  evidence,
  source,
  rules,
})

const brokenRules = ({ failures = [] }: Result) => failures.flatMap(({ requirements }) => requirements)
const differencesOf = (result: Result) => brokenRules(result).flatMap(({ differences }) => differences)

describe('one flow', () => {
  test('that breaks says which step, which rule and from where, what differs, and how to see it again', async () => {
    const fixture = named('cid/unknown')
    const result = await runFixture(
      fixture,
      mock('run', () => createMock().fetch),
    )
    const { ms: _, failures = [], ...rest } = result
    expect(rest).toEqual({ ...about(fixture), outcome: 'failed' })
    expect(failures).toHaveLength(1)
    const { answer, script, ...shown } = failures[0] ?? { answer: undefined, script: '' }
    expect(shown).toEqual({
      step: 1,
      action: 'POST /online/v1/payment/ready',
      requirements: [
        {
          id: 'cid.configured',
          sentence: 'Where cids are configured, the cid is one of them.',
          level: 'must',
          evidence: 'documented',
          source: expect.stringMatching(/^Official/),
          differences: [{ at: 'status', expected: '400', actual: expect.stringMatching(/^200 \{"tid":/) }],
        },
      ],
    })
    expect(answer?.status).toBe(200)
    const [url, key, call, ...more] = script.split('\n')
    expect(url).toBe("URL='http://127.0.0.1:8585'")
    expect(key).toMatch(/^KEY='DEV[0-9A-F]{37}'$/)
    expect(call).toMatch(
      /^R=\$\(curl -sS -X POST "\$URL"'\/online\/v1\/payment\/ready' -H "authorization: SECRET_KEY \$KEY" -H 'content-type: application\/json' --data-binary '\{"cid":"TC0ONETIME",/,
    )
    expect(more[0]).toMatch(/^tid=\$\(printf/)
  })

  test('names the requirement of every answer that is broken, with its own level', async () => {
    const pretty = falsify(({ body }) => ({ text: JSON.stringify(body, null, 2) }))
    const result = await runFixture(named('cid/known'), mock('run', pretty))
    expect(brokenRules(result).map(({ id, level }) => ({ id, level }))).toEqual([
      { id: 'answer.compact', level: 'should' },
    ])
    expect(result.level).toBe('should')
    expect(differencesOf(result).map(({ at, expected }) => ({ at, expected }))).toEqual([
      { at: 'body as text', expected: 'no whitespace outside of strings' },
    ])
  })

  test('breaks a requirement where the server does not answer', async () => {
    const target = inProcess({ serve: () => () => Promise.reject(new Error('connection reset')) })
    const result = await runFixture(named('ready/answer.tid-form'), target)
    expect({ outcome: result.outcome, differences: differencesOf(result) }).toEqual({
      outcome: 'failed',
      differences: [{ at: 'answer', expected: 'HTTP 200', actual: 'none: connection reset' }],
    })
  })

  test('does not take the kit’s own time-out for a connection that the server closed', async () => {
    const hangs = mock('run', (config) => {
      const server = createMock(config)
      return async (request) => {
        if (!request.url.endsWith('/ready')) return server.fetch(request)
        await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
        throw new Error('aborted')
      }
    })
    const result = await runFixture(named('fault/ready.drop-before-commit'), { ...hangs, timeoutMs: 50 })
    expect(differencesOf(result)).toEqual([
      { at: 'answer', expected: 'the connection is closed', actual: 'none within 50 ms' },
    ])
  })

  test('that was to be cut, closed or late says which of them it was not', async () => {
    const forgets = mock('run', (config) => {
      const server = createMock(config)
      return async (request) =>
        request.url.endsWith('/_mock/faults') ? new Response('{}', { status: 201 }) : server.fetch(request)
    })
    const differences = async (id: string) => differencesOf(await runFixture(named(id), forgets))
    expect(await differences('fault/approve.commit-then-drop')).toEqual([
      { at: 'status', expected: 'no answer: the connection is closed', actual: expect.stringMatching(/^200 /) },
    ])
    expect((await differences('fault/approve.garble')).map(({ at, expected }) => [at, expected])).toEqual([
      ['body', 'a body that breaks off: no JSON'],
    ])
    expect((await differences('fault/approve.latency')).map(({ at, expected }) => [at, expected])).toEqual([
      ['time', 'at least 250 ms'],
    ])
  })

  test.each([
    ['approve/answer.money', 'needs someone who acts as the payer'],
    ['approve/state.expired', 'needs someone who acts as the payer; needs a server whose clock can be moved'],
    ['cid/unknown', 'needs a server with settings of its own'],
    ['fault/refuse.maintenance', 'needs someone who acts as the payer; needs a server that can inject faults'],
    ['fault/refuse.ip-forbidden', 'needs a server that can inject faults'],
    ['order/tid.other-key', 'needs someone who acts as the payer; needs a second secret key'],
  ])('%s is not evaluated where it cannot be, and nothing is sent', async (id, reason) => {
    const target = overHttp({ url: 'http://127.0.0.1:1', key: 'DEV', payer: undefined, controlled: false, run: '1' })
    const { ms: _, ...result } = await runFixture(named(id), target)
    expect(result).toEqual({ ...about(named(id)), outcome: 'not evaluated', reason })
  })

  test('is the kit’s own failure where the kit sends what the contract refuses', async () => {
    const [step] = named('ready/answer.tid-form').steps
    const broken = { ...named('ready/answer.tid-form'), steps: [{ ...step, send: { cid: 'TC0ONETIME' } }] } as Fixture
    const { outcome, reason } = await runFixture(broken, mock())
    expect({ outcome, reason }).toEqual({
      outcome: 'harness error',
      reason:
        "the kit's own ready breaks the contract: partner_order_id Invalid input: expected string, received undefined",
    })
  })

  test('is the kit’s own failure where a value was never stored', async () => {
    const [step] = named('order/tid.unknown').steps.slice(-1)
    const fixture = { ...named('order/tid.unknown'), steps: [{ ...step, send: { tid: '{{nothing}}' } }] } as Fixture
    const { outcome, reason } = await runFixture(fixture, mock())
    expect({ outcome, reason }).toEqual({ outcome: 'harness error', reason: 'no value is stored as {{nothing}}' })
  })
})

describe('many flows', () => {
  test('after --bail the rest is not evaluated, and says so', async () => {
    const some = ['cid/unknown', 'cid/known'].map(named)
    const target = { ...mock('run', () => createMock().fetch), parallel: 1 }
    const results = await checkServer(some, target, { bail: true })
    expect(results.map(({ id, outcome, reason }) => ({ id, outcome, reason }))).toEqual([
      { id: 'cid/unknown', outcome: 'failed', reason: undefined },
      { id: 'cid/known', outcome: 'not evaluated', reason: 'the run was stopped by an earlier failure' },
    ])
  })

  test('each has a key of its own', async () => {
    const keys = new Set<string | null>()
    const target = mock('run', (config) => {
      const server = createMock(config)
      return (request) => {
        keys.add(request.headers.get('authorization'))
        return server.fetch(request)
      }
    })
    const some = fixtures.filter(({ id }) => id.startsWith('ready/answer.'))
    await checkServer(some, target)
    expect(keys.size).toBe(some.length)
    for (const key of keys) expect(key).toMatch(/^SECRET_KEY DEV[0-9A-F]{37}$/)
  })
})
